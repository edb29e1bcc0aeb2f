"""Years of programmes: their courses, timetables and calls."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from mosty.accounts.models import Role, User
from mosty.demo import facts
from mosty.demo.cast import Cast, tuesday
from mosty.demo.delivery import timetable
from mosty.demo.large.size import Size
from mosty.demo.load import HALF_DAYS, ZONE, text
from mosty.demo.story.gathering import open_call
from mosty.directory.models import Organisation, Person
from mosty.nominations.models import Call
from mosty.programmes.models import (
    Course,
    Partnership,
    Programme,
    Session,
    SessionTrainer,
    Topic,
)

BETWEEN = timedelta(days=35)
TO_OPENING, TO_CLOSING = timedelta(days=100), timedelta(days=66)
PARTS = (
    ("coordinator", "odihr"), ("organiser", "odihr"), ("organiser", "unhcr"),
    ("organiser", "council-of-europe"), ("organiser", "ump"), ("channel", "ump"),
)  # fmt: skip
TOPICS = facts.TRIAL_COURSE.topics


def fill(size: Size, cast: Cast, now: datetime) -> tuple[list[Call], Call, Call]:
    """Return the calls of courses that are over, of one to be drawn, of one that is open."""
    last = now - timedelta(days=20)
    starts = [last - BETWEEN * (size.held - 1 - n) for n in range(size.held)]
    starts += [now + timedelta(days=62), now + timedelta(days=97)]
    made: list[Call] = []
    each = size.courses_of_a_programme
    for first in range(0, size.courses, each):
        programme = _programme(first // each + 1, starts[first : first + each])
        for number in range(first, min(first + each, size.courses)):
            course = _course(programme, number, starts[number], size)
            opened = starts[number] - TO_OPENING
            timetable.publish(course, cast, opened - timedelta(days=2))
            rules = _rules(size.seats_of(number), size.nominations_of(number))
            costs = facts.COSTS_PART_2
            closed = starts[number] - TO_CLOSING
            if number == size.courses - 1:
                opened, closed = now - timedelta(days=5), now + timedelta(days=15)
            made.append(open_call(course, cast, rules, costs, opened, closed))
    return made[: size.held], made[size.held], made[size.held + 1]


def _rules(seats: int, nominations: int) -> dict[str, object]:
    """Return rules that tell few people apart: forty fair lotteries would take hours."""
    return {
        **facts.RULES_PART_2,
        "seats": seats,
        "reserve": max(1, nominations // 10),
        "most": seats,
        "priorities": [
            {"kind": "prefer", "who": {"experience": ["little"]}},
            {"kind": "balance", "attribute": "gender"},
        ],
    }


def _programme(number: int, starts: Sequence[datetime]) -> Programme:
    name = (
        f"Academy of fictional cities, edition {number}",
        f"Akademia miast fikcyjnych, edycja {number}",
    )
    programme = Programme.objects.create(
        slug=f"edition-{number}",
        name=text(name),
        short_name=text(
            (f"Edition {number} (fictional)", f"Edycja {number} (fikcyjna)")
        ),
        summary=text(("Made up for measuring.", "Wymyślone na potrzeby pomiarów.")),
        starts_on=(starts[0] - TO_OPENING - timedelta(days=10)).date(),
        ends_on=(starts[-1] + timedelta(days=60)).date(),
        languages=["pl", "en"],
        time_zone=ZONE.key,
        source=facts.ILLUSTRATIVE,
        is_published=True,
    )
    bodies = {row.slug: row for row in Organisation.objects.exclude(kind="city")}
    Partnership.objects.bulk_create(
        Partnership(
            programme=programme, organisation=bodies[slug], role=role, order=order
        )
        for order, (role, slug) in enumerate(PARTS)
    )
    return programme


def _course(programme: Programme, number: int, starts: datetime, size: Size) -> Course:
    starts_on = tuesday(starts)
    place = f"Próbnik {number + 1:03d}"
    course = Course.objects.create(
        programme=programme,
        slug=f"large-{number + 1:02d}",
        part=number % size.courses_of_a_programme + 1,
        title=text(
            (f"Course {number + 1} (fictional)", f"Szkolenie {number + 1} (fikcyjne)")
        ),
        summary=text(("Made up for measuring.", "Wymyślone na potrzeby pomiarów.")),
        languages=["pl"],
        capacity=size.seats_of(number),
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=1),
        place=text((place, place)),
        is_illustrative=True,
        is_published=True,
        source=facts.ILLUSTRATIVE,
    )
    Topic.objects.bulk_create(
        Topic(course=course, order=order, text=text(topic))
        for order, topic in enumerate(TOPICS, 1)
    )
    sessions = Session.objects.bulk_create(
        Session(
            course=course,
            title=text(TOPICS[half % len(TOPICS)]),
            starts_at=datetime.combine(
                starts_on + timedelta(days=half // 2), begin, ZONE
            ),
            ends_at=datetime.combine(starts_on + timedelta(days=half // 2), end, ZONE),
            room="sala A",
        )
        for half, (begin, end) in enumerate((*HALF_DAYS, *HALF_DAYS))
    )
    trainer = User.objects.filter(grants__role=Role.TRAINER).order_by("pk")[0].person
    SessionTrainer.objects.bulk_create(
        SessionTrainer(session=session, person=trainer)
        for session in sessions
        if not _is_busy(trainer, session)
    )
    return course


def _is_busy(trainer: Person | None, session: Session) -> bool:
    """Test if she leads another course at that moment: nobody is in two places."""
    return SessionTrainer.objects.filter(
        person=trainer, during__overlap=(session.starts_at, session.ends_at)
    ).exists()
