"""What is known about a place: value, date, method, source."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nTextField

from mosty.directory.models.territories import Territory


class DatedFact(models.Model):
    """
    One value that held for a place on a day.

    Replaced by a newer row, never overwritten; ``superseded_at`` marks the old one.
    """

    class Topic(models.TextChoices):
        EXPERIENCE = "experience", _("experience with integration before February 2022")
        POPULATION = "population", _("inhabitants")
        MIGRANTS = "migrants", _("inhabitants with a migrant background")

    class Experience(models.TextChoices):
        LITTLE = "little", _("little experience")
        MUCH = "much", _("more experience")

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="facts")
    topic = models.CharField(_("about"), max_length=20, choices=Topic)
    value = models.CharField(_("value"), max_length=100)
    as_of = models.DateField(_("on"))
    method = I18nTextField(_("how it was established"), max_length=1000)
    source = models.CharField(_("source"), max_length=400)
    # Set by us for the demo: shown with this word wherever the value is shown.
    illustrative = models.BooleanField(_("illustrative"), default=False)
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("dated fact")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["territory", "topic", "as_of"],
                condition=Q(superseded_at__isnull=True),
                name="fact_one_current_value_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(topic="experience") | Q(value__in=["little", "much"]),
                name="fact_experience_has_two_values",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="fact_has_source"),
        ]

    def __str__(self) -> str:
        return f"{self.territory}: {self.topic} {self.value} ({self.as_of})"


class FactProposal(models.Model):
    """A city's own correction of a fact about it, until somebody decides."""

    class State(models.TextChoices):
        OPEN = "open", _("waits for a decision")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")

    fact = models.ForeignKey(DatedFact, models.CASCADE, related_name="proposals")
    value = models.CharField(_("right value"), max_length=100)
    as_of = models.DateField(_("on"))
    source = models.CharField(_("source"), max_length=400)
    reason = models.TextField(_("why"), max_length=2000)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    proposed_by = models.CharField(max_length=300)
    proposed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True, max_length=2000)

    class Meta:
        verbose_name = _("proposed correction")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["fact"],
                condition=Q(state="open"),
                name="fact_one_open_proposal",
            ),
            models.CheckConstraint(
                condition=Q(state="open") | Q(decided_at__isnull=False),
                name="fact_proposal_decided_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fact} -> {self.value}"
