"""Who was there. A mark changes only with a reason, and the old one stays."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mosty.programmes.models import Session
from mosty.selection.models import Offer


class Attended(models.TextChoices):
    """What a mark says."""

    PRESENT = "present", pgettext_lazy("mark", "present")
    LATE = "late", pgettext_lazy("mark", "late")
    EXCUSED = "excused", pgettext_lazy("mark", "excused")
    ABSENT = "absent", pgettext_lazy("mark", "absent")


class Way(models.TextChoices):
    """How a mark came in."""

    ROSTER = "roster", pgettext_lazy("mark", "from the roster")
    SELF = "self", pgettext_lazy("mark", "by the participant")
    SHEET = "sheet", pgettext_lazy("mark", "from the signed sheet")


class Noted(models.Model):
    """What a mark says, who made it and when: of a mark that holds, or held."""

    kind = models.CharField(_("mark"), max_length=10, choices=Attended)
    # How late, in minutes.
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    way = models.CharField(max_length=10, choices=Way)
    # On the clock of the server, or, without network, of the device, as it was seen.
    noted_at = models.DateTimeField()
    marked_at = models.DateTimeField()
    marked_by = models.CharField(max_length=300)
    marker_key = models.CharField(max_length=120)

    class Meta:
        abstract = True


class Mark(Noted):
    """
    Whether one participant was at one session.

    Changes only through :mod:`mosty.training.actions.attendance`. The database refuses
    a mark of another course's session, one made before the session, and a change that
    does not keep the old mark with a reason.
    """

    session = models.ForeignKey(Session, models.PROTECT, related_name="+")
    offer = models.ForeignKey(Offer, models.PROTECT, related_name="+")
    # Rises by one with every correction: who read an older one writes over nothing.
    version = models.PositiveSmallIntegerField(default=1)
    # Digest of what tells a phone apart: one phone checks one person in.
    device = models.BinaryField(null=True, blank=True)

    class Meta:
        verbose_name = _("attendance mark")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "offer"], name="mark_once"),
            models.UniqueConstraint(
                fields=["session", "device"],
                condition=Q(device__isnull=False),
                name="mark_one_per_device",
            ),
            models.CheckConstraint(
                condition=Q(kind="late", minutes__isnull=False, minutes__gte=1)
                | (~Q(kind="late") & Q(minutes__isnull=True)),
                name="mark_late_says_how_much",
            ),
            models.CheckConstraint(
                condition=Q(version__gte=1), name="mark_version_from_one"
            ),
            models.CheckConstraint(
                condition=Q(noted_at__lte=F("marked_at")), name="mark_noted_before_sent"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["offer"], name="mark_by_offer")]

    def __str__(self) -> str:
        return f"{self.offer_id}, {self.session_id}: {self.kind}"


class MarkChange(Noted):
    """What a mark said before it was corrected, who corrected it, and why."""

    mark = models.ForeignKey(Mark, models.CASCADE, related_name="changes")
    # The version that was replaced; the fields above are as it was.
    version = models.PositiveSmallIntegerField()
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=300)
    reason = models.CharField(_("reason"), max_length=500)

    class Meta:
        verbose_name = _("correction of a mark")
        ordering: ClassVar = ["version"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["mark", "version"], name="mark_change_once"
            ),
            models.CheckConstraint(
                condition=~Q(reason=""), name="mark_change_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mark_id}, {self.version}"
