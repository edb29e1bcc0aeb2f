"""One action writes marks: who may, when, what is kept, and that nothing is done twice."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from mosty.accounts.models import User
from mosty.audit.models import Entry
from mosty.inbox.actions import CannotTake
from mosty.nominations.models import Call
from mosty.programmes.models import Course, Session
from mosty.selection.models import Offer
from mosty.training.actions import attendance
from mosty.training.actions.attendance import CannotMark, Clashes, Wanted
from mosty.training.models import Mark, MarkChange
from mosty.training.models.attendance import Way
from tests.factories import make_nomination
from tests.training.conftest import take_seat

pytestmark = pytest.mark.django_db
Act = Callable[..., Any]
People = dict[str, Offer]


@pytest.fixture
def mark(begun: Session, people: People, trainer: User) -> Act:
    """Return what marks as Tamara, five minutes after the session began."""

    def marked(*wanted: Wanted, **changed: Any) -> Any:
        at = begun.starts_at + timedelta(minutes=5)
        given = {
            "session": begun,
            "way": Way.ROSTER,
            "key": uuid4(),
            "actor": trainer,
            "now": at,
        }
        return attendance.mark(wanted=wanted, **(given | changed))

    return marked


def held() -> list[tuple[str, str, int | None, int]]:
    """Return the marks there are: who, as what, how late, in which version."""
    found = Mark.objects.order_by("offer__nomination__given_name")
    return [
        (m.offer.nomination.given_name, m.kind, m.minutes, m.version) for m in found
    ]


def test_first_marks(mark: Act, people: People) -> None:
    answer = mark(
        Wanted(people["Anna"].code, "present"),
        Wanted(people["Zenon"].code, "late", minutes=12),
    )
    assert held() == [("Anna", "present", None, 1), ("Zenon", "late", 12, 1)]
    assert answer == {
        "marked": 2,
        "corrected": 0,
        "versions": {people["Anna"].code: 1, people["Zenon"].code: 1},
    }
    entries = Entry.objects.order_by("pk")
    assert [(e.verb, e.target_key, e.after["mark"]) for e in entries] == [
        ("attendance.marked", people["Anna"].code, "present"),
        ("attendance.marked", people["Zenon"].code, "late"),
    ]


@pytest.mark.parametrize(
    ("who", "may"),
    (
        ("trainer", True),
        ("coordinator", True),
        ("secretariat", True),
        ("partner", False),
        ("city", False),
        ("stranger", False),
        ("auditor", False),
        ("administrator", False),
    ),
)
def test_who_marks(
    request: pytest.FixtureRequest, mark: Act, people: People, who: str, may: bool
) -> None:
    wanted = Wanted(people["Anna"].code, "present")
    if may:
        mark(wanted, actor=request.getfixturevalue(who))
    else:
        with pytest.raises(PermissionDenied):
            mark(wanted, actor=request.getfixturevalue(who))
    assert len(held()) == int(may)


def test_a_trainer_marks_only_the_sessions_she_leads(
    mark: Act, people: People, begun: Session
) -> None:
    begun.trainers.all().delete()
    with pytest.raises(PermissionDenied):
        mark(Wanted(people["Anna"].code, "present"))


@pytest.mark.parametrize(("minutes", "count"), ((-31, 0), (-30, 1)))
def test_nobody_marks_ahead(
    mark: Act, people: People, begun: Session, minutes: int, count: int
) -> None:
    now = begun.starts_at + timedelta(minutes=minutes)
    wanted = Wanted(people["Anna"].code, "present")
    if count:
        mark(wanted, now=now)
    else:
        with pytest.raises(CannotMark, match="half an hour"):
            mark(wanted, now=now)
    assert len(held()) == count


def test_a_correction_keeps_the_old_mark_and_says_why(
    mark: Act, people: People, begun: Session
) -> None:
    code = people["Anna"].code
    mark(Wanted(code, "absent"))
    answer = mark(Wanted(code, "late", minutes=20, seen=1), reason=" She came ")
    assert held() == [("Anna", "late", 20, 2)]
    assert (answer["corrected"], answer["versions"]) == (1, {code: 2})
    change = MarkChange.objects.get()
    assert (change.kind, change.version, change.reason, change.changed_by) == (
        "absent",
        1,
        "She came",
        "Tamara Tyl",
    )
    entry = Entry.objects.get(verb="attendance.corrected")
    assert (entry.reason, entry.before, entry.after["mark"]) == (
        "She came",
        {"mark": "absent"},
        "late",
    )


def test_a_correction_needs_a_reason(mark: Act, people: People) -> None:
    code = people["Anna"].code
    mark(Wanted(code, "absent"))
    with pytest.raises(CannotMark, match="why"):
        mark(Wanted(code, "present", seen=1), reason="  ")
    assert held() == [("Anna", "absent", None, 1)]


def test_what_was_not_seen_is_not_written_over(
    mark: Act, people: People, coordinator: User
) -> None:
    """All or nothing: the first of the two is not marked either."""
    mark(Wanted(people["Zenon"].code, "absent"), actor=coordinator)
    with pytest.raises(Clashes) as refusal:
        mark(
            Wanted(people["Anna"].code, "present"),
            Wanted(people["Zenon"].code, "present"),
        )
    (clash,) = refusal.value.clashes
    assert (
        clash.offer,
        clash.mine.kind,
        clash.theirs.kind,
        clash.theirs.marked_by,
    ) == (
        people["Zenon"],
        "present",
        "absent",
        "Alice Adams",
    )
    assert held() == [("Zenon", "absent", None, 1)]


def test_the_same_mark_from_two_is_no_clash(
    mark: Act, people: People, coordinator: User
) -> None:
    wanted = Wanted(people["Anna"].code, "present")
    mark(wanted, actor=coordinator)
    assert mark(wanted)["marked"] == 0
    assert held() == [("Anna", "present", None, 1)]


def test_the_rest_leaves_alone_who_is_marked(mark: Act, people: People) -> None:
    mark(Wanted(people["Anna"].code, "absent"))
    mark(*[Wanted(o.code, "present", only_if_none=True) for o in people.values()])
    assert held() == [
        ("Anna", "absent", None, 1),
        ("Zenon", "present", None, 1),
        ("Łucja", "present", None, 1),
    ]


def test_one_key_acts_once(mark: Act, people: People) -> None:
    key, code = uuid4(), people["Anna"].code
    first = mark(Wanted(code, "present"), key=key)
    mark(Wanted(code, "absent", seen=1), reason="Left")
    assert mark(Wanted(code, "present"), key=key) == first
    assert held() == [("Anna", "absent", None, 2)]


@pytest.mark.parametrize(
    ("who", "days", "may"),
    (
        ("trainer", 6, True),
        ("trainer", 7, False),
        ("secretariat", 7, False),
        ("coordinator", 70, True),
    ),
)
def test_how_long_marks_are_corrected(
    request: pytest.FixtureRequest,
    mark: Act,
    people: People,
    begun: Session,
    who: str,
    days: int,
    may: bool,
) -> None:
    code = people["Anna"].code
    mark(Wanted(code, "present"))
    later = {
        "actor": request.getfixturevalue(who),
        "now": begun.ends_at + timedelta(days=days),
        "reason": "Seen on the sheet",
    }
    if may:
        mark(Wanted(code, "absent", seen=1), **later)
    else:
        with pytest.raises(CannotMark, match="coordinator"):
            mark(Wanted(code, "absent", seen=1), **later)
    assert Mark.objects.get().kind == ("absent" if may else "present")


@pytest.mark.parametrize(
    ("noted", "kept"), ((-600, -30), (3, 3), (600, 5)), ids=("slow", "right", "fast")
)
def test_a_wrong_clock_of_a_device_does_no_harm(
    mark: Act, people: People, begun: Session, noted: int, kept: int
) -> None:
    at = begun.starts_at + timedelta(minutes=noted)
    mark(Wanted(people["Anna"].code, "present"), noted_at=at)
    expected = begun.starts_at + timedelta(minutes=kept)
    assert Mark.objects.get().noted_at == expected


def test_only_participants_are_marked(mark: Act, seated: Course) -> None:
    other = Offer.objects.get(state="open")
    with pytest.raises(CannotMark, match="no longer takes part"):
        mark(Wanted(other.code, "present"))


def test_a_key_of_another_is_not_answered(
    mark: Act, people: People, coordinator: User
) -> None:
    key = UUID(int=5)
    mark(Wanted(people["Anna"].code, "present"), key=key)
    with pytest.raises(CannotTake):
        mark(Wanted(people["Anna"].code, "present"), key=key, actor=coordinator)


@pytest.mark.parametrize("count", (1, 40))
def test_a_whole_roster_takes_few_statements(
    mark: Act,
    call: Call,
    krakow: Any,
    people: People,
    count: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(count):
        person = make_nomination(call, krakow, "Ewa", f"N{number}")
        take_seat(call, 10 + number, person)
    codes = list(Offer.objects.filter(state="accepted").values_list("code", flat=True))
    wanted = [Wanted(code, "present") for code in codes]
    with django_assert_max_num_queries(16):
        mark(*wanted)
    changed = [Wanted(code, "absent", seen=1) for code in codes]
    with django_assert_max_num_queries(17):
        mark(*changed, reason="The wrong session")
    assert Mark.objects.filter(kind="absent", version=2).count() == len(codes)


def test_moments_are_the_programmes(mark: Act, people: People, now: datetime) -> None:
    mark(Wanted(people["Anna"].code, "present"))
    entry = Entry.objects.get()
    began = timezone.localtime(Session.objects.earliest("starts_at").starts_at)
    assert entry.after["session"] == f"{began:%Y-%m-%d %H:%M}"
