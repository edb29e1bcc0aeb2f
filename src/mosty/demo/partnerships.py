"""
Maps of three cities, and two agreements of one of them. Everything here is made up.

Kraków's map has two versions a year apart and goes on; Łódź shares its map; that of
Hrubieszów is just begun and has gaps. One agreement of Kraków is due for review.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from mosty.accounts.models import Role, User
from mosty.demo.cast import Say
from mosty.directory.models import Organisation
from mosty.partnerships.actions import actors, agreements, imports, maps, versions
from mosty.partnerships.models import Actor, Agreement, StakeholderMap, Visibility
from mosty.partnerships.queries.files import planned
from mosty.partnerships.queries.maps import courses_of
from mosty.partnerships.tables.reading import Line

MARK = "(przykład)"
ACTOR = (
    "name", "function", "level", "target_groups", "interest", "influence", "services",
    "contribution", "hindrance", "engagement",
)  # fmt: skip
TIE = ("source", "target", "kind", "strength", "directed", "agreement")
Rows = Sequence[Sequence[str]]
PACT = f"Porozumienie o kursach polskiego {MARK}"

KRAKOW: Rows = (
    ("Wydział Edukacji", "public", "local", "children|families", "high", "high", "Rekrutacja do szkół, asystenci międzykulturowi", "Zespół, sale", "", "Stałe spotkania co miesiąc"),
    ("Szkoła Podstawowa „Pod Kasztanem”", "public", "local", "children", "high", "medium", "Oddziały przygotowawcze", "Sale po południu", "Brak etatów", "Rozmowa z dyrekcją"),
    ("Poradnia „Drogowskaz”", "public", "local", "children|families", "medium", "medium", "Diagnoza dzieci dwujęzycznych", "Specjaliści", "Kolejka", "Zaproszenie do zespołu"),
    ("Fundacja „Kładka”", "civic", "local", "refugees|families", "high", "medium", "Kursy polskiego, punkt informacyjny", "Lektorzy, wolontariat", "Finansowanie do czerwca", "Wspólny wniosek"),
    ("Klub Mam z Ukrainy „Sonyashnyk”", "migrant-led", "local", "women|children|families", "high", "low", "Grupa wsparcia, zajęcia dla dzieci", "Zna potrzeby rodzin", "Bez lokalu", "Udostępnić salę"),
    ("Stowarzyszenie Białorusinów „Ranak”", "migrant-led", "regional", "workers|students", "medium", "low", "Doradztwo, kultura", "Tłumacze", "", "Zaprosić na spotkania"),
    ("Uczelnia „Collegium Mostowe”", "knowledge", "national", "students", "medium", "medium", "Badania, praktyki studentów", "Ewaluacja", "Długie procedury", "List intencyjny"),
    ("Biblioteka Dzielnicowa", "public", "local", "residents|children", "medium", "low", "Kluby rozmów po polsku", "Lokal, popołudnia", "", "Ustalić terminy"),
    ("Izba Przedsiębiorców „Rynek”", "private", "regional", "employers|workers", "low", "high", "Szkolenia pracodawców", "Kontakty z firmami", "Mało czasu", "Krótkie spotkanie śniadaniowe"),
    ("Kuratorium", "public", "regional", "children", "low", "high", "Nadzór, zgody na oddziały", "Zgody", "Terminy odpowiedzi", "Pismo z wyprzedzeniem"),
    ("Parafia wielojęzyczna", "civic", "local", "residents", "low", "low", "Spotkania sąsiedzkie", "", "", "Informować"),
    ("Rada Rodziców", "civic", "local", "families", "medium", "medium", "Głos rodziców", "", "Obawy części rodziców", "Spotkanie z faktami"),
)  # fmt: skip
KRAKOW_TIES: Rows = (
    ("Wydział Edukacji", "Szkoła Podstawowa „Pod Kasztanem”", "oversight", "3", "directed", ""),
    ("Wydział Edukacji", "Fundacja „Kładka”", "contract", "3", "directed", PACT),
    ("Wydział Edukacji", "Poradnia „Drogowskaz”", "cooperation", "2", "mutual", ""),
    ("Kuratorium", "Szkoła Podstawowa „Pod Kasztanem”", "oversight", "2", "directed", ""),
    ("Szkoła Podstawowa „Pod Kasztanem”", "Poradnia „Drogowskaz”", "referral", "2", "directed", ""),
    ("Szkoła Podstawowa „Pod Kasztanem”", "Rada Rodziców", "information", "2", "mutual", ""),
    ("Fundacja „Kładka”", "Klub Mam z Ukrainy „Sonyashnyk”", "cooperation", "2", "mutual", ""),
    ("Fundacja „Kładka”", "Biblioteka Dzielnicowa", "cooperation", "1", "mutual", ""),
    ("Fundacja „Kładka”", "Poradnia „Drogowskaz”", "referral", "2", "directed", ""),
    ("Uczelnia „Collegium Mostowe”", "Szkoła Podstawowa „Pod Kasztanem”", "cooperation", "1", "mutual", ""),
    ("Izba Przedsiębiorców „Rynek”", "Uczelnia „Collegium Mostowe”", "funding", "2", "directed", ""),
    ("Klub Mam z Ukrainy „Sonyashnyk”", "Rada Rodziców", "information", "1", "mutual", ""),
)  # fmt: skip
# A year later: the club has a room and a say, a newcomer, closer ties.
LATER: Rows = (
    ("Klub Mam z Ukrainy „Sonyashnyk”", "migrant-led", "local", "women|children|families", "high", "medium", "Grupa wsparcia, zajęcia dla dzieci", "Zna potrzeby rodzin", "", "Stałe miejsce w zespole"),
    ("Izba Przedsiębiorców „Rynek”", "private", "regional", "employers|workers", "medium", "high", "Szkolenia pracodawców", "Kontakty z firmami", "Mało czasu", "Krótkie spotkanie śniadaniowe"),
    ("Centrum Wielokulturowe", "public", "local", "refugees|workers|families", "high", "medium", "Informacja, zajęcia", "Lokal", "", "Stała współpraca"),
)  # fmt: skip
LATER_TIES: Rows = (
    ("Wydział Edukacji", "Klub Mam z Ukrainy „Sonyashnyk”", "cooperation", "2", "mutual", ""),
    ("Centrum Wielokulturowe", "Fundacja „Kładka”", "cooperation", "3", "mutual", ""),
    ("Fundacja „Kładka”", "Biblioteka Dzielnicowa", "cooperation", "2", "mutual", ""),
)  # fmt: skip
LODZ: Rows = (
    ("Powiatowy Urząd Pracy", "public", "local", "workers", "high", "high", "Pośrednictwo pracy", "", "", ""),
    ("Fundacja „Warsztat”", "civic", "local", "workers|women", "high", "medium", "Warsztaty zawodowe", "", "", ""),
    ("Zakłady „Przędza”", "private", "regional", "employers", "medium", "high", "Miejsca pracy", "", "Zmienne zamówienia", ""),
    ("Stowarzyszenie Pracowników z Gruzji", "migrant-led", "local", "workers", "high", "low", "Doradztwo", "", "", ""),
    ("Technikum Włókiennicze", "knowledge", "local", "students|workers", "medium", "medium", "Kursy zawodowe", "", "", ""),
)  # fmt: skip
LODZ_TIES: Rows = (
    ("Powiatowy Urząd Pracy", "Zakłady „Przędza”", "cooperation", "3", "mutual", ""),
    ("Fundacja „Warsztat”", "Powiatowy Urząd Pracy", "referral", "2", "directed", ""),
    ("Stowarzyszenie Pracowników z Gruzji", "Fundacja „Warsztat”", "cooperation", "2", "mutual", ""),
    ("Technikum Włókiennicze", "Zakłady „Przędza”", "information", "1", "mutual", ""),
)  # fmt: skip
HRUBIESZOW: Rows = (
    ("Urząd Miasta", "public", "local", "refugees|residents", "high", "high", "Koordynacja", "", "", ""),
    ("Dom Kultury", "public", "local", "residents|children", "medium", "low", "Zajęcia", "", "", ""),
    ("Koło Gospodyń „Sąsiadki”", "civic", "local", "women", "medium", "medium", "Pomoc sąsiedzka", "", "", ""),
)  # fmt: skip


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
    _fill(lodz, LODZ, LODZ_TIES, now - timedelta(days=60))
    _freeze(lodz, now - timedelta(days=55), "po warsztatach")
    _share(lodz, now - timedelta(days=54))
    begun = _map(
        "hrubieszow",
        "Kto pomaga nowym mieszkańcom",
        "participation",
        ("refugees", "older"),
        now - timedelta(days=3),
    )
    _fill(begun, HRUBIESZOW, (), now - timedelta(days=3))
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
    _fill(found, KRAKOW, KRAKOW_TIES, then)
    _freeze(found, then + timedelta(days=1), "po szkoleniu")
    later = now - timedelta(days=20)
    _fill(found, LATER, LATER_TIES, later)
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


def _fill(found: StakeholderMap, rows: Rows, ties: Rows, now: datetime) -> None:
    lines = [Line(n, dict(zip(ACTOR, row, strict=True))) for n, row in enumerate(rows)]
    tied = [Line(n, dict(zip(TIE, row, strict=True))) for n, row in enumerate(ties)]
    imports.take(
        found=found,
        actors=lines,
        ties=tied,
        seen=imports.digest(planned(found, lines, tied)),
        actor=contact(found.city.slug),
        now=now,
    )


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
