"""Workshops and guides: what a point does for many at once."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from i18nfield.fields import I18nCharField

from mosty.infopoint.models.changes import Change
from mosty.infopoint.models.consultations import State, code
from mosty.infopoint.models.points import Operation, Point
from mosty.library.models import Edition


class Workshop(models.Model):
    """
    A meeting, class or outing for several people, who are counted and never named.

    The database refuses codes of another list, or that did not hold on the day; a day of
    another operation, or to come; a change that does not keep the old version with a
    reason; in a closed period whatever gives no reason; and a number of persons that is
    not the sum of its groups.
    """

    # Made by the form: the same form sent twice is one row.
    key = models.UUIDField(primary_key=True)
    point = models.ForeignKey(Point, models.PROTECT, related_name="+", db_index=False)
    operation = models.ForeignKey(Operation, models.PROTECT, related_name="+")
    day = models.DateField(_("day"))
    topic = code(required=True)
    language = code(required=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    partner = models.CharField(_("partner"), max_length=120, blank=True)
    # Those of its groups added up; never typed.
    persons = models.PositiveIntegerField(_("persons"), default=0)
    state = models.CharField(
        max_length=10,
        choices=[
            (State.COUNTED, State.COUNTED.label),
            (State.WITHDRAWN, State.WITHDRAWN.label),
        ],
        default=State.COUNTED,
    )
    # Why it was entered after its period was closed.
    late_reason = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField()
    recorder_key = models.CharField(max_length=120)
    # Rises by one with every correction.
    version = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = _("workshop")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(version__gte=1), name="workshop_version_from_one"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["counted", "withdrawn"]),
                name="workshop_counts_or_not",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["point", "day"], name="workshop_by_day"),
        ]

    def __str__(self) -> str:
        return str(self.key)


class WorkshopGroup(models.Model):
    """
    How many persons of one sex and age band came, as one version of the workshop says.

    Never changed: a correction writes the groups of the next version. Those that hold
    have the workshop's own version. The view ``infopoint_counted_workshop_group`` has
    those that count.
    """

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="groups")
    version = models.PositiveSmallIntegerField()
    # None: not known.
    sex = code()
    age_band = code()
    count = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("persons at a workshop")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workshop", "version", "sex", "age_band"],
                nulls_distinct=False,
                name="workshop_group_once",
            ),
            models.CheckConstraint(
                condition=Q(count__gte=1), name="workshop_group_is_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.workshop_id}: {self.count}"


class WorkshopChange(Change):
    """What was said of a workshop before it was changed; its groups are kept beside."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="changes")

    class Meta:
        verbose_name = _("correction of a workshop")
        ordering: ClassVar = ["version"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workshop", "version"], name="workshop_change_once"
            ),
            models.CheckConstraint(
                condition=~Q(reason=""), name="workshop_change_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.workshop_id}, {self.version}"


class Guide(models.Model):
    """
    A guide that the point published: a leaflet, handbook or page.

    What it said before is in the ledger. In a closed period the database refuses a guide,
    or a change of its day or languages, that gives no reason.
    """

    point = models.ForeignKey(Point, models.PROTECT, related_name="+")
    title = I18nCharField(_("title"), max_length=1000)
    # Those in which it can be read.
    languages = ArrayField(models.CharField(max_length=20))
    published_on = models.DateField(_("published on"))
    # Its last day, once it is no longer valid.
    ended_on = models.DateField(
        pgettext_lazy("guide", "valid until"), null=True, blank=True
    )
    url = models.URLField(_("address"), max_length=500, blank=True)
    # The edition of a tool that it is, where the library has it.
    edition = models.ForeignKey(
        Edition, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Why it was entered or changed after its period was closed.
    late_reason = models.CharField(max_length=500, blank=True)
    version = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = _("guide")
        ordering: ClassVar = ["-published_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("published_on")),
                name="guide_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(languages__len__gte=1), name="guide_has_a_language"
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)
