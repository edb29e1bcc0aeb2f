"""What the database refuses, whatever program writes it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from mosty.plans.models import (
    Action,
    CheckIn,
    Edit,
    Objective,
    Plan,
    PlanVersion,
    Reply,
    Report,
)
from tests.factories import make_course, make_organisation, make_programme

pytestmark = pytest.mark.django_db


def refused(act):
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        act()
    return str(caught.value).partition("\n")[0]


def test_a_plan_is_a_city_s_and_of_its_course_s_programme(plan, now):
    union = make_organisation("Union of cities", kind="union", slug="union-2")
    fresh = {
        "programme": plan.programme,
        "title": "x",
        "language": "pl",
        "made_at": now,
    }
    assert "a plan is a city's" in refused(
        lambda: Plan.objects.create(owner=union, **fresh)
    )
    other = make_course(make_programme("other"), "other")
    assert "of its programme" in refused(
        lambda: Plan.objects.create(owner=plan.owner, course=other, **fresh)
    )
    assert "plan_one_a_city_and_course" in refused(
        lambda: Plan.objects.create(owner=plan.owner, course=plan.course, **fresh)
    )
    assert "begins as a draft" in refused(
        lambda: Plan.objects.create(
            owner=plan.owner, state="signed", signed_version=1,
            first_signed_at=now, **fresh,
        )
    )  # fmt: skip


def test_what_was_signed_off_stands(signed, now):
    rows = Plan.objects.filter(pk=signed.pk)
    lines = Action.objects.filter(plan=signed)
    objective = Objective.objects.get(plan=signed)
    told = [
        refused(lambda: rows.update(title="Another")),
        refused(lambda: rows.update(first_signed_at=now)),
        refused(lambda: rows.update(signed_version=2)),
        refused(lambda: rows.update(state="closed", closed_at=now, signed_version=0)),
        refused(lambda: lines.update(what="Another")),
        refused(lambda: lines.update(ends_on=None)),
        refused(lambda: lines[0].delete()),
        refused(lambda: Objective.objects.filter(plan=signed).update(text="Another")),
        refused(
            lambda: Action.objects.create(
                plan=signed, objective=objective, order=9, what="New"
            )
        ),
        refused(lambda: PlanVersion.objects.update(signed_by="Nobody")),
        refused(lambda: Edit.objects.update(version=9)),
        refused(lambda: CheckIn.objects.update(months=6)),
    ]
    assert told == [
        "only a draft changes",
        "when a plan was first signed off never changes",
        "a version is made by signing off",
        "a version is made by signing off",
        "only a draft changes",
        "only a draft changes",
        "only a draft changes",
        "only a draft changes",
        "only a draft changes",
        "this is never changed",
        "this is never changed",
        "what was asked when never changes",
    ]


def test_states_go_one_way(signed, now):
    rows = Plan.objects.filter(pk=signed.pk)
    rows.update(state="draft")
    sentence = "a plan goes from draft to signed off to closed"
    assert refused(lambda: rows.update(state="closed", closed_at=now)) == sentence
    assert "kept as a version" in refused(
        lambda: rows.update(state="signed", signed_version=2)
    )


def test_a_line_is_never_shown_more_widely_than_its_plan(plan):
    line = Action.objects.filter(plan=plan).first()
    sentence = "no line is shown more widely than its plan"
    rows = Action.objects.filter(pk=line.pk)
    assert refused(lambda: rows.update(visibility=2)) == sentence
    assert refused(lambda: Plan.objects.update(visibility=0)) == sentence
    Action.objects.update(visibility=0)
    Plan.objects.update(visibility=0)
    assert "plan_of_a_course_is_shown_to_it" in refused(
        lambda: Plan.objects.create(
            programme=plan.programme, owner=plan.owner, title="x", language="pl",
            visibility=1, made_at=plan.made_at,
        )
    )  # fmt: skip


def test_a_state_has_a_report_behind_it(signed, answered, now):
    line = Action.objects.filter(plan=signed).first()
    rows = Action.objects.filter(pk=line.pk)
    sentence = "the state of an action is what was reported"
    assert refused(lambda: rows.update(status="done", percent=100)) == sentence
    answered()
    assert refused(lambda: rows.update(percent=41)) == sentence
    assert rows.values_list("status", "percent", "reported_at").get() == (
        "going-on",
        40,
        now,
    )
    assert refused(lambda: Report.objects.update(percent=50)) == "this is never changed"
    assert refused(lambda: Reply.objects.all().delete()) != ""
    assert "report_status_fits_percent" in refused(
        lambda: Report.objects.create(
            action=line, said_at=now + timedelta(days=1), said_by="x",
            status="done", percent=3,
        )
    )  # fmt: skip


def test_a_check_in_is_answered_by_a_reply_alone(signed, now):
    asked = CheckIn.objects.filter(plan=signed, months=3)
    assert refused(lambda: asked.update(answered_at=now)) == (
        "a check-in is answered by a reply"
    )
    assert (
        refused(
            lambda: Reply.objects.create(
                check_in=asked.get(), number=2, sent_at=now, sent_by="x", reason="why"
            )
        )
        == "replies are counted from one"
    )
    Reply.objects.create(check_in=asked.get(), number=1, sent_at=now, sent_by="x")
    assert asked.get().answered_at == now
