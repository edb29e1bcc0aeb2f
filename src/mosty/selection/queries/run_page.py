"""One run on its page: what it reached, who signed, what the reader may do with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from mosty.accounts.models import User
from mosty.directory.models import Organisation
from mosty.engines.selection import check
from mosty.nominations.queries.earlier import earlier_calls
from mosty.nominations.rules import Prefer, parse
from mosty.nominations.rules.words import priority_words
from mosty.selection import policies, words
from mosty.selection.models import SIGNATURES, Decision, Run
from mosty.selection.queries import desk, records
from mosty.selection.queries.earlier_seats import Remembered, remembered
from mosty.selection.queries.lottery import Lottery, lottery_of
from mosty.selection.queries.pool import priority_names
from mosty.selection.queries.seeds import source_of
from mosty.selection.queries.signing import digest_of
from mosty.ui.components import Stage

Outcome = Decision.Outcome


def runs_for(user: User) -> QuerySet[Run]:
    """Return the runs ``user`` may see, with what every page of them shows, but no record."""
    return (
        policies.runs_visible_to(user)
        .select_related("call__course__programme", "repeats")
        .defer("record", "repeats__record", "repeats__rules", "repeats__costs")
    )


@dataclass(frozen=True, slots=True)
class Reached:
    """One priority: its place, its words, and what the cohort reaches for it."""

    number: int
    words: str
    reached: str


@dataclass(frozen=True, slots=True)
class Signed:
    """One signature."""

    organisation: str
    signed_by: str
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class Other:
    """Another run of the same call, to compare with."""

    pk: int
    number: int
    is_draw: bool


@dataclass(frozen=True, slots=True)
class RunPage:
    """What the page of a run shows above and beside its table."""

    run: Run
    stages: list[Stage]
    total: int
    seats: int
    seated: int
    waiting: int
    cities: int
    cities_possible: int
    # (value, whom) of each priority that prefers people.
    preferred: list[tuple[int, str]]
    priorities: list[Reached]
    empty_because: list[str]
    lottery: Lottery
    changed: int
    signed: list[Signed]
    may_sign_for: list[Organisation]
    # Of what the reader sees, so that she signs nothing else; empty if she may not.
    digest: str
    has_signed: bool
    # That an earlier call of the same course was cancelled, maybe after its draw.
    earlier_calls: list[str]
    can_run: bool
    others: list[Other]
    # The seats of earlier courses, if a rule goes by them.
    remembered: Remembered | None

    @property
    def is_trial(self) -> bool:
        """Test if this run decides nothing."""
        return self.run.kind == Run.Kind.WHAT_IF

    @property
    def is_proposed(self) -> bool:
        """Test if this is a draw that nobody has been told of."""
        return not self.is_trial and self.run.state == Run.State.PROPOSED

    @property
    def is_signed(self) -> bool:
        """Test if enough partners have signed."""
        return len(self.signed) >= SIGNATURES

    @property
    def seed_source(self) -> str:
        """Return where the seed came from, in the reader's language."""
        return source_of(self.run)

    @property
    def missing(self) -> int:
        """Return how many signatures are still missing."""
        return max(0, SIGNATURES - len(self.signed))

    @property
    def empty(self) -> int:
        """Return how many seats nobody has."""
        return self.seats - self.seated


def run_page(run: Run, user: User, now: datetime) -> RunPage:
    """Return what the page of ``run`` shows; a constant number of queries."""
    rules = parse(run.rules)
    counts = _counts(run)
    parts = _parts_of_record(run)
    signatures = list(run.signatures.select_related("organisation"))
    proposed = run.kind == Run.Kind.DRAW and run.state == Run.State.PROPOSED
    has_signed = any(item.signer_key == user.ledger_key for item in signatures)
    best = [parts["priorities"][name] for name in priority_names(rules)]
    reached = list(zip(_values_now(run, counts["changed"], best), best, strict=True))
    may_sign_for = (
        _may_sign_for(user, run, signatures) if proposed and not has_signed else []
    )
    return RunPage(
        run=run,
        stages=[]
        if run.kind == Run.Kind.WHAT_IF
        else desk.stages(run.call, run if _stands(run) else None, now),
        total=counts["total"],
        seats=rules.seats,
        seated=counts["seated"],
        waiting=counts["waiting"],
        cities=counts["cities"],
        cities_possible=counts["cities_possible"],
        preferred=[
            (value, words.preferred_words(priority, rules))
            for priority, (value, _best) in zip(rules.priorities, reached, strict=True)
            if isinstance(priority, Prefer)
        ],
        priorities=[
            Reached(
                number,
                _as_label(priority_words(priority, rules)),
                words.reached_words(priority, value, best),
            )
            for number, (priority, (value, best)) in enumerate(
                zip(rules.priorities, reached, strict=True), 1
            )
        ],
        empty_because=[
            words.limit_words(limit)
            for limit in words.limits_of({"limits": parts["empty_because"]})
        ],
        lottery=lottery_of(parts),
        changed=counts["changed"],
        signed=[
            Signed(str(item.organisation), item.signed_by, item.signed_at)
            for item in signatures
        ],
        may_sign_for=may_sign_for,
        digest=digest_of(run) if may_sign_for else "",
        has_signed=has_signed,
        earlier_calls=earlier_calls(run.call),
        can_run=policies.can_run(user, run.call),
        others=[
            Other(pk, number, kind == Run.Kind.DRAW)
            for pk, number, kind in policies.runs_visible_to(user)
            .filter(call=run.call_id)
            .exclude(pk=run.pk)
            .order_by("-number")
            .values_list("pk", "number", "kind")[:10]
        ],
        remembered=remembered(run),
    )


def _stands(run: Run) -> bool:
    return run.state != Run.State.DISCARDED


def _as_label(text: str) -> str:
    """Return a part of a sentence as the beginning of a line."""
    return text[:1].upper() + text[1:].rstrip(".")


def _counts(run: Run) -> dict[str, int]:
    seated = Q(outcome=Outcome.SELECTED)
    return Decision.objects.filter(run=run).aggregate(
        total=Count("pk"),
        seated=Count("pk", filter=seated),
        waiting=Count("pk", filter=Q(outcome=Outcome.RESERVE)),
        cities=Count("nomination__organisation", distinct=True, filter=seated),
        cities_possible=Count(
            "nomination__organisation",
            distinct=True,
            filter=~Q(outcome=Outcome.NOT_ELIGIBLE),
        ),
        changed=Count("pk", filter=~Q(changed_by="")),
    )


def _parts_of_record(run: Run) -> dict[str, Any]:
    """Return the small parts of the record that the page needs; the rest is large."""
    return dict(
        Run.objects.filter(pk=run.pk)
        .values(
            priorities=F("record__priorities"),
            empty_because=F("record__empty_because"),
            odds=F("record__odds_exact"),
            cohorts=F("record__cohorts"),
            rule=F("record__distribution__rule"),
            cuts=F("record__certificate__cuts"),
            drawn_number=F("record__public_lottery__number"),
        )
        .get()
    )


def _values_now(run: Run, changed: int, recorded: Sequence[int]) -> Sequence[int]:
    """Return what the cohort reaches: what was recorded, unless it was changed by hand."""
    if not changed:
        return recorded
    problem = records.problem_of(run)
    cohort = list(
        Decision.objects.filter(run=run, outcome=Outcome.SELECTED).values_list(
            "nomination__code", flat=True
        )
    )
    return check.values(problem, cohort)


def _may_sign_for(
    user: User, run: Run, signatures: Sequence[Any]
) -> list[Organisation]:
    signed = [item.organisation_id for item in signatures]
    return list(policies.signing_for(user, run).exclude(pk__in=signed))
