"""Figures that somebody has published."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField


class CitedFigure(models.Model):
    """
    One published number: what it counts, of which day, and where it stands.

    ``subject`` names what it is about, such as ``programme:poland-2023``: this app is
    below those that keep such things.
    """

    subject = models.CharField(max_length=80)
    label = I18nCharField(_("what is counted"), max_length=300)
    value = models.DecimalField(_("number"), max_digits=16, decimal_places=2)
    # In words: of persons or of attendances, say.
    unit = I18nCharField(_("unit"), max_length=300)
    as_of = models.DateField(_("as of"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=400)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("cited figure")
        ordering: ClassVar = ["subject", "order", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(source=""), name="cited_has_source"),
            models.CheckConstraint(
                condition=Q(value__gte=0), name="cited_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.value}"
