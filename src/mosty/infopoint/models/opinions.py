"""
What people think of a point: how many chose what in a month, and nothing else.

There is no row of an answer. All answers of a month are one row of counts, which each
answer writes anew as a whole: nothing tells whose an answer was, when it was given, or
which answers to two questions belong together.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mosty.infopoint.models.points import Point

SCORES = (1, 2, 3, 4, 5)


class Poster(models.Model):
    """The point's question sheet for everyone, behind the code on its poster."""

    point = models.OneToOneField(Point, models.PROTECT, related_name="+")
    # Stands in the address. A new poster has a new code, and the old one leads nowhere.
    code = models.CharField(max_length=20, unique=True)
    is_open = models.BooleanField(_("opinions are asked for"), default=True)
    asks_found = models.BooleanField(default=False)
    asks_language = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("poster")

    def __str__(self) -> str:
        return self.code


def count() -> "models.PositiveIntegerField[int, int]":
    """Return a field that counts."""
    return models.PositiveIntegerField(default=0)


class Opinions(models.Model):
    """
    How often each answer was chosen in one month.

    The database refuses a change of a closed month, and a count that falls.
    """

    point = models.ForeignKey(Point, models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    score_1 = count()
    score_2 = count()
    score_3 = count()
    score_4 = count()
    score_5 = count()
    found_yes = count()
    found_no = count()
    language_yes = count()
    language_no = count()

    class Meta:
        verbose_name = _("opinions of a month")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["point", "year", "month"], name="opinions_once_a_month"
            ),
            models.CheckConstraint(
                condition=Q(month__range=(1, 12)), name="opinions_month_exists"
            ),
            *(
                models.CheckConstraint(
                    condition=Q(
                        **{
                            f"{question}_yes__lte": F("score_1")
                            + F("score_2")
                            + F("score_3")
                            + F("score_4")
                            + F("score_5")
                            - F(f"{question}_no")
                        }
                    ),
                    name=f"opinions_{question}_of_those_who_answered",
                )
                for question in ("found", "language")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}"

    @property
    def scores(self) -> tuple[int, ...]:
        """Return how often each score was chosen, the lowest first."""
        return tuple(getattr(self, f"score_{score}") for score in SCORES)
