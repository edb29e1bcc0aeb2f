"""Files of consultations of past years, brought in whole."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mosty.importing.models import WaitingFile, waits_once
from mosty.infopoint.models.points import Point


class ImportedFile(WaitingFile):
    """
    A list of consultations; what came of it can be withdrawn as a whole.

    Its rows hold only the columns that are used. The database refuses one that is taken
    over twice, and one that is withdrawn while any of its records still counts.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("to be checked")
        DONE = "done", _("taken over")
        DROPPED = "dropped", _("dropped")
        WITHDRAWN = "withdrawn", pgettext_lazy("import", "withdrawn")

    along = ("point",)

    point = models.ForeignKey(Point, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.UPLOADED)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # Why it was withdrawn.
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta(WaitingFile.Meta):
        constraints: ClassVar = [
            *WaitingFile.Meta.constraints,
            waits_once("point"),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False)
                & ~Q(reason="")
                | ~Q(state="withdrawn") & Q(withdrawn_at__isnull=True, reason=""),
                name="past_import_withdrawn_with_reason",
            ),
        ]

    @property
    def scope(self) -> str:
        """Return the point."""
        return self.point.slug
