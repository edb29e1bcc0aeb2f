"""Illustrative workshops and guides of a point."""

from collections.abc import Sequence
from datetime import date, datetime
from random import Random
from uuid import UUID

from django.db import transaction
from i18nfield.strings import LazyI18nString

from mosty.accounts.models import User
from mosty.demo.infopoint.records import at_ten, codes_of, working_days
from mosty.infopoint.actions import guides, workshops
from mosty.infopoint.actions.guides import GuideDetails
from mosty.infopoint.actions.workshops import Group, SaidWorkshop
from mosty.infopoint.models import Operation, Point, Workshop, WorkshopGroup

TOPICS = ("work", "education", "courses", "culture", "health", "housing")
LANGUAGES = ("uk", "pl", "en", "uk", "ru")
PLACES = ("Biblioteka (przykład)", "Centrum aktywności lokalnej (przykład)", "")
PARTNERS = ("Urząd pracy (przykład)", "Szkoła (przykład)", "", "")
SEXES = ("female", "male", "")
AGES = ("0-17", "18-29", "30-44", "45-59", "60-plus")
# Of a hundred persons, by sex and then by age band.
SHARES = (5, 17, 22, 9, 4, 4, 11, 12, 6, 3, 1, 2, 2, 1, 1)
GUIDES = (
    (
        "Ochrona międzynarodowa: przewodnik (przykład)",
        "International protection: a guide (illustrative)",
        "Міжнародний захист: путівник (приклад)",
        ("pl", "en", "uk", "be", "ru"),
    ),
    (
        "Zapisy do szkoły krok po kroku (przykład)",
        "Enrolling at school step by step (illustrative)",
        "Запис до школи крок за кроком (приклад)",
        ("pl", "uk", "ru"),
    ),
    (
        "Pierwsza praca: umowy i prawa (przykład)",
        "The first job: contracts and rights (illustrative)",
        "Перша робота: договори та права (приклад)",
        ("pl", "en", "uk"),
    ),
)


def hold(
    point: Point,
    operation: Operation,
    first: date,
    last: date,
    count: int,
    persons: int,
    recorder: str,
) -> None:
    """Make ``count`` workshops, to which ``persons`` come in all; written at once."""
    draw = Random(f"{point.slug}-{first}-{count}")  # noqa: S311 - invents workshops
    codes = codes_of(point)
    rows, groups = [], []
    came = _parts(persons, [draw.randint(3, 9) for _n in range(count)])
    for day, number in zip(
        sorted(draw.choices(working_days(first, last), k=count)), came, strict=True
    ):
        row = Workshop(
            key=UUID(int=draw.getrandbits(128), version=4),
            point=point,
            operation=operation,
            day=day,
            topic_id=codes["topic", draw.choice(TOPICS)],
            language_id=codes["language", draw.choice(LANGUAGES)],
            place=draw.choice(PLACES),
            partner=draw.choice(PARTNERS),
            persons=number,
            recorded_at=at_ten(day),
            recorder_key=recorder,
        )
        rows.append(row)
        cells = [(sex, age) for sex in SEXES for age in AGES]
        groups += [
            WorkshopGroup(
                workshop=row,
                version=1,
                sex_id=codes.get(("sex", sex)),
                age_band_id=codes["age_band", age],
                count=part,
            )
            for (sex, age), part in zip(cells, _parts(number, SHARES), strict=True)
            if part
        ]
    # Together: at the end of each transaction the groups add up.
    with transaction.atomic():
        Workshop.objects.bulk_create(rows)
        WorkshopGroup.objects.bulk_create(groups)


def _parts(whole: int, shares: Sequence[int]) -> list[int]:
    """Split ``whole`` by shares, so that the parts add up: rounded as they pile up."""
    total, before, parts = sum(shares), 0, []
    piled = 0
    for share in shares:
        piled += share
        until = whole * piled // total
        parts.append(until - before)
        before = until
    return parts


def tell(point: Point, actor: User, day: date, now: datetime, *, key: int) -> Workshop:
    """Record one workshop as its people do, and correct what was counted wrong."""
    groups = (Group("female", "18-29", 9), Group("female", "30-44", 6), Group("male", "18-29", 4))  # fmt: skip
    said = SaidWorkshop(day, "work", "uk", groups, PLACES[0], PARTNERS[0])
    row = workshops.record(
        point=point, said=said, key=UUID(int=key), actor=actor, now=now
    )
    return workshops.correct(
        workshop=row,
        said=SaidWorkshop(day, "work", "uk", (*groups, Group("", "", 2)), PLACES[0], PARTNERS[0]),
        seen=1,
        reason="Dwie osoby przyszły później (przykład)",
        actor=actor,
        now=now,
    )  # fmt: skip


def publish(point: Point, lead: User, days: Sequence[date]) -> None:
    """Publish a guide on each of the days; the first one is no longer valid."""
    for (pl, en, uk, languages), day in zip(GUIDES, days, strict=False):
        guide = guides.publish(
            point=point,
            details=GuideDetails(
                LazyI18nString({"pl": pl, "en": en, "uk": uk}), languages, day
            ),
            reason="",
            actor=lead,
            now=at_ten(day),
        )
        if day == days[-1] and len(days) > 2:
            guides.end(
                guide=guide,
                last_day=day,
                seen=1,
                reason="Zmieniły się przepisy (przykład)",
                actor=lead,
                now=at_ten(day),
            )
