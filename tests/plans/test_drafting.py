"""Writing a plan: by the group's links and the contact, several at once."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from mosty.audit.models import Entry
from mosty.plans.actions import drafting
from mosty.plans.actions.rows import CannotWrite, Collided, Removed
from mosty.plans.models import Action, Edit, Objective, Plan
from mosty.plans.queries.topics import topics
from tests.plans.conftest import add, course_link, sign

pytestmark = pytest.mark.django_db


def begin(course, owner, actor, now):
    return drafting.begin(
        programme=course.programme, owner=owner, course=course, title="Plan",
        language="pl", actor=actor, now=now,
    )  # fmt: skip


def save(action, actor, now, seen, **values):
    return drafting.save_action(
        action=action, values={"what": action.what, **values}, visibility=None,
        seen=seen, actor=actor, now=now,
    )  # fmt: skip


def test_a_group_has_one_plan_however_often_it_is_begun(held, krakow, lodz, anna, now):
    lucja = course_link("Łucja", now)
    first = begin(held, krakow, anna, now)
    assert begin(held, krakow, lucja, now) == first
    assert Plan.objects.count() == 1
    assert (first.visibility, first.state, first.version) == (1, "draft", 1)
    with pytest.raises(PermissionDenied):
        begin(held, lodz, anna, now)


@pytest.mark.parametrize(
    ("who", "may"),
    (
        ("anna", True), ("city", True), ("zenon", False), ("other_city", False),
        ("coordinator", False), ("trainer", False), ("stranger", False),
    ),
)  # fmt: skip
def test_who_writes(plan, request, now, who, may):
    actor = request.getfixturevalue(who)
    objective = Objective.objects.get(plan=plan)
    if may:
        assert add(objective, actor, now).plan_id == plan.pk
    else:
        with pytest.raises(PermissionDenied):
            add(objective, actor, now)


def test_two_who_change_different_fields_are_merged(plan, anna, city, now):
    action = Action.objects.filter(plan=plan).first()
    seen = action.version
    first = save(action, anna, now, seen, lead="Office")
    second = save(action, city, now, seen, lead="", risk="No money")
    assert [(one.changed, one.merged) for one in (first, second)] == [
        (True, False),
        (True, True),
    ]
    action.refresh_from_db()
    assert (action.lead, action.risk, action.version) == ("Office", "No money", 3)
    assert Edit.objects.filter(kind="action", row=action.pk).count() == 3


def test_two_who_change_one_field_are_shown_both_texts(plan, anna, city, now):
    action = Action.objects.filter(plan=plan).first()
    save(action, anna, now, 1, lead="Office")
    with pytest.raises(Collided) as caught:
        save(action, city, now, 1, lead="School")
    assert [(one.field, one.theirs, one.ours) for one in caught.value.collisions] == [
        ("lead", "Office", "School")
    ]
    assert caught.value.version == 2
    save(action, city, now, 2, lead="School")
    kept = Edit.objects.filter(row=action.pk, kind="action").order_by("version")
    assert [one.content["lead"] for one in kept] == ["", "Office", "School"]


def test_saving_the_same_again_changes_nothing(plan, anna, now):
    action = Action.objects.filter(plan=plan).first()
    topic = topics(plan.programme)[0]
    given = {
        "starts_on": date(2027, 1, 1), "output": "Workshops", "topic": topic,
        "output_target": Decimal("5.0"),
    }  # fmt: skip
    assert save(action, anna, now, 1, **given).changed
    action.refresh_from_db()
    assert (action.topic_key, str(action.output_target)) == (topic.key, "5.00")
    entries = Entry.objects.count()
    assert not save(action, anna, now, 2, **given).changed
    # Of a stale version too: both did the same.
    assert not save(action, anna, now, 1, **given).changed
    assert Entry.objects.count() == entries


def test_a_line_that_was_taken_out_is_told_and_kept(plan, anna, city, now):
    first, second = Action.objects.filter(plan=plan).order_by("pk")
    drafting.remove(row=first, seen=1, actor=anna, now=now)
    drafting.remove(row=first, seen=1, actor=anna, now=now)
    with pytest.raises(Removed):
        save(first, city, now, 1, lead="Too late")
    last = Edit.objects.get(row=first.pk, is_removal=True)
    assert (last.content["what"], last.version) == ("Open a point", 2)
    with pytest.raises(CannotWrite, match="changed this meanwhile"):
        drafting.remove(row=second, seen=9, actor=anna, now=now)
    with pytest.raises(CannotWrite, match="has actions"):
        drafting.remove(
            row=Objective.objects.get(plan=plan), seen=1, actor=anna, now=now
        )


def test_lines_are_moved(plan, anna, now):
    first, second = Action.objects.filter(plan=plan).order_by("order")
    drafting.move(row=second, up=True, actor=anna, now=now)
    drafting.move(row=second, up=True, actor=anna, now=now)
    assert list(Action.objects.filter(plan=plan).order_by("order")) == [second, first]


@pytest.mark.parametrize(
    ("values", "field"),
    (
        ({"what": " "}, "what"),
        ({"starts_on": date(2028, 1, 1)}, "ends_on"),
        ({"output_target": Decimal(3)}, "output"),
    ),
)
def test_what_makes_no_sense_is_refused(plan, anna, now, values, field):
    with pytest.raises(CannotWrite) as caught:
        add(Objective.objects.get(plan=plan), anna, now, **values)
    assert list(caught.value.fields) == [field]


def test_a_signed_plan_is_not_written(plan, anna, city, now):
    sign(plan, city, now)
    with pytest.raises(CannotWrite, match="signed off"):
        add(Objective.objects.get(plan=plan), anna, now)
