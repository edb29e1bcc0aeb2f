"""Two runs of one call side by side: who changed, what each reaches, which rules differ."""

from dataclasses import dataclass

from mosty.engines.selection import check
from mosty.nominations.models import Nomination
from mosty.nominations.queries import participants
from mosty.nominations.rules import Rules, parse
from mosty.nominations.rules.words import priority_words, sentences
from mosty.selection import words
from mosty.selection.models import Decision, Run
from mosty.selection.queries import records
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
    after: str
    after_tag: str


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
    rules_before: list[str]
    rules_after: list[str]

    @property
    def is_same(self) -> bool:
        """Test if both runs decide the same for everybody."""
        return not self.changes


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
    changes = [
        Change(
            row.code,
            str(row.organisation),
            *_said(before.get(row.pk)),
            *_said(after.get(row.pk)),
        )
        for row in shown
    ]
    own, others = parse(run.rules), parse(other.rules)
    first, second = _rules_words(own), _rules_words(others)
    return Comparison(
        run=run,
        other=other,
        come_in=seats.count((False, True)),
        go_out=seats.count((True, False)),
        changes=changes,
        more=len(changed) - len(changes),
        priorities=_priorities(run, own, before, after),
        rules_before=[text for text in first if text not in second],
        rules_after=[text for text in second if text not in first],
    )


def _results(run: Run) -> dict[int, Result]:
    rows = Decision.objects.filter(run=run).values_list(
        "nomination", "outcome", "reserve_place"
    )
    return {key: (outcome, place) for key, outcome, place in rows}


def _said(result: Result | None) -> tuple[str, str]:
    """Return a result in words and its tag; nothing for who was not nominated then."""
    if result is None:
        return "—", "plain"
    return result_words(*result), TAGS[result[0]]


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


def _rules_words(rules: Rules) -> list[str]:
    return [
        f"{sentence.lead} {sentence.text}".strip()
        for sentence in sentences(rules, participants.names(rules))
    ]
