"""Adoptions: one city takes up what another does, and says what came of it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mosty.directory.models import Organisation
from mosty.library.models.practices import Practice


class Adoption(models.Model):
    """
    That a city has taken up a practice, from its owner or from another city that had.

    What it learned from never changes, and was there before: so no chain is a ring.
    """

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="adoptions")
    city = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    # From whom it was learned; none: from the owner.
    source = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followers"
    )
    since = models.DateField(_("since"))
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("adoption")
        ordering: ClassVar = ["since", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["practice", "city"], name="adoption_once_a_city"
            ),
            models.CheckConstraint(
                condition=Q(source__isnull=True) | ~Q(source=F("id")),
                name="adoption_not_from_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice_id}: {self.city_id}"


class AdoptionReport(models.Model):
    """What a city says of its adoption at one time; it adds, and never rewrites."""

    class Outcome(models.TextChoices):
        TRYING = "trying", pgettext_lazy("adoption", "being tried")
        WORKS = "works", pgettext_lazy("adoption", "works")
        PARTLY = "partly", pgettext_lazy("adoption", "works in part")
        FAILED = "failed", pgettext_lazy("adoption", "did not work")

    adoption = models.ForeignKey(Adoption, models.PROTECT, related_name="reports")
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(_("how it goes"), max_length=10, choices=Outcome)
    language = models.CharField(_("language"), max_length=10)
    changed = models.TextField(_("what we changed"))
    came = models.TextField(_("what came of it"), blank=True)
    told_at = models.DateTimeField()
    told_by = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("report of an adoption")
        ordering: ClassVar = ["adoption_id", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["adoption", "number"], name="adoption_report_once"
            ),
            models.CheckConstraint(
                condition=~Q(changed="") & (Q(outcome="trying") | ~Q(came="")),
                name="adoption_report_says_what_came",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["trying", "works", "partly", "failed"]),
                name="adoption_outcome_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.adoption_id}, {self.number}"
