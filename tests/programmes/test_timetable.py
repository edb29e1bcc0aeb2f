"""What becomes of sessions from version to version."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from mosty.programmes.changes import sentence
from mosty.programmes.languages import Text
from mosty.programmes.timetable import Change, Entry, Timetable, compare, follow, read

ZONE = ZoneInfo("Europe/Warsaw")
AT = datetime(2027, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
A = Entry(
    uid="a",
    title=Text({"en": "Group work", "pl": "Praca w grupach"}),
    starts_at=datetime(2027, 5, 12, 7, tzinfo=UTC),
    ends_at=datetime(2027, 5, 12, 9, tzinfo=UTC),
    room="A",
    trainers=("T1",),
)
B = replace(A, uid="b", title=Text("Opening"), starts_at=A.starts_at - HOUR)


def test_a_session_that_did_not_change_keeps_its_sequence():
    first = follow(Timetable(), [A, B], AT)
    second = follow(first, [replace(A, room="B"), B], AT + HOUR)
    assert [(one.uid, one.sequence, one.changed_at) for one in second.sessions] == [
        ("b", 0, AT),
        ("a", 1, AT + HOUR),
    ]


def test_what_is_gone_stays_gone_with_a_higher_sequence():
    first = follow(Timetable(), [A, B], AT)
    second = follow(first, [B], AT + HOUR)
    third = follow(second, [B], AT + 2 * HOUR)
    assert [(one.uid, one.sequence, one.changed_at) for one in third.gone] == [
        ("a", 1, AT + HOUR)
    ]


def test_what_comes_back_is_no_longer_gone():
    first = follow(Timetable(), [A], AT)
    third = follow(follow(first, [], AT + HOUR), [A], AT + 2 * HOUR)
    assert third.gone == ()
    assert [(one.sequence, one.changed_at) for one in third.sessions] == [
        (2, AT + 2 * HOUR)
    ]


def test_who_led_it_once_is_kept_until_she_leads_it_again():
    first = follow(Timetable(), [A], AT)
    second = follow(first, [replace(A, trainers=("T2",))], AT)
    third = follow(second, [A], AT)
    assert second.sessions[0].past_trainers == ("T1",)
    assert third.sessions[0].past_trainers == ("T2",)


def test_a_version_is_read_as_it_was_written():
    table = follow(follow(Timetable(), [A, B], AT), [A], AT)
    assert read(table.content()).content() == table.content()


def test_the_same_moment_in_another_zone_is_no_change():
    moved = replace(A, starts_at=A.starts_at.astimezone(ZONE))
    assert compare([A], [moved]) == []


def words(before, after, names=None):
    return sentence(Change(before, after), ZONE, names=names)


def test_changes_in_words():
    later = {"starts_at": A.starts_at + HOUR, "ends_at": A.ends_at + HOUR}
    assert words(A, replace(A, room="B", **later)) == (
        "Group work: moved from 9:00 to 10:00; room: A → B"
    )
    day = timedelta(days=1)
    assert words(
        A, replace(A, starts_at=A.starts_at + day, ends_at=A.ends_at + day)
    ) == ("Group work: moved from 12 May 2027, 9:00–11:00 to 13 May 2027, 9:00–11:00")
    assert words(A, replace(A, ends_at=A.ends_at + HOUR)) == (
        "Group work: ends at 12:00 instead of 11:00"
    )
    assert words(A, replace(A, starts_at=A.starts_at - HOUR)) == (
        "Group work: moved from 12 May 2027, 9:00–11:00 to 8:00–11:00"
    )
    assert words(None, A) == "Group work: new, 12 May 2027, 9:00–11:00"
    assert words(A, None) == "Group work: cancelled, was 12 May 2027, 9:00–11:00"
    assert words(A, replace(A, room="", title=Text("Groups"))) == (
        "Groups: was called “Group work”; room: A → –"
    )


def test_trainers_are_named_only_where_names_are_given():
    other = replace(A, trainers=("T2",), online="https://example.org/x")
    assert words(A, other) == (
        "Group work: another link for joining online; other trainers"
    )
    assert words(A, other, {"T1": "Ewa Nowak", "T2": "Jan Lis"}) == (
        "Group work: another link for joining online; led by: Ewa Nowak → Jan Lis"
    )
