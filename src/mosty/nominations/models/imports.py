"""A file of nominations on its way in."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mosty.directory.models import Organisation
from mosty.nominations.models.calls import Call


class ImportedFile(models.Model):
    """
    An uploaded list: read once, mapped, tried, and then taken over whole or not at all.

    ``header`` and ``rows`` are emptied once the rows are nominations; ``report`` stays
    and speaks of lines and codes, not of people.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("to be checked")
        DONE = "done", _("taken over")
        DROPPED = "dropped", _("dropped")

    call = models.ForeignKey(Call, models.CASCADE, related_name="+")
    # Set where a city imports: its rows can only be its own.
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    digest = models.CharField(max_length=64)
    file_name = models.CharField(max_length=200)
    header = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.UPLOADED)
    uploaded_by = models.CharField(max_length=300)
    uploaded_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("imported file")
        ordering: ClassVar = ["-uploaded_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="done") | Q(done_at__isnull=False),
                name="import_done_has_time",
            ),
            models.CheckConstraint(
                condition=Q(state="uploaded") | Q(rows=[]),
                name="import_keeps_no_people",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name
