"""Break-out groups: a plan, its rounds, and who sits where in each. What was held stays."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mosty.programmes.models import Course, Session
from mosty.selection.models import Offer


class GroupPlan(models.Model):
    """
    How the people of a course are mixed into groups, over several rounds.

    Made by the engine and changed only through :mod:`mosty.training.actions.groups`.
    What was asked for never changes; a plan that was made anew replaces the one before.
    """

    course = models.ForeignKey(Course, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    groups = models.PositiveSmallIntegerField(_("groups"))
    rounds = models.PositiveSmallIntegerField(_("rounds"))
    # What is spread, which rules are kept; pairs by the codes of their offers.
    settings = models.JSONField()
    seed = models.CharField(max_length=200)
    engine = models.CharField(max_length=100)
    # What the groups come to now: code, attribute, value and bound of each aim.
    aims = models.JSONField()
    # Rises with each change: who read an older one writes over nothing.
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=300)
    replaced_at = models.DateTimeField(null=True, blank=True)
    # Why this plan replaced the one before it.
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("plan of groups")
        ordering: ClassVar = ["course_id", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["course", "number"], name="group_plan_once"
            ),
            models.UniqueConstraint(
                fields=["course"],
                condition=Q(replaced_at__isnull=True),
                name="group_plan_one_in_use",
            ),
            models.CheckConstraint(
                condition=Q(
                    groups__gte=1, rounds__gte=1, number__gte=1, version__gte=1
                ),
                name="group_plan_from_one",
            ),
            models.CheckConstraint(
                condition=Q(replaced_at__isnull=True)
                | Q(replaced_at__gte=F("made_at")),
                name="group_plan_replaced_later",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course_id}, {self.number}"


class GroupRound(models.Model):
    """One round of a plan; once it was held, nothing in it changes."""

    plan = models.ForeignKey(GroupPlan, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    session = models.ForeignKey(
        Session, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    held_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("round of groups")
        ordering: ClassVar = ["plan_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "number"], name="group_round_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="group_round_from_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}, {self.number}"


class GroupPlace(models.Model):
    """In which group of a round a participant sits."""

    round = models.ForeignKey(GroupRound, models.CASCADE, related_name="places")
    offer = models.ForeignKey(Offer, models.PROTECT, related_name="+")
    group = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("place in a group")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "offer"], name="group_place_once"),
            models.CheckConstraint(
                condition=Q(group__gte=1), name="group_place_from_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id}, {self.round_id}: {self.group}"
