"""Files of consultations of past years, brought in whole."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mosty.infopoint.models.points import Point


class ImportedFile(models.Model):
    """
    A list of consultations, from its upload until it is taken over, dropped or withdrawn.

    Its rows hold only the columns that are used, and are gone once it no longer waits.
    The database refuses one that is taken over twice, and one that is withdrawn while any
    of its records still counts.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("to be checked")
        DONE = "done", _("taken over")
        DROPPED = "dropped", _("dropped")
        WITHDRAWN = "withdrawn", pgettext_lazy("import", "withdrawn")

    point = models.ForeignKey(Point, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    file_name = models.CharField(max_length=200)
    # The names of all columns, those that are not used too.
    header = models.JSONField(default=list)
    # Each row: its number in the file, and the cells of the columns that are used.
    rows = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.UPLOADED)
    uploaded_by = models.CharField(max_length=300)
    uploaded_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # Why it was withdrawn.
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("imported file")
        ordering: ClassVar = ["-uploaded_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state__in=["done", "withdrawn"])
                | Q(done_at__isnull=False),
                name="past_import_done_has_time",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False)
                & ~Q(reason="")
                | ~Q(state="withdrawn") & Q(withdrawn_at__isnull=True, reason=""),
                name="past_import_withdrawn_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="uploaded") | Q(rows=[]),
                name="past_import_keeps_no_rows",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name
