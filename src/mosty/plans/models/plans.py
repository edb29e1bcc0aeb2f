"""Plans, what was signed off of them, and every text that was ever saved."""

from functools import partial
from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mosty.directory.models import Organisation
from mosty.kernel import tokens
from mosty.programmes.models import Course, Programme


class Visibility(models.IntegerChoices):
    """Who sees a plan or a line of it: each level with those before it."""

    PRIVATE = 0, _("our city and the coordinator")
    COURSE = 1, _("cities of the course, and its organisers")
    NETWORK = 2, _("all cities of the programme")
    PUBLIC = 3, _("everybody")


class Plan(models.Model):
    """
    What one city means to do, from a course or from home.

    Changes only through :mod:`mosty.plans.actions`. Triggers hold the order of states
    and that nothing of it changes while it stands signed off.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("plan", "draft")
        SIGNED = "signed", pgettext_lazy("plan", "signed off")
        CLOSED = "closed", pgettext_lazy("plan", "closed")

    code = models.CharField(
        max_length=12,
        unique=True,
        default=partial(tokens.new_code, 10),
        editable=False,
    )
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    owner = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("city")
    )
    # Where it was drafted; of the same programme, which a trigger holds.
    course = models.ForeignKey(
        Course, models.PROTECT, null=True, blank=True, related_name="+"
    )
    language = models.CharField(_("language"), max_length=10)
    title = models.CharField(_("title"), max_length=200)
    context = models.TextField(_("context"), max_length=4000, blank=True)
    visibility = models.PositiveSmallIntegerField(
        _("who sees it"), choices=Visibility, default=Visibility.PRIVATE
    )
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    # Of title and context: rises with each change of them.
    version = models.PositiveIntegerField(default=1)
    # The number of its last PlanVersion; 0: never signed off.
    signed_version = models.PositiveSmallIntegerField(default=0)
    # Its title as it was signed off last: others do not read a revision's.
    signed_title = models.CharField(max_length=200, blank=True)
    # From the first signing the check-ins are counted.
    first_signed_at = models.DateTimeField(null=True, blank=True)
    is_fictional = models.BooleanField(
        pgettext_lazy("plan", "fictional"), default=False
    )
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=300)
    closed_at = models.DateTimeField(null=True, blank=True)
    closing_note = models.TextField(_("what came of it"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("action plan")
        ordering: ClassVar = ["-made_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["course", "owner"],
                condition=Q(course__isnull=False),
                name="plan_one_a_city_and_course",
            ),
            models.CheckConstraint(
                condition=Q(visibility__in=Visibility.values),
                name="plan_visibility_known",
            ),
            models.CheckConstraint(
                condition=~Q(visibility=Visibility.COURSE) | Q(course__isnull=False),
                name="plan_of_a_course_is_shown_to_it",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(language=""), name="plan_has_a_title"
            ),
            models.CheckConstraint(
                condition=Q(
                    signed_version=0, first_signed_at__isnull=True, signed_title=""
                )
                | (
                    Q(signed_version__gte=1, first_signed_at__isnull=False)
                    & ~Q(signed_title="")
                ),
                name="plan_signed_has_time",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(signed_version__gte=1),
                name="plan_stands_signed",
            ),
            models.CheckConstraint(
                condition=(Q(state="closed", closed_at__isnull=False))
                | (~Q(state="closed") & Q(closed_at__isnull=True, closing_note="")),
                name="plan_closed_has_time",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["owner", "state"], name="plan_by_owner"),
            models.Index(fields=["programme", "state"], name="plan_by_programme"),
        ]

    def __str__(self) -> str:
        return self.title


class PlanVersion(models.Model):
    """The whole plan as it was signed off. Final: a trigger sees to it."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    # Read and written by :mod:`mosty.plans.content`.
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    # In words, as the ledger has it: accounts come and go.
    signed_by = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("version of an action plan")
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "number"], name="plan_version_once"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, sha256__regex="^[0-9a-f]{64}$"),
                name="plan_version_from_one",
            ),
        ]
        indexes: ClassVar = [
            # Which signed plans build on a practice.
            GinIndex(
                fields=["content"],
                opclasses=["jsonb_path_ops"],
                name="plan_version_by_content",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}, {self.number}"


class Edit(models.Model):
    """
    One saved state of one row of a plan: what a later save is merged against.

    Nothing that was saved is lost, even where somebody wrote over it or took the row
    out. Final by a trigger.
    """

    class Kind(models.TextChoices):
        PLAN = "plan", _("plan")
        OBJECTIVE = "objective", _("objective")
        ACTION = "action", _("action")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="edits")
    kind = models.CharField(max_length=10, choices=Kind)
    row = models.BigIntegerField()
    version = models.PositiveIntegerField()
    content = models.JSONField()
    is_removal = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("edit of an action plan")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "kind", "row", "version"], name="plan_edit_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.row}, {self.version}"
