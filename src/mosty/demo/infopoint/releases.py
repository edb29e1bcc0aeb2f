"""The closed year published, and a correction that waits for the lead's eyes."""

from datetime import datetime, timedelta

from mosty.accounts.models import User
from mosty.audit.actors import SYSTEM
from mosty.figures.actions import releases as figures
from mosty.figures.models import Release
from mosty.infopoint.actions import releases
from mosty.infopoint.models import Point
from mosty.infopoint.releases.counting import proposed


def play(point: Point, lead: User, year: int, asked: datetime, now: datetime) -> None:
    """Publish ``year`` with the proposed tables, then ask for one table more."""
    first = _made(point, lead, year, proposed(), "", asked)
    figures.publish(release=first, actor=lead, now=asked + timedelta(hours=1))
    more = proposed()
    more["tables"]["duration"] = 5
    reason = "Dodano tabelę o czasie trwania rozmów (przykład)"
    _made(point, lead, year, more, reason, now)


def _made(
    point: Point,
    lead: User,
    year: int,
    rules: dict[str, object],
    reason: str,
    now: datetime,
) -> Release:
    release = releases.ask(
        point=point, year=year, rules=rules, reason=reason, actor=lead, now=now
    )
    # What the worker does; the job that it finds later has nothing left to do.
    releases.make(release=release.pk, actor=SYSTEM, now=now)
    return Release.objects.get(pk=release.pk)
