"""What held courses leave: marks, certificates, and what people thought."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from mosty.demo.cast import Cast, Say
from mosty.demo.delivery import certificates
from mosty.demo.delivery.feedback import REACTION
from mosty.demo.load import text
from mosty.evaluation.actions import questionnaires, surveys
from mosty.evaluation.models import Answer, Questionnaire, Said, Survey
from mosty.evaluation.questions import parse
from mosty.kernel.rows import batches
from mosty.nominations.models import Call
from mosty.programmes.models import Course, Session
from mosty.selection.models import Offer
from mosty.training import serials
from mosty.training.actions import designs
from mosty.training.models import Certificate, Mark
from mosty.training.models.attendance import Attended, Way
from mosty.training.queries import contents
from mosty.training.queries.due import due

KINDS = (Attended.PRESENT, Attended.LATE, Attended.EXCUSED, Attended.ABSENT)
OFTEN = (93, 4, 1, 2)
BATCH = 1000
# Of ten who attended so many answer.
ANSWER = 7


def marks(
    offers: Sequence[Offer],
    sessions: Sequence[Session],
    draw: random.Random,
    often: Sequence[int] = OFTEN,
) -> None:
    """Mark everybody at every session, when it begins; ``often`` weighs ``KINDS``."""
    rows = []
    for session in sessions:
        for offer in offers:
            kind = draw.choices(KINDS, often)[0]
            rows.append(
                Mark(
                    session=session,
                    offer=offer,
                    kind=kind,
                    minutes=draw.randrange(11, 60) if kind == Attended.LATE else None,
                    way=Way.ROSTER,
                    noted_at=session.starts_at,
                    marked_at=session.starts_at,
                    marked_by="Trainer (fictional)",
                    marker_key="user:0",
                )
            )
    Mark.objects.bulk_create(rows, batch_size=BATCH)


def fill(calls: Sequence[Call], cast: Cast, now: datetime, say: Say) -> None:
    """Let every course that is over be attended, certified and thought about."""
    draw = random.Random(len(calls))  # noqa: S311 - invents marks, decides nothing
    asked: dict[int, Questionnaire] = {}
    for call in calls:
        course = call.course
        offers = list(Offer.objects.filter(seat__call=call, state=Offer.State.ACCEPTED))
        marks(offers, list(course.sessions.all()), draw)
        after = min(now, course.sessions.latest("ends_at").ends_at + timedelta(days=2))
        _certify(course, cast, after)
        if course.programme_id not in asked:
            asked[course.programme_id] = questionnaires.create(
                programme=course.programme,
                name="Opinia (fikcyjna)",
                content=parse(REACTION),
                actor=cast.coordinator,
                now=after,
            )
        _ask(course, asked[course.programme_id], len(offers), cast, after, draw)
    say(
        f"Large: {Mark.objects.count()} marks, {Certificate.objects.count()} certificates, "
        f"{Answer.objects.count()} answers to surveys."
    )


def _certify(course: Course, cast: Cast, now: datetime) -> None:
    """Write certificates as they would be issued; nobody is written to."""
    design = designs.set_design(
        course=course,
        languages=["pl", "en"],
        outcomes=text(certificates.OUTCOMES),
        signatories=[
            designs.Signs(name, text(function), text((body, body)))
            for name, function, body in certificates.SIGNATORIES
        ],
        actor=cast.coordinator,
        now=now,
    )
    waiting = due(course, now)
    frame = contents.frame(design)
    rows = []
    for offer in Offer.objects.filter(pk__in=waiting).select_related("nomination"):
        standing = waiting[offer.pk]
        content = frame.content(
            offer.nomination, minutes=standing.attended, of=standing.total
        )
        rows.append(
            Certificate(
                offer=offer,
                serial=serials.new_serial(now.year),
                content=content,
                digest=contents.digest(content),
                issued_at=now,
                issued_by=cast.coordinator.ledger_label,
            )
        )
    with transaction.atomic():
        for some in batches(rows):
            Certificate.objects.bulk_create(some)


def _ask(
    course: Course,
    questionnaire: Questionnaire,
    people: int,
    cast: Cast,
    now: datetime,
    draw: random.Random,
) -> None:
    """Ask everybody for an opinion, keep what so many say, and close."""
    survey = surveys.make(
        course=course,
        plan=surveys.Plan(
            questionnaire, Survey.Kind.REACTION, now, now + timedelta(days=7)
        ),
        actor=cast.coordinator,
        now=now - timedelta(hours=1),
    )
    number = people * ANSWER // 10
    Answer.objects.bulk_create(
        Answer(
            survey=survey,
            content={
                "useful": draw.choice((3, 4, 4, 5, 5, 5)),
                "clear": draw.choice((2, 3, 4, 4, 5)),
                "pace": draw.choice(("right", "right", "right", "fast", "slow")),
                "most": draw.sample(("examples", "groups", "talks"), 2),
            },
        )
        for _n in range(number)
    )
    Said.objects.bulk_create(
        Said(
            survey=survey,
            question="better",
            text=f"Więcej czasu na rozmowy w grupach ({place}, przykład).",
        )
        for place in range(number // 8)
    )
    surveys.close(survey=survey, actor=cast.coordinator, now=now + timedelta(days=7))
