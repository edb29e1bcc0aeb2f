"""Good practices by the hundred, reviewed, published and adopted."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from mosty.accounts.models import Grant, Role, User
from mosty.demo import library_texts
from mosty.demo.cast import Cast, Say
from mosty.demo.large.size import Size
from mosty.directory.models import Organisation
from mosty.library.models import (
    CRITERIA,
    Adoption,
    AdoptionReport,
    Practice,
    PracticeVersion,
    Review,
)
from mosty.library.models.words import Area, Group

DAY = timedelta(days=1)
TEXTS = (library_texts.NEIGHBOURS, library_texts.SCHOOL)
State = PracticeVersion.State


@transaction.atomic
def fill(
    cities: Sequence[Organisation], cast: Cast, size: Size, now: datetime, say: Say
) -> None:
    """Let cities describe practices, two outsiders advise, and others adopt them."""
    draw = random.Random(size.practices)  # noqa: S311 - invents, decides nothing
    writers = {
        grant.organisation_id: grant.user
        for grant in Grant.objects.filter(role=Role.CITY).select_related("user")
    }
    described = [city for city in cities if city.pk in writers]
    at = now - 300 * DAY
    practices = Practice.objects.bulk_create(
        Practice(
            slug=f"practice-{number + 1}",
            city=described[number % len(described)],
            created_at=at,
            confirm_on=(now + 60 * DAY).date(),
        )
        for number in range(size.practices)
    )
    versions = PracticeVersion.objects.bulk_create(
        _version(practice, number, writers[practice.city_id], at, draw)
        for number, practice in enumerate(practices, 1)
    )
    # A version begins as a draft, is submitted, read by two and then published.
    _move(versions, State.SUBMITTED, submitted_at=at + DAY)
    Review.objects.bulk_create(
        _review(version, reviewer, at, draw)
        for version in versions
        for reviewer in (cast.coordinator, cast.secretariat)
    )
    _move(
        versions,
        State.PUBLISHED,
        decided_at=at + 9 * DAY,
        decided_by=cast.coordinator.ledger_label,
    )
    _adopt(practices, described, at + 60 * DAY, draw)
    say(
        f"Large: {len(practices)} practices, {Adoption.objects.count()} adoptions (made up)."
    )


def _version(
    practice: Practice, number: int, author: User, at: datetime, draw: random.Random
) -> PracticeVersion:
    text = draw.choice(TEXTS)
    title = str(text["title"]).replace("(przykład)", f"{number} (przykład)")
    return PracticeVersion(
        practice=practice,
        number=1,
        language="pl",
        areas=sorted(draw.sample(Area.values, 2)),
        groups=sorted(draw.sample(Group.values, 2)),
        place=str(practice.city),
        started_on=(at - 900 * DAY).date(),
        author=author,
        created_at=at,
        **{**text, "title": title},
    )


def _move(versions: Sequence[PracticeVersion], state: str, **more: object) -> None:
    keys = [version.pk for version in versions]
    PracticeVersion.objects.filter(pk__in=keys).update(state=state, **more)


def _review(
    version: PracticeVersion, reviewer: User, at: datetime, draw: random.Random
) -> Review:
    return Review(
        version=version,
        reviewer=reviewer,
        asked_at=at + 2 * DAY,
        asked_by="Maria Most (demo)",
        given_at=at + 5 * DAY,
        advice=Review.Advice.PUBLISH,
        comment="Jasny opis (przykład).",
        **{name: draw.choice((3, 4, 5)) for name in CRITERIA},
    )


def _adopt(
    practices: Sequence[Practice],
    cities: Sequence[Organisation],
    at: datetime,
    draw: random.Random,
) -> None:
    """Let two cities adopt each practice; the second has learned it from the first."""
    source: list[Adoption | None] = [None] * len(practices)
    for turn in range(2):
        others = [
            draw.choice(
                [city for city in _some(cities, draw) if city.pk != one.city_id]
            )
            for one in practices
        ]
        if turn:
            others = [
                next(city for city in cities if city.pk not in {a.city_id, one.city_id})
                for one, a in zip(practices, source, strict=True)
                if a is not None
            ]
        made = Adoption.objects.bulk_create(
            Adoption(
                practice=practice,
                city=city,
                source=learned,
                since=(at + turn * 60 * DAY).date(),
                created_at=at + turn * 60 * DAY,
            )
            for practice, city, learned in zip(practices, others, source, strict=True)
        )
        AdoptionReport.objects.bulk_create(
            AdoptionReport(
                adoption=adoption,
                number=1,
                outcome=draw.choice(("works", "partly", "failed")),
                language="pl",
                changed="Raz w tygodniu zamiast raz w miesiącu (przykład).",
                came="Przychodzi więcej osób (przykład).",
                told_at=adoption.created_at + 60 * DAY,
                told_by="Kontakt (demo)",
            )
            for adoption in made
        )
        source = list(made)


def _some(cities: Sequence[Organisation], draw: random.Random) -> list[Organisation]:
    return draw.sample(list(cities), min(5, len(cities)))
