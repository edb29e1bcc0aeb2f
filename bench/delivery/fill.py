"""
Fill an empty database with courses that are being delivered.

Import it after ``django.setup``. All cities and people are fictional.
"""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from bench.delivery.goals import ANSWERS, AT_ONCE, PEOPLE, PHONES, SESSIONS
from bench.ours import cast
from mosty.accounts.models import Role, User
from mosty.demo.crowd import CITIES, people
from mosty.demo.large.delivery import marks
from mosty.demo.large.seats import nominations
from mosty.demo.load import text
from mosty.directory.models import Organisation
from mosty.evaluation.actions import questionnaires, surveys
from mosty.evaluation.models import Answer, Said, Survey
from mosty.evaluation.questions import parse
from mosty.nominations.models import Call, Nomination
from mosty.programmes.models import Course, Session
from mosty.selection.models import Offer, Seat

BATCH = 1000
# One text for so many answers.
WRITES = 10
SEED = 4
# Of a hundred marks: present, late, excused, absent.
OFTEN = (85, 8, 3, 4)


@dataclass(frozen=True, slots=True)
class Phone:
    """A participant who stands before the screen, as she names herself."""

    code: str
    family_name: str


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the database, and who is signed in."""

    coordinator: str
    # The course whose attendance is marked, and one session of it.
    course: int
    session: int
    # Those that phones check in to, all on at the same time.
    open_sessions: dict[str, int]
    phones: list[Phone]
    survey: str


def fill(waves: tuple[str, ...]) -> Filled:
    """Fill the database: ``waves`` names the sessions that phones check in to."""
    cities = cast.cities()
    union = cast.body("union", "Union of Fictional Cities", Organisation.Kind.UNION)
    lead = cast.body("lead", "Fictional Co-ordinator", Organisation.Kind.INTERNATIONAL)
    coordinator = cast.user("coordinator", Role.COORDINATOR, lead)
    cast.second_factor(coordinator)
    programme = cast.programme(lead, union)
    marked = cast.call(programme, "marked", union, coordinator)
    hall = cast.call(programme, "hall", union, coordinator)
    offers = _seated(marked, cities, PEOPLE)
    sessions = _held(marked.course)
    marks(offers, sessions, random.Random(SEED), OFTEN)
    phones = _seated(hall, cities, PHONES)
    return Filled(
        coordinator=cast.session(coordinator),
        course=marked.course_id,
        session=sessions[0].pk,
        open_sessions={
            wave: _open(hall.course, place, wave).pk for place, wave in enumerate(waves)
        },
        phones=[Phone(one.code, one.nomination.family_name) for one in phones],
        survey=_survey(marked.course, coordinator).code,
    )


def _seated(call: Call, cities: list[Organisation], number: int) -> list[Offer]:
    now = timezone.now()
    rows = nominations(
        call,
        cities,
        people(number, seed=call.pk),
        number,
        now,
        answer=Nomination.Answer.CONFIRMED,
        answered_at=now,
        notice_version=call.notice_version,
    )
    seats = Seat.objects.bulk_create(
        Seat(call=call, number=CITIES * 10 + place) for place in range(number)
    )
    return Offer.objects.bulk_create(
        Offer(
            seat=seat,
            nomination=nomination,
            state=Offer.State.ACCEPTED,
            made_at=call.opens_at,
            expires_at=call.closes_at,
            answered_at=now,
            accepted_at=now,
        )
        for seat, nomination in zip(
            seats, Nomination.objects.bulk_create(rows), strict=True
        )
    )


def _held(course: Course) -> list[Session]:
    """Make the sessions of two days that are over, four a day."""
    morning = timezone.now().replace(hour=8, minute=0, second=0) - timedelta(days=3)
    return [
        _session(
            course,
            morning + timedelta(days=place // 4, hours=2 * (place % 4)),
            f"Session {place + 1}",
        )
        for place in range(SESSIONS)
    ]


def _session(course: Course, starts: datetime, title: str) -> Session:
    return Session.objects.create(
        course=course,
        title=text((title, title)),
        starts_at=starts,
        ends_at=starts + timedelta(minutes=90),
        room=f"Room {title}",
    )


def _open(course: Course, place: int, wave: str) -> Session:
    """Make a session that has begun, in a room of its own."""
    return _session(
        course, timezone.now() - timedelta(minutes=5), f"{wave} {place + 1}"
    )


QUESTIONS = {
    "title": {"pl": "Jak było?", "en": "How was it?"},
    "languages": ["pl", "en"],
    "questions": [
        *(
            {
                "key": f"scale{n}",
                "kind": "scale",
                "text": {"pl": f"Zdanie {n}", "en": f"Sentence {n}"},
                "least": 1,
                "most": 5,
            }
            for n in range(6)
        ),
        *(
            {
                "key": f"choice{n}",
                "kind": kind,
                "text": {"pl": f"Wybór {n}", "en": f"Choice {n}"},
                "options": [
                    {"key": f"o{m}", "text": {"pl": f"Opcja {m}", "en": f"Option {m}"}}
                    for m in range(5)
                ],
            }
            for n, kind in enumerate(("one", "many"))
        ),
        {
            "key": "better",
            "kind": "text",
            "text": {"pl": "Co mogłoby być lepsze?", "en": "What could be better?"},
        },
    ],
}


def _survey(course: Course, actor: User) -> Survey:
    """Make a survey with its answers, and close it."""
    now = timezone.now()
    questionnaire = questionnaires.create(
        programme=course.programme,
        name="Measured",
        content=parse(QUESTIONS),
        actor=actor,
        now=now,
    )
    survey = surveys.make(
        course=course,
        plan=surveys.Plan(
            questionnaire=questionnaire,
            kind=Survey.Kind.REACTION,
            opens_at=now - timedelta(hours=1),
            closes_at=now + timedelta(hours=1),
            expected=ANSWERS + AT_ONCE,
        ),
        actor=actor,
        now=now,
    )
    source = random.Random(SEED)
    Answer.objects.bulk_create(
        (
            Answer(
                survey=survey,
                content={
                    **{f"scale{n}": source.randrange(1, 6) for n in range(6)},
                    "choice0": f"o{source.randrange(5)}",
                    "choice1": [f"o{m}" for m in range(5) if source.random() < 0.4]
                    or ["o0"],
                },
            )
            for _place in range(ANSWERS)
        ),
        batch_size=BATCH,
    )
    Said.objects.bulk_create(
        (
            Said(
                survey=survey,
                question="better",
                text=f"Więcej czasu na rozmowy w grupach ({place}). Mniej slajdów.",
            )
            for place in range(ANSWERS // WRITES)
        ),
        batch_size=BATCH,
    )
    surveys.close(survey=survey, actor=actor, now=timezone.now())
    return survey
