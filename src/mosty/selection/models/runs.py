"""A run of the selection, what it decided for each nominee, and who signed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mosty.directory.models import Organisation
from mosty.nominations.models import Call, Nomination, RulesVersion

# So many partner organisations agree before anybody is told; the database counts too.
SIGNATURES = 2


class Run(models.Model):
    """
    One run of the engine on a call's nominations.

    ``record`` is the engine's own: input, digest, seed, engine version and result;
    with it alone the run can be repeated anywhere. Neither it nor ``costs`` nor
    ``earlier`` ever change.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", pgettext_lazy("run", "proposed")
        ANNOUNCED = "announced", pgettext_lazy("run", "announced")
        DISCARDED = "discarded", pgettext_lazy("run", "discarded")

    class Kind(models.TextChoices):
        DRAW = "draw", pgettext_lazy("run", "draw")
        WHAT_IF = "what_if", pgettext_lazy("run", "what if")

    call = models.ForeignKey(Call, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    rules_version = models.ForeignKey(RulesVersion, models.PROTECT, related_name="+")
    # The rules that were used; a what-if run may use others than the call's.
    rules = models.JSONField()
    input_digest = models.CharField(max_length=64)
    engine = models.CharField(max_length=40)
    seed = models.CharField(max_length=200)
    seed_source = models.CharField(max_length=500)
    record = models.JSONField()
    # What each rule costs; null where it was not worked out.
    costs = models.JSONField(null=True, blank=True)
    # The earlier calls whose seats count, and each city's seats in them; null where no
    # rule asks for them. The record has their sums, and does not name the calls.
    earlier = models.JSONField(null=True, blank=True)
    # An earlier draw had the same input: said wherever this run is shown, for ever.
    repeats = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_by = models.CharField(max_length=300)
    made_at = models.DateTimeField()
    announced_at = models.DateTimeField(null=True, blank=True)
    discard_reason = models.TextField(blank=True, max_length=2000)

    class Meta:
        verbose_name = _("run")
        ordering: ClassVar = ["-made_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "number"], name="run_number_once"),
            models.UniqueConstraint(
                fields=["call"],
                condition=Q(kind="draw") & ~Q(state="discarded"),
                name="run_one_live_draw",
            ),
            models.CheckConstraint(
                condition=~Q(state="announced")
                | (Q(kind="draw") & Q(announced_at__isnull=False)),
                name="run_announced_is_a_draw",
            ),
            models.CheckConstraint(
                condition=~Q(state="discarded") | ~Q(discard_reason=""),
                name="run_discarded_has_reason",
            ),
            models.CheckConstraint(condition=~Q(seed=""), name="run_has_seed"),
        ]

    def __str__(self) -> str:
        return f"{self.call} #{self.number}"


class Decision(models.Model):
    """What a run means for one nominee. A change by hand needs a reason."""

    class Outcome(models.TextChoices):
        SELECTED = "selected", pgettext_lazy("result", "seat")
        RESERVE = "reserve", pgettext_lazy("result", "reserve list")
        NOT_SELECTED = "not_selected", pgettext_lazy("result", "not selected")
        NOT_ELIGIBLE = "not_eligible", pgettext_lazy("result", "not eligible")

    run = models.ForeignKey(Run, models.CASCADE, related_name="decisions")
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12, choices=Outcome)
    reserve_place = models.PositiveSmallIntegerField(null=True, blank=True)
    # Codes and parameters; words are made from them in the reader's language.
    reasons = models.JSONField(default=list)
    changed_by = models.CharField(max_length=300, blank=True)
    change_reason = models.TextField(blank=True, max_length=2000)

    class Meta:
        verbose_name = _("decision")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "nomination"], name="decision_once"),
            models.UniqueConstraint(
                fields=["run", "reserve_place"],
                condition=Q(reserve_place__isnull=False),
                name="decision_reserve_place_once",
            ),
            models.CheckConstraint(
                condition=Q(outcome="reserve", reserve_place__isnull=False)
                | (~Q(outcome="reserve") & Q(reserve_place__isnull=True)),
                name="decision_reserve_has_place",
            ),
            models.CheckConstraint(
                condition=Q(changed_by="") | ~Q(change_reason=""),
                name="decision_change_has_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["run", "outcome"], name="decision_by_outcome"),
        ]

    def __str__(self) -> str:
        return f"{self.nomination_id}: {self.outcome}"


class Signature(models.Model):
    """That a partner organisation agrees that a run is announced."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="signatures")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    signed_by = models.CharField(max_length=300)
    # The user's key, so that one person cannot sign for two organisations.
    signer_key = models.CharField(max_length=120)
    signed_at = models.DateTimeField()
    # What was signed: the run's input and every decision, as a digest.
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("signature")
        ordering: ClassVar = ["signed_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["run", "organisation"], name="signature_once"
            ),
            models.UniqueConstraint(
                fields=["run", "signer_key"], name="signature_one_per_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.run}"
