"""Actors of a map, and the ties between them."""

from typing import ClassVar
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mosty.kernel.names import fold, sort_key
from mosty.partnerships.models.agreements import Agreement
from mosty.partnerships.models.maps import StakeholderMap, TargetGroup


class Function(models.TextChoices):
    """What an actor is in the city's life."""

    PUBLIC = "public", pgettext_lazy("actor", "public")
    PRIVATE = "private", pgettext_lazy("actor", "private")
    CIVIC = "civic", pgettext_lazy("actor", "civic")
    KNOWLEDGE = "knowledge", pgettext_lazy("actor", "knowledge")
    MIGRANT_LED = "migrant-led", pgettext_lazy("actor", "migrant-led")


class Level(models.TextChoices):
    """On which level an actor works."""

    LOCAL = "local", pgettext_lazy("level", "local")
    REGIONAL = "regional", pgettext_lazy("level", "regional")
    NATIONAL = "national", pgettext_lazy("level", "national")
    INTERNATIONAL = "international", pgettext_lazy("level", "international")


class Grade(models.TextChoices):
    """How much interest or influence, as the city sees it. It may leave it open."""

    LOW = "low", pgettext_lazy("grade", "low")
    MEDIUM = "medium", pgettext_lazy("grade", "medium")
    HIGH = "high", pgettext_lazy("grade", "high")


class Actor(models.Model):
    """
    An organisation or group that matters for the map's topic; never a private person.

    One that is taken off stays as a row, so that its key still names it elsewhere; put
    on again under the same name, it is the same row.
    """

    # Stands in plans and addresses, and never changes.
    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    map = models.ForeignKey(StakeholderMap, models.PROTECT, related_name="actors")
    name = models.CharField(_("name"), max_length=200)
    name_key = models.CharField(max_length=300, editable=False)
    sort_name = models.CharField(max_length=300, editable=False, db_collation="C")
    function = models.CharField(_("function"), max_length=20, choices=Function)
    level = models.CharField(
        pgettext_lazy("actor", "level"),
        max_length=20,
        choices=Level,
        default=Level.LOCAL,
    )
    target_groups = ArrayField(
        models.CharField(max_length=20), default=list, blank=True
    )
    services = models.CharField(_("services"), max_length=500, blank=True)
    # From here on the city's own: see mosty.partnerships.content.
    interest = models.CharField(_("interest"), max_length=10, choices=Grade, blank=True)
    influence = models.CharField(
        _("influence"), max_length=10, choices=Grade, blank=True
    )
    contribution = models.CharField(_("contribution"), max_length=500, blank=True)
    hindrance = models.CharField(_("possible hindrance"), max_length=500, blank=True)
    engagement = models.CharField(_("how to engage"), max_length=500, blank=True)
    contact = models.CharField(_("contact"), max_length=300, blank=True)
    # Rises by one with every change: who read an older state overwrites nothing.
    revision = models.PositiveIntegerField(default=1)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("map", "actor")
        ordering: ClassVar = ["sort_name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["map", "name_key"],
                condition=Q(removed_at__isnull=True),
                name="actor_name_once",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(name_key=""), name="actor_has_a_name"
            ),
            models.CheckConstraint(
                condition=Q(function__in=Function.values), name="actor_function_known"
            ),
            models.CheckConstraint(
                condition=Q(level__in=Level.values), name="actor_level_known"
            ),
            models.CheckConstraint(
                condition=Q(interest__in=["", *Grade.values]),
                name="actor_interest_known",
            ),
            models.CheckConstraint(
                condition=Q(influence__in=["", *Grade.values]),
                name="actor_influence_known",
            ),
            models.CheckConstraint(
                condition=Q(target_groups__contained_by=TargetGroup.values),
                name="actor_target_groups_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def rename(self, name: str) -> None:
        """Set the name, with the keys by which it is found and sorted."""
        self.name = name
        self.name_key = fold(name)[:300]
        self.sort_name = sort_key(name)


class TieKind(models.TextChoices):
    """What ties two actors."""

    COOPERATION = "cooperation", _("works together with")
    FUNDING = "funding", _("pays")
    REFERRAL = "referral", _("sends people to")
    INFORMATION = "information", _("informs")
    CONTRACT = "contract", _("commissions")
    OVERSIGHT = "oversight", _("oversees")


class Tie(models.Model):
    """
    A tie between two actors of one map, which the database holds to.

    One that goes both ways has no order: its source is the row with the smaller key.
    """

    class Strength(models.IntegerChoices):
        WEAK = 1, pgettext_lazy("tie", "weak")
        MEDIUM = 2, pgettext_lazy("tie", "medium")
        STRONG = 3, pgettext_lazy("tie", "strong")

    map = models.ForeignKey(StakeholderMap, models.PROTECT, related_name="ties")
    source = models.ForeignKey(Actor, models.PROTECT, related_name="+")
    target = models.ForeignKey(Actor, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=20, choices=TieKind)
    strength = models.PositiveSmallIntegerField(
        _("strength"), choices=Strength, default=Strength.MEDIUM
    )
    directed = models.BooleanField(_("goes one way"), default=False)
    # Of the same city, on which the tie rests.
    agreement = models.ForeignKey(
        Agreement, models.PROTECT, null=True, blank=True, related_name="+"
    )
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("tie")
        ordering: ClassVar = ["source__sort_name", "target__sort_name", "kind", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(source=F("target")), name="tie_not_with_itself"
            ),
            models.UniqueConstraint(
                fields=["source", "target", "kind"], name="tie_once"
            ),
            models.UniqueConstraint(
                Least("source", "target"),
                Greatest("source", "target"),
                "kind",
                condition=Q(directed=False),
                name="tie_both_ways_once",
            ),
            models.CheckConstraint(
                condition=Q(directed=True) | Q(source__lt=F("target")),
                name="tie_both_ways_in_order",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=TieKind.values), name="tie_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(strength__range=(1, 3)), name="tie_strength_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.target_id}"
