"""Organisations and their dated memberships."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField

from mosty.directory.models.territories import Territory
from mosty.kernel.names import sort_key
from mosty.kernel.spans import days_in_common


class Organisation(models.Model):
    """A city authority, a union of cities, an international organisation, ..."""

    class Kind(models.TextChoices):
        CITY = "city", _("city authority")
        UNION = "union", _("union of cities")
        INTERNATIONAL = "international", _("international organisation")
        NETWORK = "network", _("network of cities")
        PUBLIC = "public", _("public body")
        NGO = "ngo", _("non-governmental organisation")
        TRAINING = "training", _("training provider")

    slug = models.SlugField(max_length=60, unique=True)
    name = I18nCharField(_("name"), max_length=400)
    # What people say: "ODIHR", "UMP", "Kraków".
    short_name = I18nCharField(_("short name"), max_length=200)
    sort_name = models.CharField(max_length=300, editable=False, db_collation="C")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    territory = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("organisation")
        ordering: ClassVar = ["sort_name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(kind="city") | Q(territory__isnull=False),
                name="organisation_city_has_territory",
            ),
        ]

    def __str__(self) -> str:
        return str(self.short_name)

    def save(self, *args: object, **kwargs: object) -> None:
        """Save, with the key by which lists are sorted."""
        self.sort_name = sort_key(str(self.short_name))
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature


class Membership(models.Model):
    """That an organisation belongs to a union or network, from a day, until a day."""

    member = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    body = models.ForeignKey(Organisation, models.PROTECT, related_name="members")
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("membership")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(member=F("body")), name="membership_not_of_itself"
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True)
                | Q(until__isnull=True)
                | Q(until__gte=F("since")),
                name="membership_ends_after_it_began",
            ),
            ExclusionConstraint(
                name="membership_no_overlap",
                expressions=[
                    ("member", RangeOperators.EQUAL),
                    ("body", RangeOperators.EQUAL),
                    days_in_common(),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} in {self.body}"
