"""Checking, reminding nominees and commenting."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from mosty.audit.models import Entry
from mosty.nominations.actions import checks
from mosty.nominations.actions.letters import CONFIRM_FOR
from mosty.nominations.models import Comment, Nomination
from mosty.outbox.models import Message

NOT_GATHERING = ("partner", "city", "other_city", "trainer", "auditor", "stranger")


def test_a_check_is_noted_once_and_can_be_taken_back(own, secretariat, now):
    for passed in (True, True, False):
        found = checks.check(nomination=own, passed=passed, actor=secretariat, now=now)
        assert (found.checked_at == now) is passed

    assert list(Entry.objects.order_by("id").values_list("verb", flat=True)) == [
        "nomination.checked",
        "nomination.unchecked",
    ]


def test_a_draft_is_not_checked(draft, secretariat, now):
    with pytest.raises(checks.CannotCheck, match="Only a submitted"):
        checks.check(nomination=draft, passed=True, actor=secretariat, now=now)


@pytest.mark.parametrize("who", NOT_GATHERING)
def test_only_who_gathers_checks_and_reminds(call, own, now, request, who):
    actor = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        checks.check(nomination=own, passed=True, actor=actor, now=now)
    with pytest.raises(PermissionDenied):
        checks.check_many(call=call, codes=[own.code], actor=actor, now=now)
    with pytest.raises(PermissionDenied):
        checks.remind(call=call, codes=[own.code], actor=actor, now=now)


def test_many_are_checked_at_once_and_the_rest_passed_over(
    call, own, foreign, draft, secretariat, now
):
    codes = [own.code, foreign.code, draft.code, "NONE-XX"]
    for expected in (2, 0):
        done = checks.check_many(call=call, codes=codes, actor=secretariat, now=now)
        assert done == expected

    checked = Nomination.objects.filter(checked_at=now).values_list("code", flat=True)
    assert set(checked) == {own.code, foreign.code}
    assert Entry.objects.count() == 2


def test_nominees_of_another_call_are_not_touched(call, own, secretariat, now):
    from tests.factories import make_call, make_course

    other = make_call(
        make_course(call.course.programme, slug="other", part=2),
        slug="other",
        channel=call.channel,
    )
    assert (
        checks.check_many(call=other, codes=[own.code], actor=secretariat, now=now) == 0
    )
    assert checks.remind(call=other, codes=[own.code], actor=secretariat, now=now) == 0


def test_only_who_has_not_answered_is_reminded_and_once_a_day(
    call, own, foreign, draft, secretariat, now
):
    codes = [own.code, foreign.code, draft.code]
    days = (0, 0, 1)
    done = [
        checks.remind(
            call=call, codes=codes, actor=secretariat, now=now + timedelta(days=day)
        )
        for day in days
    ]

    assert done == [1, 0, 1]
    assert set(Message.objects.values_list("to_email", "state")) == {
        (own.email, Message.State.DRAFT)
    }
    assert Entry.objects.filter(verb="nominee.reminded").count() == 2


def test_nobody_is_reminded_when_answers_are_over(call, own, secretariat):
    at = call.closes_at + CONFIRM_FOR
    with pytest.raises(checks.CannotRemind, match="time for answers"):
        checks.remind(call=call, codes=[own.code], actor=secretariat, now=at)
    before = at - timedelta(seconds=1)
    assert (
        checks.remind(call=call, codes=[own.code], actor=secretariat, now=before) == 1
    )


def test_a_citys_note_is_read_by_both_sides(own, city, secretariat, now):
    def note(actor, *, for_city):
        return checks.comment(
            nomination=own,
            text=f"By {actor.name}",
            for_city=for_city,
            actor=actor,
            now=now,
        )

    assert note(city, for_city=False).for_city is True
    assert note(secretariat, for_city=False).for_city is False
    coordinator_note = note(secretariat, for_city=True)
    assert coordinator_note.pk == Comment.objects.get(text="By Sabina Sowa").pk


def test_the_same_note_at_once_is_one_note_and_later_another(own, city, now):
    keys = {
        checks.comment(
            nomination=own,
            text="She knows the schools.",
            for_city=True,
            actor=city,
            now=now + timedelta(minutes=minutes),
        ).pk
        for minutes in (0, 1, 60)
    }
    assert len(keys) == 2


def test_an_empty_note_is_refused(own, city, now):
    with pytest.raises(checks.CannotComment, match="is empty"):
        checks.comment(nomination=own, text=" \n", for_city=True, actor=city, now=now)


@pytest.mark.parametrize("who", ("partner", "other_city", "trainer", "stranger"))
def test_others_write_no_notes(own, now, request, who):
    actor = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        checks.comment(nomination=own, text="No.", for_city=True, actor=actor, now=now)
