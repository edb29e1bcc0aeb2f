"""What the database refuses of attendance marks, whatever program asks."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from mosty.nominations.models import Call
from mosty.programmes.models import Course, Session
from mosty.selection.models import Offer
from mosty.training.models import Mark, MarkChange

pytestmark = pytest.mark.django_db


@pytest.fixture
def make(timetable: Course) -> Callable[..., Mark]:
    """Return what stores a mark of the first participant at the first session."""
    session = timetable.sessions.earliest("starts_at")
    offer = Offer.objects.filter(state="accepted").earliest("pk")

    def made(**changed: Any) -> Mark:
        values = {
            "session": session,
            "offer": offer,
            "kind": "present",
            "way": "roster",
            "noted_at": session.starts_at,
            "marked_at": session.starts_at,
            "marked_by": "Teresa",
            "marker_key": "user:1",
        } | changed
        with transaction.atomic():
            return Mark.objects.create(**values)

    return made


def keep(mark: Mark, **changed: Any) -> None:
    """Store what the mark was, as a correction does."""
    values = {
        "mark": mark,
        "version": mark.version,
        "kind": mark.kind,
        "minutes": mark.minutes,
        "way": mark.way,
        "noted_at": mark.noted_at,
        "marked_at": mark.marked_at,
        "marked_by": mark.marked_by,
        "marker_key": mark.marker_key,
        "changed_at": mark.marked_at + timedelta(hours=1),
        "changed_by": "Teresa",
        "reason": "The wrong line",
    } | changed
    MarkChange.objects.create(**values)


def test_one_mark_for_a_person_and_session(make: Callable[..., Mark]) -> None:
    make()
    with pytest.raises(IntegrityError, match="mark_once"):
        make(kind="absent")


@pytest.mark.parametrize(
    ("kind", "minutes"), (("late", None), ("late", 0), ("present", 5))
)
def test_only_who_is_late_has_minutes(
    make: Callable[..., Mark], kind: str, minutes: int | None
) -> None:
    with pytest.raises(IntegrityError, match="mark_late_says_how_much"):
        make(kind=kind, minutes=minutes)


def test_one_phone_checks_one_person_in(make: Callable[..., Mark]) -> None:
    make(device=b"phone")
    other = Offer.objects.filter(state="accepted").latest("pk")
    with pytest.raises(IntegrityError, match="mark_one_per_device"):
        make(offer=other, device=b"phone")


def test_no_mark_is_made_before_its_session(make: Callable[..., Mark]) -> None:
    starts = Session.objects.earliest("starts_at").starts_at
    with pytest.raises(IntegrityError, match="before its session"):
        make(noted_at=starts - timedelta(minutes=31))
    make(noted_at=starts - timedelta(minutes=30))


def test_no_mark_is_noted_after_it_was_sent(make: Callable[..., Mark]) -> None:
    starts = Session.objects.earliest("starts_at").starts_at
    with pytest.raises(IntegrityError, match="mark_noted_before_sent"):
        make(noted_at=starts + timedelta(minutes=1))


def test_no_mark_is_of_another_course(
    make: Callable[..., Mark], seated: Course, call: Call
) -> None:
    other = Course.objects.create(
        programme=seated.programme, slug="other", title="Other", languages=["pl"]
    )
    first = seated.sessions.earliest("starts_at")
    elsewhere = Session.objects.create(
        course=other, title="x", starts_at=first.starts_at, ends_at=first.ends_at
    )
    with pytest.raises(IntegrityError, match="same course"):
        make(session=elsewhere)


def test_a_correction_keeps_what_was(make: Callable[..., Mark]) -> None:
    mark = make()
    keep(mark)
    Mark.objects.filter(pk=mark.pk).update(kind="absent", version=2)
    assert list(mark.changes.values_list("version", "kind")) == [(1, "present")]


@pytest.mark.parametrize("kept", (None, {"kind": "absent"}, {"marked_by": "Nobody"}))
def test_a_correction_without_what_was_is_refused(
    make: Callable[..., Mark], kept: dict[str, Any] | None
) -> None:
    mark = make()
    if kept is not None:
        keep(mark, **kept)
    with (
        pytest.raises(IntegrityError, match="old one is kept"),
        transaction.atomic(),
    ):
        Mark.objects.filter(pk=mark.pk).update(kind="absent", version=2)


def test_a_correction_needs_the_next_version_and_a_reason(
    make: Callable[..., Mark],
) -> None:
    mark = make()
    with pytest.raises(IntegrityError, match="has_reason"), transaction.atomic():
        keep(mark, reason="")
    keep(mark)
    with (
        pytest.raises(IntegrityError, match="old one is kept"),
        transaction.atomic(),
    ):
        Mark.objects.filter(pk=mark.pk).update(kind="absent")


def test_what_was_is_final(make: Callable[..., Mark]) -> None:
    mark = make()
    keep(mark)
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        MarkChange.objects.update(reason="Another")
