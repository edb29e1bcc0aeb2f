"""Releases: what is published, what is in the making, what stands in the log."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from mosty.directory.models import Organisation
from mosty.figures.models import Release
from mosty.figures.releases.changes import Earlier
from mosty.figures.releases.document import Document, of_json
from mosty.kernel.jobs import is_forsaken


@dataclass(frozen=True, slots=True)
class Published:
    """A published release, as the public has it."""

    document: Document
    text: str
    sha256: str
    published_at: datetime
    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class LogRow:
    """One line of the public log."""

    year: int
    number: int
    published_at: datetime
    reason: str
    sha256: str
    is_latest: bool


def known(release: Release) -> list[Earlier]:
    """Return the published releases of its year, the first one first; one query."""
    rows = Release.objects.filter(
        owner=release.owner,
        subject=release.subject,
        year=release.year,
        state=Release.State.PUBLISHED,
    ).order_by("number")
    return [
        Earlier(of_json(json.loads(row.artefact)), of_json(json.loads(row.counts)))
        for row in rows
    ]


def published(subject: str, year: int, number: int | None = None) -> Published | None:
    """Return the latest release of a year, or the one with ``number``; one query."""
    rows = Release.objects.filter(
        subject=subject, year=year, state=Release.State.PUBLISHED
    )
    if number is not None:
        rows = rows.filter(number=number)
    row = rows.defer("counts", "report").order_by("-number").first()
    return _published(row) if row else None


def all_published(subject: str) -> list[Published]:
    """Return the latest release of each year, the newest year first; one query."""
    rows = (
        Release.objects.filter(subject=subject, state=Release.State.PUBLISHED)
        .defer("counts", "report")
        .order_by("-year", "-number")
    )
    found: dict[int, Published] = {}
    for row in rows:
        if row.year not in found:
            found[row.year] = _published(row)
    return list(found.values())


def last_years(kind: str) -> dict[str, int]:
    """Return the last published year of every subject of a kind, such as "point"."""
    found = (
        Release.objects.filter(
            state=Release.State.PUBLISHED, subject__startswith=f"{kind}:"
        )
        .order_by("subject")
        .values_list("subject")
        .annotate(Max("year"))
    )
    return dict(found)


def log(subject: str) -> list[LogRow]:
    """Return every publication of a subject, the newest first; one query."""
    rows = (
        Release.objects.filter(subject=subject, state=Release.State.PUBLISHED)
        .order_by("-published_at")
        .values_list("year", "number", "published_at", "reason", "sha256")
    )
    found = []
    seen: dict[int, int] = {}
    for year, number, *_ in rows:
        seen[year] = max(number, seen.get(year, 0))
    for year, number, at, reason, sha256 in rows:
        if at is not None:
            found.append(LogRow(year, number, at, reason, sha256, number == seen[year]))
    return found


def of_owner(owner: Organisation | None, subject: str) -> list[Release]:
    """Return every release of a subject for those who make them; one query."""
    rows = Release.objects.filter(owner=owner, subject=subject)
    return list(rows.defer("counts", "artefact").order_by("-year", "-asked_at", "-pk"))


def is_lost(release: Release, now: datetime) -> bool:
    """Test if no worker has, or will have, a live release in hand; one query."""
    return is_forsaken(release.job, now)


def _published(row: Release) -> Published:
    if row.published_at is None:
        msg = "what is published has its moment"
        raise AssertionError(msg)
    return Published(
        of_json(json.loads(row.artefact)),
        row.artefact,
        row.sha256,
        row.published_at,
        row.number,
        row.reason,
    )
