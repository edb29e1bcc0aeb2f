"""Who acts in the demo's story, and when."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mosty.accounts.models import Role, User
from mosty.demo import load
from mosty.directory.models import Organisation

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Cast:
    """Who acts."""

    coordinator: User
    partner: User
    secretariat: User
    odihr: Organisation
    unhcr: Organisation
    ump: Organisation


def gather() -> Cast:
    def user(role: Role) -> User:
        return User.objects.filter(grants__role=role).order_by("id")[0]

    def body(slug: str) -> Organisation:
        return Organisation.objects.get(slug=slug)

    return Cast(
        user(Role.COORDINATOR),
        user(Role.PARTNER),
        user(Role.SECRETARIAT),
        body("odihr"),
        body("unhcr"),
        body("ump"),
    )


def morning(now: datetime) -> datetime:
    """
    Return nine o'clock of today where the programme is held.

    Acts are counted back from here by whole days and a few hours: nobody in the demo
    works at night, whenever the demo is played.
    """
    return now.astimezone(load.ZONE).replace(hour=9, minute=0, second=0, microsecond=0)


def office_hour(first: datetime, number: int) -> datetime:
    """Return the moment of the ``number``-th act, eight a day from ``first`` on."""
    days, hours = divmod(number, 8)
    return first + timedelta(days=days, hours=hours)


def tuesday(moment: datetime) -> date:
    """Return the last Tuesday up to ``moment``: courses are held on working days."""
    day = moment.date()
    return day - timedelta(days=(day.weekday() - 1) % 7)
