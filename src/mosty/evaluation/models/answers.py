"""
Answers. No row says whose, when or in which order, and no two of a person are joined.

There is deliberately no moment, no number that rises and no key to a person here; a test
reads the columns. Rows are written by :mod:`mosty.evaluation.actions.answers` only,
which writes all of a survey anew, shuffled.
"""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mosty.evaluation.models.surveys import Survey


class Answer(models.Model):
    """What one person chose in one survey. What she wrote stands apart."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="+")
    content = models.JSONField()
    # Keyed digest of the sign that she made up, of this course only.
    pseudonym = models.BinaryField(null=True)

    class Meta:
        verbose_name = _("answer")

    def __str__(self) -> str:
        return str(self.id)


class Said(models.Model):
    """What somebody wrote, joined to nothing else that she answered."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="+")
    question = models.CharField(max_length=40)
    text = models.TextField()

    class Meta:
        verbose_name = _("written answer")

    def __str__(self) -> str:
        return str(self.id)


class Quote(models.Model):
    """Words that somebody lets us quote, signed as she chose; joined to nothing else."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("quote", "to be read")
        PUBLISHABLE = "publishable", pgettext_lazy("quote", "may be published")
        WITHHELD = "withheld", pgettext_lazy("quote", "not published")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="+")
    question = models.CharField(max_length=40)
    text = models.TextField()
    # As the person wants to be named; empty: without a name.
    attribution = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)

    class Meta:
        verbose_name = _("quote")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(text=""), name="quote_has_words"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
