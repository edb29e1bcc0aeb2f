"""Places and their official codes."""

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField

from mosty.kernel.names import sort_key


class Territory(models.Model):
    """A city, municipality, region or country."""

    class Kind(models.TextChoices):
        CITY = "city", _("city or town")
        MUNICIPALITY = "municipality", _("municipality")
        REGION = "region", _("region")
        COUNTRY = "country", _("country")

    slug = models.SlugField(max_length=60, unique=True)
    name = I18nCharField(_("name"), max_length=300)
    sort_name = models.CharField(max_length=300, editable=False, db_collation="C")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    country = models.CharField(
        _("country"), max_length=2, validators=[RegexValidator(r"^[A-Z]{2}\Z")]
    )
    within = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("territory")
        ordering: ClassVar = ["sort_name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(country__regex=r"^[A-Z]{2}$"),
                name="territory_country_is_iso",
            ),
            models.CheckConstraint(
                condition=Q(within__isnull=True) | ~Q(within=models.F("id")),
                name="territory_not_within_itself",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def save(self, *args: object, **kwargs: object) -> None:
        """Save, with the key by which lists are sorted."""
        self.sort_name = sort_key(str(self.name))
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature


class TerritoryCode(models.Model):
    """
    One official code of a territory, as text: leading zeros count.

    ``vintage`` is the year of the register's edition the code is taken from.
    """

    class System(models.TextChoices):
        TERC = "terc", _("TERC (Poland)")
        EHAK = "ehak", _("EHAK (Estonia)")
        ATVK = "atvk", _("ATVK (Latvia)")
        LT = "lt", _("municipality code (Lithuania)")
        LAU = "lau", _("LAU (Eurostat)")
        NUTS = "nuts", _("NUTS (Eurostat)")

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="codes")
    system = models.CharField(max_length=10, choices=System)
    code = models.CharField(max_length=20)
    vintage = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("territory code")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["system", "vintage", "code"],
                name="territory_code_once_a_vintage",
            ),
            models.UniqueConstraint(
                fields=["territory", "system", "vintage"],
                name="territory_one_code_a_vintage",
            ),
            models.CheckConstraint(
                condition=~Q(system="terc") | Q(code__regex=r"^[0-9]{7}$"),
                name="territory_code_terc_has_seven_digits",
            ),
            models.CheckConstraint(
                condition=~Q(system="nuts") | Q(code__regex=r"^[A-Z]{2}[0-9A-Z]{0,3}$"),
                name="territory_code_nuts_form",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.system.upper()} {self.code} ({self.vintage})"
