"""
The library of the demo: practices read and adopted, tools in two languages.

All practices are made up. Of the three documented tools only the data is kept, as
published; that one of their sources has changed since is an example, and says so. The
checklist is made up, so that there are words to translate.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mosty.accounts.models import Role, User
from mosty.audit.actors import SYSTEM
from mosty.demo import library_texts, load, mail
from mosty.demo.cast import Cast, Say
from mosty.directory.models import Organisation
from mosty.library.actions import (
    adoptions,
    confirmations,
    editions,
    practices,
    reviews,
    tools,
)
from mosty.library.actions.adoptions import Told
from mosty.library.actions.editions import About
from mosty.library.actions.practices import SCOPE, Content
from mosty.library.actions.tools import Details, InLanguage
from mosty.library.common.sections import SectionText
from mosty.library.models import (
    CRITERIA,
    Adoption,
    Edition,
    EditionVersion,
    Practice,
    PracticeVersion,
    Tool,
)
from mosty.programmes.models import Course

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class City:
    """A city with the contact who writes for it."""

    body: Organisation
    contact: User

    @classmethod
    def of(cls, slug: str) -> "City":
        """Return a city of the demo that has a contact."""
        body = Organisation.objects.get(slug=slug)
        contact = User.objects.get(grants__role=Role.CITY, grants__organisation=body)
        return cls(body, contact)


def play(cast: Cast, now: datetime, say: Say) -> None:
    """Let three cities describe, review and adopt practices; keep four tools."""
    krakow, lodz, hrubieszow = map(City.of, ("krakow", "lodz", "hrubieszow"))
    neighbours = _published(
        krakow, library_texts.NEIGHBOURS, ("culture", "language"), cast, now - 400 * DAY
    )
    school = _published(
        lodz, library_texts.SCHOOL, ("education",), cast, now - 200 * DAY
    )
    first = _adopted(
        neighbours.practice,
        lodz,
        None,
        Told(
            outcome="works",
            changed="Spotykamy się w piątki po południu, w domu kultury (przykład).",
            came="Przychodzi dwadzieścia osób; najtrudniej było znaleźć salę (przykład).",
            language="pl",
        ),
        now - 250 * DAY,
    )
    _adopted(
        neighbours.practice,
        hrubieszow,
        first,
        Told(
            outcome="failed",
            changed="Jedna osoba zamiast pięciu, raz w miesiącu (przykład).",
            came="Po trzech spotkaniach nikt nie przyszedł: raz w miesiącu to za rzadko, "
            "żeby ktoś pamiętał. Następnym razem zaczniemy co tydzień (przykład).",
            language="pl",
        ),
        now - 120 * DAY,
    )
    _adopted(
        school.practice,
        krakow,
        None,
        Told(
            outcome="trying",
            changed="Opiekunami są uczniowie starszych klas z rodzicem (przykład).",
            came="",
            language="pl",
        ),
        now - 30 * DAY,
    )
    _in_review(hrubieszow, cast, now - 9 * DAY)
    practices.begin(
        city=krakow.body,
        content=_content(library_texts.SPORT, ("culture",), now),
        actor=krakow.contact,
        now=now - 2 * DAY,
    )
    # Kraków was asked a year after publishing, and has not answered.
    confirmations.ask_due(actor=SYSTEM, now=now - 40 * DAY)
    _documented(cast, now)
    _checklist(cast, now)
    mail.release_each(SCOPE, cast.coordinator)
    say(
        f"Library: {Practice.objects.count()} practices (made up), "
        f"{Adoption.objects.count()} adoptions, {Tool.objects.count()} tools in "
        f"{Edition.objects.count()} editions."
    )


# Practices -----------------------------------------------------------------------------


def _content(
    texts: Mapping[str, str], areas: tuple[str, ...], now: datetime
) -> Content:
    return Content(
        texts=texts,
        language="pl",
        areas=areas,
        groups=("everybody",),
        place="dzielnica miasta (przykład)",
        started_on=date(now.year - 3, 9, 1),
        evidence="counted",
    )


def _submitted(
    city: City, texts: Mapping[str, str], areas: tuple[str, ...], at: datetime
) -> PracticeVersion:
    version = practices.begin(
        city=city.body, content=_content(texts, areas, at), actor=city.contact, now=at
    )
    return practices.submit(version=version, actor=city.contact, now=at + 2 * DAY)


def _reviewed(
    version: PracticeVersion, reviewer: User, cast: Cast, at: datetime
) -> None:
    review = reviews.ask(
        version=version, reviewer=reviewer, actor=cast.coordinator, now=at
    )
    reviews.give(
        review=review,
        scores={name: 4 + (n % 2) for n, name in enumerate(CRITERIA)},
        advice="publish",
        comment="Jasne i do powtórzenia w innym mieście. Warto dopisać, co się nie udało "
        "(ocena przykładowa).",
        actor=reviewer,
        now=at + 2 * DAY,
    )


def _published(
    city: City,
    texts: Mapping[str, str],
    areas: tuple[str, ...],
    cast: Cast,
    at: datetime,
) -> PracticeVersion:
    version = _submitted(city, texts, areas, at)
    for reviewer in (cast.partner, cast.secretariat):
        _reviewed(version, reviewer, cast, at + 3 * DAY)
    return reviews.publish(
        version=version, reason="", actor=cast.coordinator, now=at + 7 * DAY
    )


def _in_review(city: City, cast: Cast, at: datetime) -> None:
    """Let one review be given, and another wait."""
    version = _submitted(city, library_texts.FLAT, ("housing",), at)
    _reviewed(version, cast.secretariat, cast, at + 3 * DAY)
    reviews.ask(
        version=version, reviewer=cast.partner, actor=cast.coordinator, now=at + 4 * DAY
    )


def _adopted(
    practice: Practice, city: City, source: Adoption | None, told: Told, at: datetime
) -> Adoption:
    return adoptions.adopt(
        practice=practice,
        city=city.body,
        source=source,
        since=(at - 30 * DAY).date(),
        told=told,
        actor=city.contact,
        now=at,
    )


# Tools ---------------------------------------------------------------------------------

COUNCIL = "Council of Europe, Intercultural Cities programme (ICC)"
UNKNOWN = "nie podano / not published"
PUBLISHED = "zgodnie z publikacją / as published"
# What is published of them: that they are there, and that they were translated.
DOCUMENTED = (
    (
        "handbook",
        ("Anti-rumours handbook", "Podręcznik strategii antyplotkowej"),
        ("equality", "information"),
        "anti-rumours",
    ),
    (
        "manual",
        (
            "Manual for an intercultural-competence course, part 1: core principles",
            "Poradnik kursu kompetencji międzykulturowych, część 1: podstawowe zasady",
        ),
        ("education", "equality"),
        "intercultural-competence",
    ),
    (
        "manual",
        (
            "Manual for an intercultural-competence course, part 2: concepts",
            "Poradnik kursu kompetencji międzykulturowych, część 2: pojęcia",
        ),
        ("education", "equality"),
        "intercultural-competence",
    ),
)


def _documented(cast: Cast, now: datetime) -> None:
    """Keep the data of the three documented tools, each with its Polish edition."""
    for number, (kind, names, areas, course) in enumerate(DOCUMENTED):
        tool = tools.add(
            details=Details(
                kind=kind,
                name=load.text(names),
                summary=load.text(
                    (
                        (
                            "Translated into Polish for the Academy. Only the data of the "
                            "publication is kept here, not its text."
                        ),
                        (
                            "Przetłumaczone na polski dla Akademii. Przechowywane są tu tylko "
                            "dane o publikacji, bez jej tekstu."
                        ),
                    )
                ),
                issuer=COUNCIL,
                areas=areas,
                courses=tuple(Course.objects.filter(slug=course)),
            ),
            edition=_source("other", UNKNOWN),
            actor=cast.partner,
            now=now - 300 * DAY,
        )
        english = tool.editions.get()
        _write(english, names[0], PUBLISHED, (), cast, now - 300 * DAY)
        polish = _polish(tool, "other", UNKNOWN, cast, now, UNKNOWN)
        _write(polish, names[1], PUBLISHED, (), cast, now - 290 * DAY)
        if number == len(DOCUMENTED) - 1:
            _write(
                english,
                names[0],
                "newer version (illustrative)",
                (),
                cast,
                now - 20 * DAY,
                note="Illustrative: a change made up for this demo.",
            )


def _checklist(cast: Cast, now: datetime) -> None:
    """Keep a made-up checklist whose Polish edition is half a step behind."""
    english = (
        (
            "Before the talk",
            "Book an interpreter if one is needed.\nHave a quiet room ready.",
        ),
        ("At the counter", "Say your name and what you can help with."),
        ("Afterwards", "Write down what was agreed, and by when."),
    )
    polish = (
        (
            "Przed rozmową",
            "Zamów tłumacza, jeśli jest potrzebny.\nPrzygotuj cichy pokój.",
        ),
        ("Przy okienku", "Przedstaw się i powiedz, w czym możesz pomóc."),
        ("Po rozmowie", "Zapisz, co ustalono i do kiedy."),
    )
    names = (
        "First talk at the counter (made up)",
        "Pierwsza rozmowa przy okienku (przykład)",
    )
    tool = tools.add(
        details=Details(
            kind="checklist",
            name=load.text(names),
            summary=load.text(
                (
                    "A page to have at hand when somebody comes for the first time.",
                    "Jedna kartka, którą warto mieć, gdy ktoś przychodzi pierwszy raz.",
                )
            ),
            issuer="Mosty (demo)",
            areas=("reception", "information"),
            courses=tuple(Course.objects.filter(slug="partnerships")),
        ),
        edition=_source("cc-by-4.0"),
        actor=cast.partner,
        now=now - 100 * DAY,
    )
    source = tool.editions.get()
    first = _write(source, names[0], "1", english, cast, now - 100 * DAY)
    edition = _polish(tool, "cc-by-4.0", "Jan Kanał (demo)", cast, now)
    _write(edition, names[1], "1", polish, cast, now - 90 * DAY, of=first)
    changed = (
        english[0],
        ("At the counter", "Say your name, your role and what you can help with."),
        english[2],
        ("If it gets loud", "Offer a break and a second person."),
    )
    _write(
        source,
        names[0],
        "2",
        changed,
        cast,
        now - 10 * DAY,
        note="One section changed, one new.",
    )


def _source(licence: str, which: str = "") -> InLanguage:
    return InLanguage(
        language="en",
        is_source=True,
        translator="",
        licence=licence,
        licence_text=which,
    )


def _polish(
    tool: Tool,
    licence: str,
    translator: str,
    cast: Cast,
    now: datetime,
    which: str = "",
) -> Edition:
    return tools.add_edition(
        tool=tool,
        edition=InLanguage(
            language="pl",
            is_source=False,
            translator=translator,
            licence=licence,
            licence_text=which,
        ),
        actor=cast.secretariat,
        now=now - 295 * DAY,
    )


def _write(
    edition: Edition,
    title: str,
    label: str,
    sections: tuple[tuple[str, str], ...],
    cast: Cast,
    at: datetime,
    *,
    note: str = "",
    of: EditionVersion | None = None,
) -> EditionVersion:
    """Write a version by one person, and let the coordinator publish it."""
    writer = cast.partner if edition.is_source else cast.secretariat
    version = editions.begin(edition=edition, actor=writer, now=at)
    keys = [one.key for one in (of or version).sections.order_by("order")]
    keys += [""] * (len(sections) - len(keys))
    editions.save(
        version=version,
        about=About(title=title, label=label, note=note),
        sections=[
            SectionText(key, heading, text, of is not None)
            for key, (heading, text) in zip(keys, sections, strict=False)
        ],
        sent=None,
        revision=version.revision,
        actor=writer,
        now=at,
    )
    version = editions.propose(version=version, actor=writer, now=at + DAY)
    return editions.approve(version=version, actor=cast.coordinator, now=at + 2 * DAY)
