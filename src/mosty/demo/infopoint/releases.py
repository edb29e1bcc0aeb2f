"""The closed year published, and a correction that waits for the lead's eyes."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from mosty.accounts.models import Role, User
from mosty.audit.actors import SYSTEM
from mosty.demo import load
from mosty.demo.infopoint.records import at_ten
from mosty.figures.actions import releases as figures
from mosty.figures.models import Release
from mosty.infopoint.actions import consents, releases
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


def compare(points: Sequence[Point], now: datetime) -> None:
    """Publish the last year of each, and let them stand side by side."""
    this_year = now.astimezone(load.ZONE).year
    published = at_ten(date(this_year, 1, 20))
    if published > now - timedelta(days=2):
        return
    for point in points:
        lead = User.objects.get(
            grants__role=Role.LEAD, grants__organisation=point.city_id
        )
        rules = proposed()
        made = _made(point, lead, this_year - 1, rules, "", published)
        figures.publish(release=made, actor=lead, now=published + timedelta(hours=1))
        consents.give(point=point, actor=lead, now=published + timedelta(hours=2))


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
