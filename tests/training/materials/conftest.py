"""Materials of a course, with their files in a folder of the test's own."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from mosty.accounts.models import Role, User
from mosty.nominations.models import Call
from mosty.outbox.models import Link
from mosty.programmes.models import Course, Session
from mosty.selection.models import Offer
from mosty.training.actions import materials as actions
from mosty.training.models import Material
from tests.factories import make_course, make_link, make_organisation, make_user
from tests.kernel.files import samples

Make = Callable[..., Material]


@pytest.fixture(autouse=True)
def files(settings, tmp_path: Path) -> Path:
    """Return the folder in which files are kept."""
    storage = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}
    return tmp_path


def kept_in(folder: Path) -> list[Path]:
    """Return all files in ``folder``."""
    return [path for path in folder.rglob("*") if path.is_file()]


def status(client: Client, path: str) -> int:
    """Return how ``path`` is answered; a file that comes is read, and so closed."""
    answer = client.get(path)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer.status_code


def details(**fields: object) -> actions.Details:
    """Return what is said of a handout for participants."""
    said = {
        "title": "Handout",
        "session": None,
        "is_case_study": False,
        "language": "pl",
        "licence": "cc-by-4.0",
        "licence_text": "",
        "access": "participants",
    }
    return actions.Details(**{**said, **fields})


def pdf(number: int = 0) -> bytes:
    """Return a PDF unlike those of other numbers."""
    return samples.PDF.replace(b"Catalog", f"Catalog/N {number}".encode())


@pytest.fixture
def make(coordinator: User) -> Make:
    """Return what adds a material, for the coordinator."""

    def add(
        course: Course, thing: actions.Thing | None = None, **said: object
    ) -> Material:
        number = Material.objects.count()
        return actions.add(
            course=course,
            details=details(**said),
            thing=thing or actions.Sent(pdf(number), f"handout-{number}.pdf"),
            actor=coordinator,
            now=timezone.now(),
        )

    return add


@pytest.fixture
def led(timetable: Course, trainer: User) -> Session:
    """Return the session that Tamara leads."""
    return timetable.sessions.get(trainers__person=trainer.person)


@pytest.fixture
def not_led(timetable: Course, trainer: User) -> Session:
    """Return a session that she does not lead."""
    return timetable.sessions.exclude(trainers__person=trainer.person)[0]


@pytest.fixture
def link(seated: Course, call: Call, now: datetime) -> Link:
    """Return the link of Anna, who takes part."""
    seat = Offer.objects.get(seat__call=call, seat__number=1)
    return make_link(
        seat.code, purpose=Link.Purpose.TAKE_PART, expires_at=now + timedelta(days=90)
    )


@pytest.fixture
def other_course(course: Course) -> Course:
    """Return another course of the programme."""
    return make_course(course.programme, "other", part=2)


@pytest.fixture
def other_trainer(db: None) -> User:
    """Return a trainer of no session of the course."""
    school = make_organisation("Another school", kind="training")
    return make_user("Teodor", role=Role.TRAINER, organisation=school)
