"""The chain of cities that have taken up a practice."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from mosty.library import policies
from mosty.library.models import Adoption, AdoptionReport, Practice
from mosty.programmes.languages import name as language_name

Outcome = AdoptionReport.Outcome
# How a state is shown: see the component "tag".
TAGS = {
    Outcome.TRYING: "wait",
    Outcome.WORKS: "in",
    Outcome.PARTLY: "need",
    Outcome.FAILED: "no",
}


@dataclass(frozen=True, slots=True)
class ReportRow:
    """What a city said at one time."""

    outcome: str
    tag: str
    changed: str
    came: str
    language: str
    language_name: str
    told_at: datetime


@dataclass(frozen=True, slots=True)
class AdoptionRow:
    """One city that has taken up the practice; ``depth`` counts from the owner."""

    pk: int
    city: str
    learned_from: str
    since: date
    depth: int
    last: ReportRow
    earlier: tuple[ReportRow, ...]
    can_tell: bool


def chain(practice: Practice, viewer: policies.Viewer) -> list[AdoptionRow]:
    """Return every adoption, each below the one it learned from; three queries."""
    rows = list(
        practice.adoptions.select_related("city")
        .prefetch_related("reports")
        .order_by("since", "pk")
    )
    below: dict[int | None, list[Adoption]] = {}
    for row in rows:
        below.setdefault(row.source_id, []).append(row)
    cities = {row.pk: str(row.city) for row in rows}
    owner = str(practice.city)
    found: list[AdoptionRow] = []
    # Not by recursion: a chain may be long.
    waiting = [(row, 1) for row in reversed(below.get(None, []))]
    while waiting:
        row, depth = waiting.pop()
        found.append(_row(row, depth, cities.get(row.source_id or 0, owner), viewer))
        waiting += [(one, depth + 1) for one in reversed(below.get(row.pk, []))]
    return found


def _row(
    row: Adoption, depth: int, learned_from: str, viewer: policies.Viewer
) -> AdoptionRow:
    reports = tuple(map(_report, row.reports.all()))
    return AdoptionRow(
        pk=row.pk,
        city=str(row.city),
        learned_from=learned_from,
        since=row.since,
        depth=min(depth, 4),
        last=reports[0],
        earlier=reports[1:],
        can_tell=policies.can_tell(viewer, row),
    )


def _report(report: AdoptionReport) -> ReportRow:
    return ReportRow(
        outcome=report.get_outcome_display(),
        tag=TAGS[Outcome(report.outcome)],
        changed=report.changed,
        came=report.came,
        language=report.language,
        language_name=language_name(report.language),
        told_at=report.told_at,
    )


def told_of(adoptions: QuerySet[Adoption]) -> QuerySet[Adoption]:
    """Return adoptions with what a list of them shows; two queries."""
    return (
        adoptions.select_related("city", "practice__city")
        .prefetch_related("reports")
        .order_by("-since", "pk")
    )
