"""Two runs of one call side by side: who changed and why, and what each reaches."""

from collections.abc import Sequence
from dataclasses import dataclass

from mosty.engines.selection import check
from mosty.nominations.models import Nomination
from mosty.nominations.rules import Rules, parse
from mosty.nominations.rules.words import priority_words
from mosty.selection import words
from mosty.selection.models import Decision, Run
from mosty.selection.queries import comparing_inputs, records
from mosty.selection.queries.comparing_causes import BARRED, Inputs, by_rules, cause
from mosty.selection.queries.comparing_inputs import MOST_LISTED, Differing, Pools
from mosty.selection.queries.people import TAGS, result_words

# A page that lists more changes than this is read by nobody.
MOST_CHANGES = 500
SEATED = Decision.Outcome.SELECTED
Result = tuple[str, int | None]


@dataclass(frozen=True, slots=True)
class Change:
    """One person whose result is not the same in both runs."""

    code: str
    city: str
    before: str
    before_tag: str
    before_why: list[str]
    after: str
    after_tag: str
    after_why: list[str]
    # What made the difference, as far as the two records tell.
    cause: str


@dataclass(frozen=True, slots=True)
class Priority:
    """One priority of the first run's rules, and what each cohort reaches for it."""

    number: int
    words: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is different in ``other``, seen from ``run``."""

    run: Run
    other: Run
    come_in: int
    go_out: int
    changes: list[Change]
    more: int
    priorities: list[Priority]
    rules: list[Differing]
    pools: Pools
    # None where both runs drew from the same seed.
    seed: Differing | None

    @property
    def is_same(self) -> bool:
        """Test if both runs decide the same for everybody."""
        return not self.changes

    @property
    def changed_people(self) -> list[tuple[str, list[Differing]]]:
        """Return of whom what differs, the first of them."""
        return list(self.pools.changed.items())[:MOST_LISTED]

    @property
    def changed_more(self) -> int:
        """Return how many more there are."""
        return max(0, len(self.pools.changed) - MOST_LISTED)


def compare(run: Run, other: Run) -> Comparison:
    """
    Return how ``other`` differs from ``run``; a constant number of queries.

    Both cohorts are judged by the priorities of ``run``, or numbers of different rules
    would stand side by side.
    """
    before, after = _results(run), _results(other)
    nothing: Result = ("", None)
    changed = [
        key
        for key in before.keys() | after.keys()
        if before.get(key, nothing) != after.get(key, nothing)
    ]
    seats = [
        (before.get(key, nothing)[0] == SEATED, after.get(key, nothing)[0] == SEATED)
        for key in changed
    ]
    shown = (
        Nomination.objects.filter(pk__in=changed)
        .select_related("organisation")
        .order_by("organisation__sort_name", "code")[:MOST_CHANGES]
    )
    own = parse(run.rules)
    differing = comparing_inputs.rules(own, parse(other.rules))
    differing += comparing_inputs.earlier(run, other)
    pools = comparing_inputs.pools(run, other, *(_codes(one) for one in (run, other)))
    seed = comparing_inputs.seed(run, other)
    inputs = Inputs(
        differing,
        pools,
        _others_eligible((run, other), (before, after), differing),
        seed is None,
    )
    rows = list(shown)
    first, second = (_decisions(one, rows) for one in (run, other))
    changes = [
        _change(row, first.get(row.pk), second.get(row.pk), inputs) for row in rows
    ]
    return Comparison(
        run=run,
        other=other,
        come_in=seats.count((False, True)),
        go_out=seats.count((True, False)),
        changes=changes,
        more=len(changed) - len(changes),
        priorities=_priorities(run, own, before, after),
        rules=differing,
        pools=pools,
        seed=seed,
    )


def _results(run: Run) -> dict[int, Result]:
    rows = Decision.objects.filter(run=run).values_list(
        "nomination", "outcome", "reserve_place"
    )
    return {key: (outcome, place) for key, outcome, place in rows}


def _codes(run: Run) -> dict[int, str]:
    """Return the codes of everybody whom ``run`` decided about, by key."""
    return dict(
        Decision.objects.filter(run=run).values_list("nomination", "nomination__code")
    )


def _others_eligible(
    runs: Sequence[Run],
    results: Sequence[dict[int, Result]],
    differing: Sequence[Differing],
) -> bool:
    """Test if somebody may enter one run only, though the rules about it are the same."""
    barred = Decision.objects.filter(run__in=runs, outcome=BARRED)
    entered = {
        key
        for found in results
        for key, (outcome, _place) in found.items()
        if outcome != BARRED
    }
    return any(
        not all(by_rules(reasons, differing))
        for key, reasons in barred.values_list("nomination", "reasons")
        if key in entered
    )


def _decisions(run: Run, rows: Sequence[Nomination]) -> dict[int, Decision]:
    found = Decision.objects.filter(run=run, nomination__in=[row.pk for row in rows])
    decisions = {decision.nomination_id: decision for decision in found}
    for decision in decisions.values():
        # The run at hand, with its record, instead of a query for each.
        decision.run = run
    return decisions


def _change(
    row: Nomination, before: Decision | None, after: Decision | None, inputs: Inputs
) -> Change:
    return Change(
        row.code,
        str(row.organisation),
        *_said(before),
        *_said(after),
        cause(row.code, before, after, inputs),
    )


def _said(decision: Decision | None) -> tuple[str, str, list[str]]:
    """Return a result in words, its tag and why; nothing for who did not count then."""
    if decision is None:
        return "–", "plain", []
    return (
        result_words(decision.outcome, decision.reserve_place),
        TAGS[decision.outcome],
        words.in_brief(decision),
    )


def _priorities(
    run: Run, rules: Rules, before: dict[int, Result], after: dict[int, Result]
) -> list[Priority]:
    problem = records.problem_of(run)
    pool = {person.code for person in problem.pool}
    codes = dict(
        Nomination.objects.filter(
            pk__in=[
                key
                for results in (before, after)
                for key, result in results.items()
                if result[0] == SEATED
            ]
        ).values_list("pk", "code")
    )
    reached = [
        check.values(
            problem,
            [
                codes[key]
                for key, result in results.items()
                if result[0] == SEATED and codes[key] in pool
            ],
        )
        for results in (before, after)
    ]
    return [
        Priority(
            number,
            priority_words(priority, rules).rstrip("."),
            words.measure_words(priority, old),
            words.measure_words(priority, new),
        )
        for number, (priority, old, new) in enumerate(
            zip(rules.priorities, *reached, strict=True), 1
        )
    ]
