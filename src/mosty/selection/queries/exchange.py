"""Who may change places by hand in a proposed run."""

from collections.abc import Iterable

from django.db.models import QuerySet

from mosty.nominations.models import Nomination
from mosty.selection.models import Decision, Run
from mosty.selection.queries.people import result_words

Outcome = Decision.Outcome
# So many people are offered to choose from; anybody else is reached from her own page.
MOST_CHOICES = 300


def leaving(run: Run) -> list[tuple[str, str]]:
    """Return who has a seat: the decision's key, and words for a list; one query."""
    return _choices(_decisions(run, Outcome.SELECTED))


def entering(run: Run, code: str = "") -> list[tuple[str, str]]:
    """
    Return who could come in, the reserve list first; two queries at most.

    Who withdrew or declined cannot. ``code`` names somebody who is offered anyway.
    """
    standing = (
        _decisions(run, Outcome.RESERVE, Outcome.NOT_SELECTED)
        .filter(nomination__state=Nomination.State.SUBMITTED)
        .exclude(nomination__answer=Nomination.Answer.DECLINED)
    )
    found = _choices(standing[:MOST_CHOICES])
    if code and not any(text.startswith(f"{code}, ") for _key, text in found):
        found += _choices(standing.filter(nomination__code=code))
    return found


def key_of(run: Run, code: str) -> str:
    """Return the key of the decision about the nominee with ``code``, or nothing."""
    key = (
        Decision.objects.filter(run=run, nomination__code=code)
        .values_list("pk", flat=True)
        .first()
    )
    return str(key) if key else ""


def _decisions(run: Run, *outcomes: str) -> QuerySet[Decision]:
    return (
        Decision.objects.filter(run=run, outcome__in=outcomes)
        .select_related("nomination__organisation")
        .order_by("reserve_place", "nomination__code")
    )


def _choices(rows: Iterable[Decision]) -> list[tuple[str, str]]:
    return [(str(row.pk), _as_choice(row)) for row in rows]


def _as_choice(row: Decision) -> str:
    nominee = row.nomination
    result = result_words(row.outcome, row.reserve_place)
    return f"{nominee.code}, {nominee}, {nominee.organisation} ({result})"


def chosen(run: Run, keys: Iterable[str]) -> list[Decision]:
    """Return the decisions with these keys, in the order given; one query."""
    found = {
        str(row.pk): row
        for row in Decision.objects.filter(run=run, pk__in=list(keys)).select_related(
            "nomination"
        )
    }
    return [found[key] for key in keys if key in found]
