"""
Maps of three cities, and two agreements of one of them. Everything here is made up.

Kraków's map has two versions a year apart and goes on; Łódź shares its map; that of
Hrubieszów is just begun and has gaps. One agreement of Kraków is due for review.
"""

from csv import DictReader
from datetime import datetime, timedelta
from pathlib import Path

from mosty.accounts.models import Role, User
from mosty.demo.cast import Say
from mosty.directory.models import Organisation
from mosty.partnerships.actions import actors, agreements, imports, maps, versions
from mosty.partnerships.models import Actor, Agreement, StakeholderMap, Visibility
from mosty.partnerships.queries.files import planned
from mosty.partnerships.queries.maps import courses_of
from mosty.partnerships.tables.reading import Line

MARK = "(przykład)"
PACT = f"Porozumienie o kursach polskiego {MARK}"
# Actors and ties of each map, in the columns that files bring.
_FOLDER = Path(__file__).parent / "maps"


def play(now: datetime, say: Say) -> StakeholderMap:
    """Draw the maps, freeze them, and keep two agreements; return Kraków's map."""
    _agreements(now)
    krakow = _krakow(now)
    lodz = _map(
        "lodz",
        "Partnerzy na rynku pracy",
        "work",
        ("workers", "women"),
        now - timedelta(days=60),
    )
    _fill(lodz, "lodz", now - timedelta(days=60))
    _freeze(lodz, now - timedelta(days=55), "po warsztatach")
    _share(lodz, now - timedelta(days=54))
    begun = _map(
        "hrubieszow",
        "Kto pomaga nowym mieszkańcom",
        "participation",
        ("refugees", "older"),
        now - timedelta(days=3),
    )
    _fill(begun, "hrubieszow", now - timedelta(days=3))
    say(
        f"Maps of partners: {StakeholderMap.objects.count()}, "
        f"{krakow.versions.count()} versions of one; agreements: {Agreement.objects.count()}. All made up."
    )
    return krakow


def contact(slug: str) -> User:
    """Return the contact of a city."""
    return User.objects.get(grants__role=Role.CITY, grants__organisation__slug=slug)


def _agreements(now: datetime) -> None:
    city = Organisation.objects.get(slug="krakow")
    who, then = contact("krakow"), now - timedelta(days=340)
    pact = agreements.make(
        city=city,
        details=agreements.Details(
            title=PACT,
            parties=("Fundacja „Kładka”",),
            scope="Kursy języka polskiego dla rodziców, dwa razy w tygodniu.",
            roles="Miasto: sale i rekrutacja. Fundacja: lektorzy i opieka nad dziećmi.",
            resources="Dwie sale, czterech lektorów.",
            data_sharing="Fundacja przekazuje liczby uczestników, bez danych osób.",
            starts_on=then.date(),
            ends_on=(now + timedelta(days=390)).date(),
            review_on=(now + timedelta(days=12)).date(),
        ),
        actor=who,
        now=then,
    )
    agreements.put_in_force(agreement=pact, seen=1, actor=who, now=then)
    agreements.make(
        city=city,
        details=agreements.Details(
            title=f"List intencyjny o badaniach {MARK}",
            parties=("Uczelnia „Collegium Mostowe”",),
            scope="Ewaluacja kursów.",
        ),
        actor=who,
        now=now - timedelta(days=8),
    )


def _krakow(now: datetime) -> StakeholderMap:
    then = now - timedelta(days=330)
    found = _map(
        "krakow",
        "Partnerzy w edukacji",
        "education",
        ("children", "women", "older"),
        then,
    )
    _fill(found, "krakow", then)
    _freeze(found, then + timedelta(days=1), "po szkoleniu")
    later = now - timedelta(days=20)
    _fill(found, "krakow-later", later)
    gone = Actor.objects.get(map=found, name="Parafia wielojęzyczna")
    actors.take_off(
        stakeholder=gone, seen=gone.revision, actor=contact("krakow"), now=later
    )
    _freeze(found, later, "po pierwszym roku")
    return found


def _map(
    slug: str, title: str, topic: str, groups: tuple[str, ...], now: datetime
) -> StakeholderMap:
    city = Organisation.objects.get(slug=slug)
    return maps.make(
        city=city,
        details=maps.Details(
            title=f"{title} {MARK}",
            topic=topic,
            made_on=now.date(),
            target_groups=groups,
            course=courses_of(city).order_by("pk").first(),
        ),
        actor=contact(slug),
        now=now,
    )


def _fill(found: StakeholderMap, name: str, now: datetime) -> None:
    lines, tied = _lines(f"{name}-actors"), _lines(f"{name}-ties")
    imports.take(
        found=found,
        actors=lines,
        ties=tied,
        seen=imports.digest(planned(found, lines, tied)),
        actor=contact(found.city.slug),
        now=now,
    )


def _lines(name: str) -> list[Line]:
    path = _FOLDER / f"{name}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [Line(number, row) for number, row in enumerate(DictReader(file))]


def _freeze(found: StakeholderMap, now: datetime, note: str) -> None:
    versions.freeze(
        found=found,
        day=now.date(),
        note_text=note,
        actor=contact(found.city.slug),
        now=now,
    )


def _share(found: StakeholderMap, now: datetime) -> None:
    maps.change(
        found=found,
        details=maps.Details(
            title=found.title,
            topic=found.topic,
            made_on=found.made_on,
            target_groups=tuple(found.target_groups),
            course=found.course,
            visibility=Visibility.NETWORK,
        ),
        seen=found.revision,
        actor=contact(found.city.slug),
        now=now,
    )
