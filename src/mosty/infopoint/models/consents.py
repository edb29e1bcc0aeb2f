"""That a city's published numbers may stand beside those of others."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mosty.infopoint.models.points import Point


class Consent(models.Model):
    """
    A point's consent to being compared, from a moment, until it is withdrawn.

    Whoever compares sees only what the point has published.
    """

    point = models.ForeignKey(Point, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=300)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("consent to a comparison")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["point"],
                condition=Q(withdrawn_at__isnull=True),
                name="consent_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by="")
                | (Q(withdrawn_at__gte=F("given_at")) & ~Q(withdrawn_by="")),
                name="consent_withdrawn_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.point_id}, {self.given_at:%Y-%m-%d}"
