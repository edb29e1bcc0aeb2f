"""What the database refuses of groups, whatever program asks."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from mosty.selection.models import Offer
from mosty.training.models import GroupPlace, GroupPlan, GroupRound
from tests.factories import make_call, make_course, make_nomination
from tests.training.conftest import take_seat

pytestmark = pytest.mark.django_db


def first_round(plan):
    return GroupRound.objects.get(plan=plan, number=1)


def refused(text, act):
    with pytest.raises(IntegrityError, match=text), transaction.atomic():
        act()


def test_one_plan_is_in_use(plan):
    values = {
        "course": plan.course, "number": 2, "groups": 1, "rounds": 1, "settings": {},
        "seed": "x", "engine": "e", "aims": [], "made_at": plan.made_at, "made_by": "A",
    }  # fmt: skip
    refused("group_plan_one_in_use", lambda: GroupPlan.objects.create(**values))
    GroupPlan.objects.filter(pk=plan.pk).update(replaced_at=plan.made_at)
    assert GroupPlan.objects.create(**values).number == 2


def test_what_was_asked_never_changes(plan):
    rows = GroupPlan.objects.filter(pk=plan.pk)
    for field, value in (("groups", 5), ("rounds", 9), ("seed", "y"), ("settings", {})):
        refused("never changes", lambda f=field, v=value: rows.update(**{f: v}))
    rows.update(replaced_at=plan.made_at + timedelta(hours=1))
    refused("never changes", lambda: rows.update(replaced_at=None))
    refused("never changes", lambda: rows.update(aims=[]))


def test_a_place_is_in_a_group_there_is(plan):
    place = GroupPlace.objects.filter(round=first_round(plan))[:1].get()
    rows = GroupPlace.objects.filter(pk=place.pk)
    refused("no such group", lambda: rows.update(group=5))
    refused("group_place_from_one", lambda: rows.update(group=0))
    assert rows.update(group=4) == 1


def test_one_place_in_a_round(plan, people):
    values = {"round": first_round(plan), "offer": people["Ala"], "group": 1}
    refused("group_place_once", lambda: GroupPlace.objects.create(**values))


def test_a_place_is_of_a_participant_of_the_course(plan, programme, ump, krakow):
    other = make_call(
        make_course(programme, "other", part=None), slug="other", channel=ump
    )
    stranger = take_seat(other, 1, make_nomination(other, krakow))
    values = {"round": first_round(plan), "offer": stranger, "group": 1}
    refused("of the same course", lambda: GroupPlace.objects.create(**values))


def test_a_round_is_of_a_session_of_the_course(plan, programme):
    other = make_course(programme, "other", part=None).sessions.create(
        title="Else", starts_at="2024-06-20T09:00Z", ends_at="2024-06-20T10:00Z"
    )
    rows = GroupRound.objects.filter(plan=plan, number=1)
    refused("of the same course", lambda: rows.update(session=other))
    refused("no such round", lambda: GroupRound.objects.create(plan=plan, number=4))


def test_what_was_held_stays(plan, people, now):
    one = first_round(plan)
    GroupRound.objects.filter(pk=one.pk).update(held_at=now)
    places = GroupPlace.objects.filter(round=one)
    late = Offer.objects.get(pk=people["Ala"].pk)
    refused("held does not change", lambda: places.update(group=1))
    refused("held does not change", places.delete)
    refused("held does not change", one.delete)
    refused(
        "held does not change",
        lambda: GroupPlace.objects.create(round=one, offer=late, group=1),
    )
    rows = GroupRound.objects.filter(pk=one.pk)
    refused("stays held", lambda: rows.update(held_at=None))
    # Rounds to come can still change.
    assert GroupPlace.objects.filter(round__plan=plan, round__number=2).delete()[0] == 8
