"""Questionnaires. A version that a survey has used never changes: a trigger sees to it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from mosty.evaluation.questions import Content, parse
from mosty.programmes.models import Programme


class Questionnaire(models.Model):
    """A set of questions that a programme asks, in versions."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=200)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("questionnaire")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "name"], name="questionnaire_name_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class QuestionnaireVersion(models.Model):
    """The questions as they were asked, or as the next survey will ask them."""

    questionnaire = models.ForeignKey(
        Questionnaire, models.CASCADE, related_name="versions"
    )
    number = models.PositiveSmallIntegerField()
    stored = models.JSONField()
    made_by = models.CharField(max_length=300)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("version of a questionnaire")
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["questionnaire", "number"], name="questionnaire_version_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire}, {self.number}"

    @property
    def content(self) -> Content:
        """Return the questions."""
        return parse(self.stored)
