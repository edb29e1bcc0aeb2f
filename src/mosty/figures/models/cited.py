"""Figures that somebody has published."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Floor
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField


class CitedFigure(models.Model):
    """
    One published number: what it counts, of which day, and where it stands.

    ``subject`` names what it is about, such as ``programme:poland-2023``: this app is
    below those that keep such things.

    Where the number is that of a cell of a year's tables, ``measure``, ``year`` and
    ``codes`` name the cell. Readers then know it beside the release of the year, and
    the audit counts it among what is published.
    """

    subject = models.CharField(max_length=80)
    label = I18nCharField(_("what is counted"), max_length=300)
    value = models.DecimalField(_("number"), max_digits=16, decimal_places=2)
    # In words: of persons or of attendances, say.
    unit = I18nCharField(_("unit"), max_length=300)
    as_of = models.DateField(_("as of"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=400)
    order = models.PositiveSmallIntegerField(default=0)
    # What the cell counts, such as ``contacts``; empty where the number is of no table.
    measure = models.CharField(max_length=20, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    # Dimension -> code; of what is not named, it is the sum.
    codes = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("cited figure")
        ordering: ClassVar = ["subject", "order", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(source=""), name="cited_has_source"),
            models.CheckConstraint(
                condition=Q(value__gte=0), name="cited_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(measure="", year__isnull=True, codes={})
                | (~Q(measure="") & Q(year__isnull=False)),
                name="cited_cell_has_measure_and_year",
            ),
            models.CheckConstraint(
                condition=Q(measure="") | Q(value=Floor("value")),
                name="cited_cell_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(
                    Exact(
                        Func(
                            F("codes"),
                            function="jsonb_typeof",
                            output_field=models.TextField(),
                        ),
                        Value("object"),
                    )
                ),
                name="cited_codes_are_named",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.value}"
