"""Closed months and years."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mosty.infopoint.models.points import Point


class Period(models.Model):
    """
    That a month, or a year, of a point is closed. It is never opened again.

    What changes afterwards is a revision with a reason; what arrives afterwards waits
    in the tray of late records.
    """

    point = models.ForeignKey(Point, models.PROTECT, related_name="periods")
    year = models.PositiveSmallIntegerField(_("year"))
    # None: the whole year.
    month = models.PositiveSmallIntegerField(_("month"), null=True, blank=True)
    closed_at = models.DateTimeField()
    closed_by = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("closed period")
        ordering: ClassVar = ["year", "month"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["point", "year", "month"],
                nulls_distinct=False,
                name="period_closed_once",
            ),
            models.CheckConstraint(
                condition=Q(month__isnull=True) | Q(month__range=(1, 12)),
                name="period_month_exists",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}" + (f"-{self.month:02}" if self.month else "")
