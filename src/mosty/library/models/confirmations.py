"""Once a year a city is asked whether its practice still holds."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mosty.kernel.tokens import new_code
from mosty.library.models.practices import Practice


def _code() -> str:
    return new_code(8)


class Confirmation(models.Model):
    """One question to a city, and its answer; that none came is shown, too."""

    class Answer(models.TextChoices):
        STILL = "still", pgettext_lazy("practice", "it still holds")
        CHANGED = "changed", pgettext_lazy("practice", "it has changed")
        ENDED = "ended", pgettext_lazy("practice", "it has ended")

    code = models.CharField(max_length=12, unique=True, default=_code, editable=False)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="confirmations")
    due_on = models.DateField()
    asked_at = models.DateTimeField()
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, blank=True)
    comment = models.CharField(_("in a sentence"), max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("yearly confirmation")
        ordering: ClassVar = ["practice_id", "-due_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["practice", "due_on"], name="confirmation_once_a_year"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="")
                | Q(
                    answered_at__isnull=False,
                    answer__in=["still", "changed", "ended"],
                ),
                name="confirmation_answered_or_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice_id}, {self.due_on}"
