"""Information points, and who runs them when."""

from datetime import date, datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField

from mosty.directory.models import Organisation
from mosty.kernel.spans import days_in_common


class Point(models.Model):
    """
    A city's information point; it is closed, never deleted.

    The database refuses one of anything but a city.
    """

    city = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=60, unique=True)
    name = I18nCharField(_("name"), max_length=400)
    time_zone = models.CharField(max_length=60, default="Europe/Warsaw")
    # In which it advises, as codes of the list of languages.
    languages = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    # Address, hours, telephone, as its visitors read them; in the languages of everyone.
    reach = I18nTextField(_("how to reach it"), blank=True)
    opened_on = models.DateField(_("opened on"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    # Off: no free text is asked for, and the database takes none.
    notes_allowed = models.BooleanField(_("notes are allowed"), default=False)
    # Off: whether somebody has been here before is only what staff tick.
    pseudonyms = models.BooleanField(_("salted pseudonyms"), default=False)

    class Meta:
        verbose_name = _("information point")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="point_closed_after_it_opened",
            ),
            # The address where all are compared.
            models.CheckConstraint(condition=~Q(slug="all"), name="point_is_not_all"),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def subject(self) -> str:
        """Return by which name releases and published figures are about the point."""
        return f"point:{self.slug}"

    def today(self, now: datetime) -> date:
        """Return the day on the point's clocks."""
        return now.astimezone(ZoneInfo(self.time_zone)).date()


class Operation(models.Model):
    """
    That an organisation runs a point, from a day, until a day.

    Two never run a point on the same day. The operator's staff see the point on the
    days of its operation only; the records stay with the point. It ends, and is never
    deleted.
    """

    point = models.ForeignKey(Point, models.PROTECT, related_name="operations")
    operator = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    since = models.DateField(_("since"))
    # Its last day.
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("operation of a point")
        ordering: ClassVar = ["since"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="operation_ends_after_it_began",
            ),
            ExclusionConstraint(
                name="operation_one_at_a_time",
                expressions=[
                    ("point", RangeOperators.EQUAL),
                    days_in_common(),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.operator}, {self.point}"
