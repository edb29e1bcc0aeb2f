"""The lines of a plan: objectives in order, and the actions under them."""

from functools import partial
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField

from mosty.kernel import tokens
from mosty.plans.models.check_ins import Status
from mosty.plans.models.plans import Plan, Visibility

# The fields of an action that hold keys of other apps, and how many of each at most.
LINKS = ("practices", "stakeholders", "needs")
MOST_LINKS = 20


class Objective(models.Model):
    """What a city wants to reach."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="objectives")
    order = models.PositiveSmallIntegerField()
    text = models.CharField(_("objective"), max_length=500)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("objective")
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="objective_says_what"),
        ]

    def __str__(self) -> str:
        return self.text


def _number(label: Any) -> models.DecimalField:  # type: ignore[type-arg]  # generic in the stubs only
    return models.DecimalField(
        label, max_digits=12, decimal_places=2, null=True, blank=True
    )


class Action(models.Model):
    """
    One thing that is to be done, by whom, until when, and how one will know.

    ``status`` and ``percent`` are what was last reported: a trigger on
    :class:`~mosty.plans.models.Report` sets them, and refuses whoever else would.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="actions")
    objective = models.ForeignKey(Objective, models.PROTECT, related_name="actions")
    # What names the line in a file that leaves and comes back.
    code = models.CharField(
        max_length=12, unique=True, default=partial(tokens.new_code, 8), editable=False
    )
    order = models.PositiveSmallIntegerField()
    what = models.CharField(_("action"), max_length=500)
    lead = models.CharField(_("who leads"), max_length=200, blank=True)
    partners = models.CharField(_("partners"), max_length=500, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    resources = models.CharField(_("resources"), max_length=1000, blank=True)
    risk = models.CharField(_("risk"), max_length=1000, blank=True)
    output = models.CharField(_("output: what is done"), max_length=300, blank=True)
    output_unit = models.CharField(_("unit"), max_length=60, blank=True)
    output_baseline = _number(_("baseline"))
    output_target = _number(_("target"))
    result = models.CharField(_("result: what changes"), max_length=300, blank=True)
    result_unit = models.CharField(_("unit"), max_length=60, blank=True)
    result_baseline = _number(_("baseline"))
    result_target = _number(_("target"))
    # The words of a topic of the programme's courses, and what they are matched by.
    topic = I18nCharField(_("topic"), max_length=1000, blank=True)
    topic_key = models.CharField(max_length=200, blank=True)
    # What it builds on, with whom of the city's maps, and which questions of residents
    # it answers: keys of other apps, in order. A trigger sees that they are there.
    practices = ArrayField(
        models.CharField(max_length=80),
        verbose_name=_("good practices"),
        default=list,
        blank=True,
    )
    stakeholders = ArrayField(
        models.UUIDField(),
        verbose_name=_("partners on the city's map"),
        default=list,
        blank=True,
    )
    needs = ArrayField(
        models.BigIntegerField(), verbose_name=_("needs"), default=list, blank=True
    )
    visibility = models.PositiveSmallIntegerField(
        _("who sees it"), choices=Visibility, default=Visibility.PRIVATE
    )
    version = models.PositiveIntegerField(default=1)
    status = models.CharField(
        _("status"), max_length=12, choices=Status, default=Status.NOT_STARTED
    )
    percent = models.PositiveSmallIntegerField(_("done, in percent"), default=0)
    reported_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("action")
        ordering: ClassVar = ["objective__order", "objective", "order", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(what=""), name="action_says_what"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="action_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(visibility__in=Visibility.values),
                name="action_visibility_known",
            ),
            models.CheckConstraint(
                condition=(Q(output_baseline__isnull=True, output_target__isnull=True))
                | ~Q(output=""),
                name="action_output_has_words",
            ),
            models.CheckConstraint(
                condition=(Q(result_baseline__isnull=True, result_target__isnull=True))
                | ~Q(result=""),
                name="action_result_has_words",
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.values, percent__lte=100)
                & (~Q(status=Status.NOT_STARTED) | Q(percent=0))
                & (~Q(status=Status.DONE) | Q(percent=100)),
                name="action_status_fits_percent",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{name}__len__lte": MOST_LINKS}),
                    name=f"action_{name}_are_few",
                )
                for name in LINKS
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["status", "ends_on"], name="action_by_status"),
            models.Index(fields=["topic_key"], name="action_by_topic"),
            GinIndex(fields=["practices"], name="action_by_practice"),
        ]

    def __str__(self) -> str:
        return self.what
