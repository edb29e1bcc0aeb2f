"""Records made by chance, and their tables counted one by one, by no engine at all."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from i18nfield.strings import LazyI18nString

from mosty.directory.models import Organisation
from mosty.figures.tables import (
    UNMAPPED,
    UNSTATED,
    Cell,
    Coding,
    Days,
    Measure,
    Scope,
    Source,
    Table,
)
from mosty.infopoint.models import (
    Code,
    Consultation,
    Kind,
    Operation,
    Point,
    Returning,
    State,
    Workshop,
    WorkshopGroup,
)

LISTS = [str(kind) for kind in Kind if kind != Kind.TOPIC]
NEEDED = {"channel", "language", "outcome"}
# A city's own code -> the common one it counts as; one is as the common one is called.
OWN = {
    "topic": {"visa": "stay", "card": "stay", "garden": "", "work": "education"},
    "nationality": {"ukraine": "ukr", "moon": ""},
    "district": {"old-town": "", "new-town": ""},
}


def own_codes(city: Organisation) -> None:
    """Give ``city`` lists of its own."""
    common = {(one.kind, one.code): one for one in Code.objects.filter(owner=None)}
    for kind, codes in OWN.items():
        for code, counts_as in codes.items():
            Code.objects.create(
                owner=city,
                kind=kind,
                code=code,
                label=LazyI18nString({"en": code}),
                common=common.get((kind, counts_as)),
            )


def records(points: list[Point], source: Random, number: int, days: Days) -> None:
    """Record consultations of chance; some do not count."""
    known = {point: _codes(point) for point in points}
    operations = {
        one.point_id: one for one in Operation.objects.filter(point__in=points)
    }
    rows = []
    for _place in range(number):
        point = source.choice(points)
        said = {
            name: source.choice(known[point].get(name) or [None])
            for name in LISTS
            if name in NEEDED or source.random() < 0.7
        }
        topics = known[point]["topic"]
        state = source.choice([State.COUNTED] * 5 + list(State))
        length = (days.last - days.first).days
        rows.append(
            Consultation(
                key=UUID(int=source.getrandbits(128)),
                point=point,
                operation=operations[point.pk],
                day=days.first + timedelta(days=source.randint(0, length)),
                topics=[
                    topic.pk
                    for topic in source.sample(topics, source.choice([1, 1, 2, 3]))
                ],
                interpreter=source.random() < 0.2,
                returning=source.choice(list(Returning)),
                state=state,
                is_late=state in {State.LATE, State.REFUSED},
                recorded_at=date_time(days.last),
                recorder_key="user:1",
                **said,
            )
        )
    Consultation.objects.bulk_create(rows)


def workshops(points: list[Point], source: Random, number: int, days: Days) -> None:
    """Record workshops of chance with their groups; some do not count."""
    known = {point: _codes(point) for point in points}
    operations = {
        one.point_id: one for one in Operation.objects.filter(point__in=points)
    }
    length = (days.last - days.first).days
    for _place in range(number):
        point = source.choice(points)
        codes = known[point]
        sides = [
            (sex, age)
            for sex in [None, *codes["sex"]]
            for age in [None, *codes["age_band"]]
        ]
        groups = [(*side, source.randint(1, 9)) for side in source.sample(sides, 3)]
        workshop = Workshop.objects.create(
            key=UUID(int=source.getrandbits(128)),
            point=point,
            operation=operations[point.pk],
            day=days.first + timedelta(days=source.randint(0, length)),
            topic=source.choice(codes["topic"]),
            language=source.choice(codes["language"]),
            persons=sum(persons for _sex, _age, persons in groups),
            state=source.choice([State.COUNTED, State.COUNTED, State.WITHDRAWN]),
            recorded_at=date_time(days.last),
            recorder_key="user:1",
        )
        WorkshopGroup.objects.bulk_create(
            WorkshopGroup(
                workshop=workshop, version=1, sex=sex, age_band=age, count=persons
            )
            for sex, age, persons in groups
        )


def date_time(day: date) -> str:
    """Return the day's last moment."""
    return f"{day} 22:00+00:00"


def counted(table: Table, *, scope: Scope, period: Days) -> list[Cell]:
    """Count ``table`` record by record."""
    codes = {one.pk: one for one in Code.objects.select_related("common")}
    found: Counter[tuple[str, ...]] = Counter()
    for record, persons in _records(table, scope, period):
        sides: list[tuple[str, ...]] = [()]
        for dimension in table.dimensions:
            said = _said(record, dimension.name)
            if dimension.source == Source.LIST:
                said = {_word(codes, pk, scope.coding) for pk in said}
            sides = [(*side, word) for side in sides for word in said]
        found.update(dict.fromkeys(sides, persons))
    return sorted(Cell(side, number) for side, number in found.items())


def _records(table: Table, scope: Scope, period: Days) -> Iterator[tuple[Any, int]]:
    """Yield each record that counts, and for how much."""
    which = {
        "point__slug__in": scope.places,
        "day__range": (period.first, period.last),
        "state": State.COUNTED,
    }
    if table.measure != Measure.PERSONS:
        for record in Consultation.objects.filter(**which):
            yield record, 1
        return
    for workshop in Workshop.objects.filter(**which):
        for group in workshop.groups.filter(version=workshop.version):
            # A group says what its workshop says, and who came.
            group.day, group.language_id = workshop.day, workshop.language_id
            group.workshop_topic_id = workshop.topic_id
            yield group, group.count


def _said(record: Any, name: str) -> set[object]:
    """Return what a record says under a dimension's name."""
    special = {
        "topic": lambda: set(record.topics),
        "main_topic": lambda: {record.topics[0]},
        "month": lambda: {f"{record.day:%Y-%m}"},
        "returning": lambda: {str(record.returning)},
        "interpreter": lambda: {"yes" if record.interpreter else "no"},
    }
    if name in special:
        return special[name]()
    return {getattr(record, f"{name}_id")}


def _word(codes: dict[int, Code], pk: int | None, coding: Coding) -> str:
    if pk is None:
        return UNSTATED
    code = codes[pk]
    if coding == Coding.OWN or code.owner_id is None:
        return code.code
    return code.common.code if code.common else UNMAPPED


def _codes(point: Point) -> dict[str, list[Code]]:
    """Return a few codes of each list, the common ones and the city's own."""
    found: dict[str, list[Code]] = {}
    for code in Code.objects.filter(since=None, until=None).order_by("order", "code"):
        of_kind = found.setdefault(code.kind, [])
        if code.owner_id == point.city_id or (
            code.owner_id is None and sum(one.owner_id is None for one in of_kind) < 4
        ):
            of_kind.append(code)
    return found
