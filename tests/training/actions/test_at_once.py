"""Checking in by one statement writes what the many steps write, or nothing."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from mosty.audit.models import Entry
from mosty.inbox.models import Receipt
from mosty.nominations.models import Call
from mosty.selection.models import Offer
from mosty.training.actions import at_once, attendance
from mosty.training.actions.attendance import Participant, Wanted
from mosty.training.models import Mark

KEY = uuid4()


@pytest.fixture
def given(begun, people, now):
    offer = people["Anna"]
    return {
        "session": begun,
        "wanted": Wanted(offer.code, "late", 12),
        "device": b"phone",
        "key": KEY,
        "actor": Participant(offer),
        "now": now,
        "noted_at": now - timedelta(seconds=20),
    }


def written():
    """Return all rows that a check-in writes, without their numbers."""
    rows = [model.objects.values() for model in (Mark, Entry, Receipt)]
    return [
        [{name: row[name] for name in row if name != "id"} for row in found]
        for found in rows
    ]


@pytest.mark.parametrize(
    "wanted", (("present", None), ("late", 12)), ids=("present", "late")
)
def test_it_writes_what_the_steps_write(given, wanted):
    given["wanted"] = Wanted(given["wanted"].code, *wanted)
    before = transaction.savepoint()
    answer = attendance.check_in(**given)
    steps = written()
    transaction.savepoint_rollback(before)
    assert at_once.check_in(**given) is True
    assert written() == steps
    assert [len(rows) for rows in steps] == [1, 1, 1]
    assert Receipt.objects.get().answer == answer


def taken(given):
    Receipt.objects.create(
        key=KEY,
        sender_key="link:course:X",
        kind="x",
        answer={},
        received_at=given["now"],
    )


def withdrawn(given):
    Offer.objects.filter(code=given["wanted"].code).update(state="withdrawn")


def cancelled(given):
    Call.objects.update(state="cancelled")


def elsewhere(given):
    # Not by its attribute: that would forget the course itself.
    given["session"].__dict__["course_id"] += 1


def marked(given):
    given["key"] = uuid4()
    assert at_once.check_in(**given)
    given["key"], given["device"] = KEY, b"another"


def used(given):
    other = (
        Offer.objects.filter(state="accepted")
        .exclude(code=given["wanted"].code)
        .first()
    )
    more = {"key": uuid4(), "actor": Participant(other)}
    assert at_once.check_in(
        **{**given, **more, "wanted": Wanted(other.code, "present")}
    )


@pytest.mark.parametrize(
    "meanwhile", (taken, withdrawn, cancelled, elsewhere, marked, used)
)
def test_it_leaves_alone_what_is_not_ordinary(given, meanwhile):
    meanwhile(given)
    before = written()
    assert at_once.check_in(**given) is False
    assert written() == before


def test_nobody_marks_another(given, people):
    given["actor"] = Participant(people["Łucja"])
    with pytest.raises(PermissionDenied):
        at_once.check_in(**given)
    assert written() == [[], [], []]
