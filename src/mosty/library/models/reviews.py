"""Reviews of practices: two people without a stake in them say what they think."""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mosty.accounts.models import User
from mosty.library.models.practices import PracticeVersion

# What is scored, from 1 (not at all) to 5 (fully).
CRITERIA = ("relevance", "effect", "transfer", "involvement", "lasting")


_SCORE: dict[str, Any] = {
    "null": True,
    "blank": True,
    "validators": [MinValueValidator(1), MaxValueValidator(5)],
}


class Review(models.Model):
    """
    That somebody is asked to review a version, and what she said.

    The database refuses an author of the practice, anybody of its city, and any change
    of a review that was given.
    """

    class Advice(models.TextChoices):
        PUBLISH = "publish", pgettext_lazy("advice", "publish")
        CHANGE = "change", pgettext_lazy("advice", "publish after changes")
        REFUSE = "refuse", pgettext_lazy("advice", "do not publish")

    version = models.ForeignKey(PracticeVersion, models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=300)
    given_at = models.DateTimeField(null=True, blank=True)
    relevance = models.PositiveSmallIntegerField(
        _("It answers a need that other cities have, too."), **_SCORE
    )
    effect = models.PositiveSmallIntegerField(
        _("What it achieved is shown, not only said."), **_SCORE
    )
    transfer = models.PositiveSmallIntegerField(
        _("Another city could do it from this description."), **_SCORE
    )
    involvement = models.PositiveSmallIntegerField(
        _("The people it is for took part in making it."), **_SCORE
    )
    lasting = models.PositiveSmallIntegerField(
        _("It can go on: people and money are there."), **_SCORE
    )
    advice = models.CharField(_("advice"), max_length=10, choices=Advice, blank=True)
    comment = models.TextField(_("comment for the city"), blank=True)

    class Meta:
        verbose_name = _("review")
        ordering: ClassVar = ["asked_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "reviewer"], name="review_once_each"
            ),
            models.CheckConstraint(
                condition=Q(
                    given_at__isnull=True,
                    advice="",
                    comment="",
                    **{f"{name}__isnull": True for name in CRITERIA},
                )
                | (
                    Q(
                        given_at__isnull=False,
                        advice__in=["publish", "change", "refuse"],
                        **{f"{name}__range": (1, 5) for name in CRITERIA},
                    )
                    & ~Q(comment="")
                ),
                name="review_is_whole_or_not_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.reviewer_id}"
