"""Asking after 3, 6 and 12 months: who is written to when, and what an answer does."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from mosty.audit.actors import SYSTEM
from mosty.kernel.files import CannotTake
from mosty.outbox.models import Link, Message
from mosty.plans import tasks, times
from mosty.plans.actions import replying, signing, tending
from mosty.plans.actions.replying import CannotReply, Said, Sent
from mosty.plans.models import Action, CheckIn, Evidence, HelpNote, Report
from mosty.plans.queries.check_ins import Standing, missed, standing
from tests.plans.conftest import sign

pytestmark = pytest.mark.django_db


def day(check_in, days, now):
    """Return a moment so many days from the check-in's day."""
    return now + (check_in.due_on - now.date()) + timedelta(days=days)


def written():
    return list(Message.objects.order_by("pk").values_list("kind", "to_name", "state"))


def test_the_group_is_asked_reminded_and_then_the_contact(plan, city, now):
    sign(plan, city, now)
    first = plan.check_ins.get(months=3)
    told = []
    for days in (-4, -3, 0, 13, 14, 15, 27, 28, 40, 43):
        count = tending.tend(actor=SYSTEM, now=day(first, days, now))
        told.append(count)
        assert tending.tend(actor=SYSTEM, now=day(first, days, now)) == 0
    assert told == [0, 2, 0, 0, 2, 0, 0, 1, 0, 0]
    assert written() == [
        ("plans.check_in", "Anna Żak", "draft"),
        ("plans.check_in", "Łucja Żak", "draft"),
        ("plans.reminder", "Anna Żak", "draft"),
        ("plans.reminder", "Łucja Żak", "draft"),
        ("plans.escalation", "Celina Cisek", "draft"),
    ]
    message = Message.objects.first()
    assert message.scope == "plans:academy"
    assert message.link.purpose == Link.Purpose.PLAN
    assert "Żak" not in message.key
    assert "@" not in message.key


def test_the_worker_tends(plan, city, now):
    sign(plan, city, now - timedelta(days=92))
    tasks.tend_check_ins(timestamp=0)
    assert [kind for kind, _name, _state in written()] == ["plans.check_in"] * 2


def test_only_the_installation_tends(plan, city, now):
    with pytest.raises(PermissionDenied):
        tending.tend(actor=city, now=now)


def test_without_an_account_the_contact_is_whom_calls_went_to(plan, city, now):
    sign(plan, city, now)
    city.grants.update(until=now.date() - timedelta(days=1))
    first = plan.check_ins.get(months=3)
    tending.tend(actor=SYSTEM, now=day(first, 30, now))
    assert [name for _kind, name, _state in written()] == ["Office of krakow"]


def test_an_answer_sets_the_actions_and_takes_drafts_back(signed, answered, city, now):
    tending.tend(actor=SYSTEM, now=day(signed.check_ins.get(months=6), 0, now))
    check_in = answered(6)
    assert check_in.answered_at == now
    assert set(Action.objects.filter(plan=signed).values_list("status", "percent")) == {
        ("going-on", 40)
    }
    assert {state for _kind, _name, state in written()} == {"withdrawn"}


def test_an_answer_is_final_and_a_correction_is_the_next(signed, answered, now):
    check_in = answered(3)
    again = answered(3, at=now + timedelta(minutes=1), status="done", percent=None)
    assert again.answered_at == check_in.answered_at == now
    assert list(check_in.replies.values_list("number", "reason")) == [
        (2, "We counted again"),
        (1, ""),
    ]
    assert Report.objects.filter(reply__number=1).first().percent == 40
    assert set(Action.objects.values_list("status", "percent")) == {("done", 100)}


def test_a_late_correction_of_an_early_check_in_undoes_nothing(signed, answered, now):
    answered(3, at=now - timedelta(days=5), percent=10)
    answered(6, at=now - timedelta(days=2), percent=60)
    answered(3, at=now, percent=20)
    assert set(Action.objects.values_list("percent", flat=True)) == {60}


def said(plan, **given):
    return [
        Said(action=pk, **{"status": "stopped", "percent": 5, **given})
        for pk in Action.objects.filter(plan=plan).values_list("pk", flat=True)
    ]


def send(check_in, actor, now, seen=0, reason="", **given):
    return replying.send(
        check_in=check_in, said=said(check_in.plan, **given), seen=seen,
        reason=reason, actor=actor, now=now,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("who", "may"),
    (
        ("city", True), ("other_city", False), ("coordinator", False), ("anna", False),
        ("stranger", False),
    ),
)  # fmt: skip
def test_who_answers(signed, request, now, who, may):
    check_in = signed.check_ins.get(months=3)
    actor = request.getfixturevalue(who)
    if may:
        assert send(check_in, actor, now).number == 1
    else:
        with pytest.raises(PermissionDenied):
            send(check_in, actor, now)


def test_a_link_answers_its_own_check_in_alone(signed, now):
    three, six = signed.check_ins.filter(months__in=(3, 6)).order_by("months")
    link = tending.link_of(three, now)
    assert send(three, link, now).sent_by == f"plan link {three.code}"
    with pytest.raises(PermissionDenied):
        send(six, link, now)


@pytest.mark.parametrize(
    ("given", "field"),
    (
        ({"status": "asleep"}, "status"),
        ({"status": "going-on", "percent": None}, "percent"),
        ({"evidence_url": "javascript:alert(1)"}, "evidence_url"),
        ({"evidence_url": f"https://example.org/{'a' * 981}"}, "evidence_url"),
        ({"help_kind": "ask", "help_text": " "}, "help_text"),
    ),
)
def test_what_is_wrong_is_said_beside_its_action(signed, city, now, given, field):
    first = Action.objects.filter(plan=signed).order_by("pk").first()
    with pytest.raises(CannotReply) as caught:
        send(signed.check_ins.get(months=3), city, now, **given)
    assert list(caught.value.fields) == [f"a{first.pk}-{field}"]


def test_time_and_state_are_held(signed, city, now):
    twelve, three = signed.check_ins.get(months=12), signed.check_ins.get(months=3)
    with pytest.raises(CannotReply, match="not come yet"):
        send(twelve, city, now)
    send(three, city, now)
    with pytest.raises(CannotReply, match="meanwhile"):
        send(three, city, now)
    with pytest.raises(CannotReply, match="why you correct"):
        send(three, city, now, seen=1)
    signing.close(plan=signed, note="Over", actor=city, now=now)
    with pytest.raises(CannotReply, match="closed"):
        send(three, city, now, seen=1, reason="x")


def test_evidence_of_the_wrong_kind_is_refused_and_nothing_is_kept(signed, city, now):
    with pytest.raises(CannotTake) as caught:
        send(
            signed.check_ins.get(months=3), city, now,
            file=Sent(b"MZ\x90\x00 program", "report.pdf"),
        )  # fmt: skip
    assert next(iter(caught.value.fields)).endswith("-file")
    assert "program" in str(caught.value)
    assert (Report.objects.count(), Evidence.objects.count()) == (0, 0)


def test_evidence_is_carried_on_by_a_correction_that_keeps_it(signed, city, now):
    three = signed.check_ins.get(months=3)
    send(three, city, now, file=Sent(b"Report, in short.", "Notes <1>.txt"))
    files = list(Evidence.objects.order_by("pk"))
    assert [one.name for one in files] == ["Notes -1.txt"] * 2
    kept = frozenset({files[0].pk})
    send(three, city, now + timedelta(hours=1), seen=1, reason="More", kept_files=kept)
    of_second = Evidence.objects.filter(report__reply__number=2)
    assert [one.file.name for one in of_second] == [files[0].file.name]


def test_help_comes_onto_the_board_once(signed, city, now):
    three, six = signed.check_ins.filter(months__in=(3, 6)).order_by("months")
    help_given = {"help_kind": "ask", "help_text": "Who has a guide in Ukrainian?"}
    send(three, city, now, **help_given)
    send(six, city, now, **help_given)
    assert HelpNote.objects.count() == 2
    send(six, city, now, seen=1, reason="x", help_kind="ask", help_text="Found one")
    assert (
        list(HelpNote.objects.filter(ended_at=None).values_list("text", flat=True))
        == ["Found one"] * 2
    )


@pytest.mark.parametrize(
    ("days", "answered_after", "closed_after", "expected"),
    (
        (-1, None, None, Standing.PLANNED),
        (0, None, None, Standing.AWAITED),
        (41, None, None, Standing.AWAITED),
        (42, None, None, Standing.MISSED),
        (60, 10, None, Standing.ANSWERED),
        (60, 42, None, Standing.LATE),
        (60, None, -5, Standing.DROPPED),
        (60, None, 41, Standing.DROPPED),
        (60, None, 42, Standing.MISSED),
    ),
)
def test_where_a_check_in_stands(now, days, answered_after, closed_after, expected):
    due = now.date()

    def at(after):
        return None if after is None else now + timedelta(days=after)

    found = standing(
        due, at(answered_after), at(closed_after), due + timedelta(days=days)
    )
    assert found == expected


def test_no_answer_is_counted(signed, now):
    three = signed.check_ins.get(months=3)
    last = times.missed_on(three.due_on)
    counts = [
        missed(last + timedelta(days=days)).filter(plan=signed).count()
        for days in (-1, 0)
    ]
    assert counts == [0, 1]
    assert CheckIn.objects.filter(answered_at=None).count() == 3
