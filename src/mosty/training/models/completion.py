"""When a participant has completed a course."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mosty.programmes.models import Course


class CompletionRule(models.Model):
    """
    What a course asks of whoever completes it. A course without one has the defaults.

    Hours are those of the published sessions, less the minutes that somebody was late.
    """

    course = models.OneToOneField(
        Course, models.CASCADE, primary_key=True, related_name="+"
    )
    least_percent = models.PositiveSmallIntegerField(
        _("least share of the hours, in per cent"), default=80
    )
    # Otherwise they count as missed.
    excused_counts = models.BooleanField(
        _("hours of excused absence are taken out of the sum"), default=False
    )

    class Meta:
        verbose_name = _("rule of completion")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(least_percent__gte=1, least_percent__lte=100),
                name="completion_percent_in_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course}: {self.least_percent}%"
