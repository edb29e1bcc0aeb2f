"""Who took part in which course of a programme: one row for a person and a course."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, DurationField, ExpressionWrapper, F, Sum

from mosty.programmes.models import Programme
from mosty.training.models import Mark
from mosty.training.models.attendance import Attended

THERE = (Attended.PRESENT, Attended.LATE)


@dataclass(frozen=True, slots=True)
class Part:
    """
    That somebody was at least once at a course.

    ``person`` is the same over courses; ``minutes`` are those she was there.
    """

    person: str
    course: int
    name: str
    sort_name: str
    is_fictional: bool
    city: str
    city_sort: str
    department: str
    gender: str
    attendances: int
    minutes: int


def end_of(programme: Programme, on: date, now: datetime) -> datetime:
    """Return the moment up to which ``on`` counts: its end, or now if that is earlier."""
    end = datetime.combine(on + timedelta(days=1), time.min, tzinfo=programme.zone)
    return min(end, now)


def parts(programme: Programme, until: datetime) -> list[Part]:
    """
    Return who took part up to ``until``, by course and name; one query.

    Only sessions that have ended count, and only marks of those who were there.
    """
    offer = "offer__nomination__"
    length = ExpressionWrapper(
        F("session__ends_at") - F("session__starts_at"), DurationField()
    )
    rows = (
        Mark.objects.filter(
            session__course__programme=programme,
            session__ends_at__lte=until,
            # As sessions are counted: what is cancelled has given nobody hours.
            session__is_cancelled=False,
            kind__in=THERE,
        )
        .values(
            "offer",
            "session__course",
            person=F(f"{offer}person"),
            given=F(f"{offer}given_name"),
            family=F(f"{offer}family_name"),
            sort=F(f"{offer}sort_name"),
            fictional=F(f"{offer}is_fictional"),
            city=F(f"{offer}organisation__short_name"),
            city_sort=F(f"{offer}organisation__sort_name"),
            department=F(f"{offer}department"),
            gender=F(f"{offer}gender"),
        )
        .annotate(there=Count("id"), length=Sum(length), late=Sum("minutes"))
        .order_by("session__course__starts_on", "session__course", "sort", "offer")
    )
    return [
        Part(
            # Nobody is two persons, and two nominations are one only where it is known.
            person=f"p{row['person']}" if row["person"] else f"o{row['offer']}",
            course=row["session__course"],
            name=f"{row['family']} {row['given']}",
            sort_name=row["sort"],
            is_fictional=row["fictional"],
            city=str(row["city"]),
            city_sort=row["city_sort"],
            department=row["department"],
            gender=row["gender"],
            attendances=row["there"],
            minutes=row["length"] // timedelta(minutes=1) - (row["late"] or 0),
        )
        for row in rows
    ]


def first_courses(found: Sequence[Part]) -> dict[str, int]:
    """Return the course at which each person took part first, by person."""
    first: dict[str, int] = {}
    for part in found:
        first.setdefault(part.person, part.course)
    return first
