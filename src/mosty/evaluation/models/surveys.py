"""Surveys of a course, and what they came to."""

from datetime import datetime
from functools import partial
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mosty.evaluation.models.questionnaires import QuestionnaireVersion
from mosty.kernel import tokens
from mosty.programmes.models import Course

# Results of fewer answers are never shown, whatever a survey says.
LEAST_SHOWN = 3


class Survey(models.Model):
    """
    One asking of a questionnaire, through one link that everybody shares.

    Changes only through :mod:`mosty.evaluation.actions.surveys`. The database refuses to
    change what the answers were promised: questions, kind and the least number shown.
    """

    class Kind(models.TextChoices):
        REACTION = "reaction", pgettext_lazy("survey", "reaction at the end")
        BEFORE = "before", pgettext_lazy("survey", "self-assessment before")
        AFTER = "after", pgettext_lazy("survey", "self-assessment after")
        TEST = "test", pgettext_lazy("survey", "short test")
        THREE_MONTHS = "three", pgettext_lazy("survey", "follow-up after 3 months")
        SIX_MONTHS = "six", pgettext_lazy("survey", "follow-up after 6 months")

    course = models.ForeignKey(Course, models.PROTECT, related_name="+")
    version = models.ForeignKey(
        QuestionnaireVersion, models.PROTECT, related_name="surveys"
    )
    code = models.CharField(
        max_length=20, unique=True, default=partial(tokens.new_code, 10)
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    minimum = models.PositiveSmallIntegerField(
        _("least number of answers shown"), default=5
    )
    # Where the roster does not know who took part: how many people were asked.
    expected = models.PositiveIntegerField(
        _("people asked, where the roster does not know"), null=True, blank=True
    )
    made_at = models.DateTimeField()
    invited_at = models.DateTimeField(null=True, blank=True)
    # When its results were frozen; from then on nothing of it changes.
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("survey")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="survey_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=Q(minimum__gte=LEAST_SHOWN), name="survey_minimum_is_safe"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["course", "opens_at"], name="survey_by_course"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.code}"

    @property
    def is_closed(self) -> bool:
        """Test if the results are frozen."""
        return self.closed_at is not None

    @property
    def is_paired(self) -> bool:
        """Test if people are asked for the sign by which two answers are matched."""
        return self.kind != self.Kind.REACTION

    def takes_answers(self, now: datetime) -> bool:
        """Test if it is open at ``now``."""
        return not self.is_closed and self.opens_at <= now < self.closes_at


class Result(models.Model):
    """What a survey came to: only what may be shown, frozen as it closed."""

    survey = models.OneToOneField(
        Survey, models.PROTECT, primary_key=True, related_name="result"
    )
    answers = models.PositiveIntegerField()
    participants = models.PositiveIntegerField()
    stored = models.JSONField()
    frozen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("result of a survey")

    def __str__(self) -> str:
        return f"{self.survey_id}: {self.answers}"
