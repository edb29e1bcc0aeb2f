"""Releases of a point's years for its lead: what can be made, what came of it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.figures.models import Release
from mosty.figures.queries import releases as figures
from mosty.figures.releases import words
from mosty.figures.releases.document import of_json
from mosty.figures.releases.reading import TableView, views
from mosty.infopoint import policies
from mosty.infopoint.models import Period, Point, State, Workshop
from mosty.infopoint.releases import everyone
from mosty.infopoint.tables import EVERY

# A worker that has nothing to do takes a job at once.
SOON = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class YearRow:
    """A closed year: its latest publication, and what is in the making."""

    year: int
    published: Release | None
    making: Release | None
    last: Release | None


@dataclass(frozen=True, slots=True)
class ReleasePage:
    """What the page of a release shows to those who make it."""

    release: Release
    # How far it is, or how it ended.
    sentence: str
    findings: Sequence[str]
    tables: Sequence[TableView]
    cells: int
    hidden: int
    # Tells whether a page shows all this already.
    mark: str


def of_point(point: Point) -> QuerySet[Release]:
    """Return the releases of a point."""
    return Release.objects.filter(owner=point.city, subject=point.subject)


def ready(user: User) -> list[tuple[Point, Release]]:
    """Return the releases that wait for ``user`` to publish them; two queries."""
    points: dict[tuple[int | None, str], Point] = {
        (point.city_id, point.subject): point
        for point in policies.points_led_by(user).select_related("city")
    }
    waiting = Release.objects.filter(
        owner__in={city for city, _subject in points}, state=Release.State.READY
    ).order_by("subject", "year", "pk")
    return [
        (points[row.owner_id, row.subject], row)
        for row in waiting
        if (row.owner_id, row.subject) in points
    ]


def years(point: Point) -> list[YearRow]:
    """Return the closed years, the newest first, with their releases; two queries."""
    rows = figures.of_owner(point.city, point.subject)
    closed = Period.objects.filter(point=point, month__isnull=True).order_by("-year")
    found = []
    for year in closed.values_list("year", flat=True):
        own = [row for row in rows if row.year == year]
        published = [row for row in own if row.state == Release.State.PUBLISHED]
        found.append(
            YearRow(
                year,
                max(published, key=lambda row: row.number, default=None),
                next((row for row in own if row.state in Release.LIVE), None),
                own[0] if own else None,
            )
        )
    return found


def has_workshops(point: Point, year: int) -> bool:
    """Test if the point held any workshop in a year; one query."""
    return Workshop.objects.filter(
        point=point, day__year=year, state=State.COUNTED
    ).exists()


def page(release: Release, now: datetime) -> ReleasePage:
    """Return what ``release`` came to; one query more while it is live."""
    report = release.report or {}
    document = of_json(json.loads(release.artefact)) if release.artefact else None
    shown = list(views(document, get_language() or "en")) if document else []
    return ReleasePage(
        release=release,
        sentence=_sentence(release, now),
        findings=[words.finding(one, document) for one in report.get("findings", [])]
        if document
        else [],
        # What was refused shows what the audit found, and not the numbers themselves.
        tables=shown if not release.failure else [],
        cells=sum(table["cells"] for table in report.get("tables", [])),
        hidden=sum(table["hidden"] for table in report.get("tables", [])),
        mark=f"{release.state}-{release.step}-{release.cancel_asked}",
    )


def _sentence(release: Release, now: datetime) -> str:
    state = Release.State
    if (
        release.is_live
        and now - release.asked_at > SOON
        and figures.is_lost(release, now)
    ):
        return _("What was making this has stopped. Set it aside, and start again.")
    match release.state:
        case state.DRAFT:
            return _("It waits for its turn.")
        case state.COMPUTING if release.cancel_asked:
            return _("It is being cancelled; nothing will come of it.")
        case state.COMPUTING:
            return _steps().get(release.step, _("Counting."))
        case state.REFUSED:
            titles = {slug: str(title) for slug, title in everyone.TITLES.items()}
            titles |= {table.slug: str(table.title) for table in EVERY}
            return words.failure(release.failure, release.failure_params, titles)
        case state.READY:
            return _("Nothing hidden can be worked out. Look at it, then publish it.")
        case state.DISCARDED:
            return _("Set aside. Nothing was published.")
    return _("Published.")


def _steps() -> dict[str, str]:
    return {
        "tables": _("Putting the tables together."),
        "hiding": _("Hiding small numbers, and what would give them away."),
        "checking": _("Looking for numbers that could still be worked out."),
        "auditing": _("Checking all of it as a reader would."),
        "writing": _("Writing it down."),
    }
