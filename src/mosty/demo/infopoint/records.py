"""
Illustrative consultations in bulk.

How they split by topic, nationality or sex is published by no city: these splits are made
up, by a fixed seed. They are copied into the table, whose guards look at each row.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from random import Random
from uuid import UUID

from django.db import connection

from mosty.demo import load
from mosty.infopoint.models import Code, Consultation, Operation, Point, State

# Kind -> codes with their weights; "" stands for what was not said.
WEIGHTS: dict[str, dict[str, int]] = {
    "channel": {
        "in-person": 42, "phone": 26, "email": 11, "viber": 8, "messenger": 7, "outpost": 6,
    },
    "language": {"uk": 46, "pl": 18, "ru": 17, "en": 11, "be": 8},
    "nationality": {
        "ukr": 62, "blr": 14, "rus": 5, "geo": 3, "ind": 3, "tur": 2, "vnm": 1, "col": 1,
        "uzb": 1, "kaz": 1, "nga": 1, "syr": 1, "": 5,
    },
    "sex": {"female": 58, "male": 38, "": 4},
    "age_band": {"18-29": 27, "30-44": 41, "45-59": 18, "60-plus": 9, "0-17": 2, "": 3},
    "legal_status": {
        "temporary-protection": 40, "temporary-residence": 30, "permanent-residence": 8,
        "visa": 7, "asylum-applicant": 3, "": 12,
    },
    "duration": {"up-to-5": 20, "up-to-15": 45, "up-to-30": 27, "up-to-60": 8},
    "outcome": {"informed": 70, "referred": 22, "follow-up": 8},
    "funder": {"city": 100},
    "district": {"1": 20, "2": 25, "3": 22, "4": 20, "5": 13, "": 30},
}  # fmt: skip
TOPICS = {
    "stay": 38, "documents": 15, "work": 12, "social": 10, "health": 7, "housing": 6,
    "education": 5, "courses": 4, "violence": 1, "disability": 1, "culture": 1,
}  # fmt: skip
REFERRALS = {
    "foreigners-office": 40, "city-office": 20, "labour-office": 15, "legal-aid": 15,
    "ngo": 10,
}  # fmt: skip
COLUMNS = tuple(field.attname for field in Consultation._meta.local_concrete_fields)


def at_ten(day: date) -> datetime:
    """Return ten o'clock of ``day`` where the points are."""
    return datetime.combine(day, time(10), tzinfo=load.ZONE)


def working_days(first: date, last: date) -> list[date]:
    """Return the working days of a span, or all days where there are none."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [day for day in days if day.weekday() < 5] or days


def codes_of(point: Point) -> dict[tuple[str, str], int]:
    """Return the keys of the codes that the point may use, by list and code."""
    return {
        (code.kind, code.code): code.pk
        for code in Code.objects.all()
        if code.owner_id in {None, point.city_id}
    }


def fill(
    point: Point,
    operation: Operation,
    first: date,
    last: date,
    count: int,
    recorder: str,
    *,
    at: datetime | None = None,
    nationalities: int = 0,
) -> None:
    """
    Make records of working days, or of one day; with ``nationalities`` of so many.

    A point without a list of districts gets none.
    """
    draw = Random(f"{point.slug}-{first}-{count}")  # noqa: S311 - invents records
    codes = codes_of(point)

    def choose(kind: str, weights: dict[str, int], k: int) -> Sequence[int | None]:
        keys = [codes.get((kind, code)) if code else None for code in weights]
        return draw.choices(keys, list(weights.values()), k=k)

    said = {kind: choose(kind, weights, count) for kind, weights in WEIGHTS.items()}
    if nationalities:
        # Each at least once: the most usual of the list, as it stands.
        every = (key for (kind, _code), key in codes.items() if kind == "nationality")
        named = list(dict.fromkeys([*_named(codes), *every]))
        said["nationality"] = [
            *islice(named, nationalities),
            *said["nationality"][nationalities:],
        ]
    referred = codes["outcome", "referred"]
    topics = choose("topic", TOPICS, 3 * count)
    referrals = choose("referral", REFERRALS, count)
    # One contact often has several topics.
    several = draw.choices((1, 1, 1, 2, 3), k=count)
    returning = draw.choices(("new", "new", "returning", "unknown"), k=count)
    days = draw.choices(working_days(first, last), k=count)
    names = ", ".join(map(connection.ops.quote_name, COLUMNS))
    with (
        connection.cursor() as cursor,
        cursor.copy(f"copy infopoint_consultation ({names}) from stdin") as copy,
    ):
        for n in range(count):
            own = topics[3 * n : 3 * n + several[n]]
            row: dict[str, object] = {
                f"{kind}_id": values[n] for kind, values in said.items()
            }
            row |= {
                "key": UUID(int=draw.getrandbits(128), version=4),
                "point_id": point.pk,
                "operation_id": operation.pk,
                "day": days[n],
                "topics": list(dict.fromkeys(own)),
                "referral_id": referrals[n] if row["outcome_id"] == referred else None,
                "interpreter": draw.random() < 0.04,
                "returning": returning[n],
                "note": "",
                "state": State.COUNTED.value,
                "is_late": False,
                "recorded_at": at or at_ten(days[n]),
                "recorder_key": recorder,
                "version": 1,
                "imported_id": None,
            }
            copy.write_row([row[name] for name in COLUMNS])


def _named(codes: dict[tuple[str, str], int]) -> list[int]:
    return [codes["nationality", code] for code in WEIGHTS["nationality"] if code]
