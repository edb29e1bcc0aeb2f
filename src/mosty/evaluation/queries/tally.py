"""Reading a survey's answers once, as it closes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mosty.evaluation.models import Answer, Said, Survey
from mosty.evaluation.results.counting import Given, counted
from mosty.evaluation.results.pairs import SCORE, Round, changes

# Of which survey the change since is asked, by kind.
BASELINE = {
    Survey.Kind.AFTER: Survey.Kind.BEFORE,
    Survey.Kind.THREE_MONTHS: Survey.Kind.BEFORE,
    Survey.Kind.SIX_MONTHS: Survey.Kind.BEFORE,
    Survey.Kind.TEST: Survey.Kind.TEST,
}


@dataclass(frozen=True, slots=True)
class Tally:
    """How many answered, and what of it is kept to be shown."""

    answers: int
    stored: dict[str, Any]


def tally(survey: Survey, participants: int) -> Tally:
    """Return what ``survey`` came to: five queries, and two for each round before it."""
    rows = _rows(survey)
    said: dict[str, list[str]] = {}
    for question, text in Said.objects.filter(survey=survey).values_list(
        "question", "text"
    ):
        said.setdefault(question, []).append(text)
    content = survey.version.content
    given = Given([answers for _sign, answers in rows], said)
    stored = counted(content, given, minimum=survey.minimum, participants=participants)
    stored["change"] = _change(survey, rows, stored)
    return Tally(len(rows), stored)


def _rows(survey: Survey) -> list[tuple[bytes | None, Mapping[str, Any]]]:
    return [
        (bytes(sign) if sign is not None else None, answers)
        for sign, answers in Answer.objects.filter(survey=survey).values_list(
            "pseudonym", "content"
        )
    ]


def _change(
    survey: Survey,
    rows: list[tuple[bytes | None, Mapping[str, Any]]],
    stored: Mapping[str, Any],
) -> dict[str, Any] | None:
    """Return what changed since the first closed round of the course, or None."""
    before = _closed_before(survey)
    if not before:
        return None
    first, *between = before
    now = _round(survey, rows, stored)
    later = [_round(one, _rows(one), one.result.stored) for one in between]
    lines = changes(
        _round(first, _rows(first), first.result.stored),
        [*later, now],
        # The strictest promise that was made to any of those who are compared.
        minimum=max(one.minimum for one in [*before, survey]),
    )
    return {"since": first.code, "lines": lines[survey.code]}


def _closed_before(survey: Survey) -> list[Survey]:
    """
    Return the first round and those compared with it that are closed, in that order.

    All that were compared with it count: their changes are shown already.
    """
    kind = BASELINE.get(Survey.Kind(survey.kind))
    if kind is None:
        return []
    closed = list(
        Survey.objects.filter(course=survey.course_id, closed_at__isnull=False)
        .exclude(pk=survey.pk)
        .select_related("version", "result")
        .order_by("opens_at", "pk")
    )
    first = next((one for one in closed if one.kind == kind), None)
    if first is None or first.opens_at > survey.opens_at:
        return []
    later = [
        one
        for one in closed
        if one.pk != first.pk
        and (one.result.stored.get("change") or {}).get("since") == first.code
    ]
    later.sort(key=lambda one: (one.closed_at, one.pk))
    return [first, *later]


def _round(
    survey: Survey,
    rows: list[tuple[bytes | None, Mapping[str, Any]]],
    stored: Mapping[str, Any],
) -> Round:
    shown = {one["key"] for one in stored["questions"] if one["shown"]}
    if (stored.get("score") or {}).get("shown"):
        shown.add(SCORE)
    return Round(survey.code, survey.version.content, rows, frozenset(shown))
