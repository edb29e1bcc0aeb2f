"""How a call closes, moves its closing, and is cancelled."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied

from mosty.audit.models import Entry
from mosty.nominations.actions import calls, seeds
from mosty.nominations.actions.calls import (
    CannotEdit,
    closing_moment,
)
from mosty.nominations.actions.seeds import CannotDraw
from mosty.nominations.models import Call
from mosty.outbox.models import Link, Message
from tests.factories import (
    make_link,
    make_message,
    make_nomination,
    make_user,
)
from tests.nominations.calls.actions.given import invited, told

WARSAW = ZoneInfo("Europe/Warsaw")


def test_closing_moves_with_a_reason_and_links_live_as_long(
    call, coordinator, krakow, now
):
    invitation = invited(call, krakow, now, email="krakow@example.org")
    link = make_link(
        invitation.code, purpose=Link.Purpose.NOMINATE, expires_at=call.closes_at
    )
    later = call.closes_at + timedelta(days=5)
    moved = calls.move_closing(
        call=call, closes_at=later, reason="Holidays.", actor=coordinator, now=now
    )
    assert moved.closes_at == later
    link.refresh_from_db()
    assert link.expires_at == later
    assert told("closing_moved") == ["krakow@example.org"]
    assert "Reason: Holidays.\n" in Message.objects.get().body


def test_closing_does_not_move_without_reason_into_the_past_or_after_closing(
    call, coordinator, partner, now
):
    later = call.closes_at + timedelta(days=5)
    with pytest.raises(PermissionDenied):
        calls.move_closing(
            call=call, closes_at=later, reason="x", actor=partner, now=now
        )
    begins = datetime.combine(call.course.starts_on, time(), WARSAW)
    for closes_at, reason, at, fields in (
        (later, " ", now, ["reason"]),
        (begins, "x", now, ["closes_at"]),
        (now - timedelta(1), "x", now, ["closes_at"]),
        (call.closes_at, "x", now, []),
        (later, "x", call.closes_at, []),
    ):
        with pytest.raises(CannotEdit) as refusal:
            calls.move_closing(
                call=call,
                closes_at=closes_at,
                reason=reason,
                actor=coordinator,
                now=at,
            )
        assert list(refusal.value.fields) == fields
    assert Entry.objects.count() == 0


def test_cancelled_call_keeps_what_was_nominated_and_tells_its_cities(
    call, coordinator, krakow, lodz, now
):
    invited(call, krakow, now, email="krakow@example.org")
    make_nomination(call, lodz)
    make_user("Leon Lis", role="city", organisation=lodz)
    with pytest.raises(CannotEdit) as refusal:
        calls.cancel(call=call, reason="", actor=coordinator, now=now)
    assert list(refusal.value.fields) == ["reason"]
    calls.cancel(call=call, reason="No room.", actor=coordinator, now=now)
    assert Call.objects.get().state == Call.State.CANCELLED
    assert told("cancelled") == ["krakow@example.org", "leon.lis@example.org"]
    with pytest.raises(CannotEdit, match="already"):
        calls.cancel(call=call, reason="No room.", actor=coordinator, now=now)


def test_with_its_call_what_nobody_let_leave_is_withdrawn(call, coordinator, now):
    sent = make_message(scope=call.slug, state="sent")
    waiting = make_message(scope=call.slug)
    elsewhere = make_message(scope="elsewhere")
    calls.cancel(call=call, reason="No room.", actor=coordinator, now=now)
    states = [Message.objects.get(pk=m.pk).state for m in (sent, waiting, elsewhere)]
    assert states == ["sent", "withdrawn", "draft"]
    entry = Entry.objects.get(verb="message.withdrawn")
    assert (entry.target_key, entry.scope, entry.reason, entry.after) == (
        str(waiting.pk),
        call.slug,
        "No room.",
        {"kind": "nominations.test", "state": "withdrawn"},
    )


def test_seed_is_entered_once_and_only_after_closing(call, coordinator, partner, now):
    after = call.closes_at
    with pytest.raises(CannotDraw, match="after the call has closed"):
        seeds.enter_seed(call=call, seed="1 2 3", actor=coordinator, now=now)
    with pytest.raises(PermissionDenied):
        seeds.enter_seed(call=call, seed="1 2 3", actor=partner, now=after)
    with pytest.raises(CannotDraw) as refusal:
        seeds.enter_seed(call=call, seed=" ", actor=coordinator, now=after)
    assert list(refusal.value.fields) == ["seed"]
    call = seeds.enter_seed(call=call, seed=" 1 2 3 ", actor=coordinator, now=after)
    assert (call.seed, call.seed_entered_at) == ("1 2 3", after)
    with pytest.raises(CannotDraw, match="cannot be exchanged"):
        seeds.enter_seed(call=call, seed="4 5 6", actor=coordinator, now=after)


@pytest.mark.parametrize(
    ("day", "expected"),
    (
        # The day before, the day of, and the day after the switch to summer time.
        (date(2024, 3, 30), datetime(2024, 3, 30, 23, 0, tzinfo=UTC)),
        (date(2024, 3, 31), datetime(2024, 3, 31, 22, 0, tzinfo=UTC)),
        # And of the switch back.
        (date(2024, 10, 26), datetime(2024, 10, 26, 22, 0, tzinfo=UTC)),
        (date(2024, 10, 27), datetime(2024, 10, 27, 23, 0, tzinfo=UTC)),
        (date(2024, 5, 31), datetime(2024, 5, 31, 22, 0, tzinfo=UTC)),
        (date(2024, 12, 31), datetime(2024, 12, 31, 23, 0, tzinfo=UTC)),
    ),
)
def test_last_day_counts_whole_on_any_clock(day, expected):
    assert closing_moment(day, WARSAW) == expected
    last_second = datetime.combine(day, time(23, 59, 59), tzinfo=WARSAW)
    call = Call(
        state=Call.State.PUBLISHED,
        opens_at=datetime(2024, 1, 1, tzinfo=UTC),
        closes_at=closing_moment(day, WARSAW),
    )
    assert call.is_open(last_second.astimezone(UTC))
    assert not call.is_open(last_second.astimezone(UTC) + timedelta(seconds=1))
    assert call.is_closed(last_second.astimezone(UTC) + timedelta(seconds=1))


def test_last_minute_counts_whole():
    assert closing_moment(date(2024, 3, 31), WARSAW, time(1, 59)) == datetime(
        2024, 3, 31, 1, 0, tzinfo=UTC
    )
    assert closing_moment(date(2024, 5, 31), WARSAW, time(16, 0)) == datetime(
        2024, 5, 31, 14, 1, tzinfo=UTC
    )


@pytest.mark.parametrize("day", (date(2024, 3, 31), date(2024, 10, 27)))
def test_minute_that_clocks_skip_or_show_twice_is_no_closing_time(day):
    with pytest.raises(ValueError, match="02:30"):
        closing_moment(day, WARSAW, time(2, 30))


def test_open_until_just_before_closing_in_the_database_too(call):
    call.refresh_from_db()
    assert call.is_open(call.opens_at)
    assert not call.is_open(call.opens_at - timedelta(microseconds=1))
    assert call.is_open(call.closes_at - timedelta(microseconds=1))
    assert not call.is_open(call.closes_at)
