"""Groups are mixed, changed by hand, held and mixed again; the ledger keeps the cost."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from mosty.audit.models import Entry
from mosty.engines import grouping
from mosty.training import mixing
from mosty.training.actions import groups
from mosty.training.actions import groups_changing as changing
from mosty.training.mixing import Settings
from mosty.training.models import GroupPlan
from mosty.training.queries import groups as queries
from tests.factories import make_nomination
from tests.training.conftest import take_seat
from tests.training.groups.conftest import places

pytestmark = pytest.mark.django_db


def test_everybody_sits_once_in_each_round(plan, people):
    seating = mixing.read(plan)
    task = seating.mixed.task
    assert grouping.check(seating.mixed, task.people, task.rules) == []
    assert [sorted(places(plan, n)) for n in (1, 2, 3)] == [sorted(people)] * 3
    assert [(aim["code"], aim["attribute"], aim["value"]) for aim in plan.aims][:2] == [
        ("repeated", "", 0),
        ("spread", "city", 0),
    ]


def test_making_is_noted_with_its_numbers(plan, coordinator):
    entry = Entry.objects.get(verb="groups.made")
    assert (entry.target_key, entry.scope, entry.actor_label) == (
        str(plan.pk),
        "academy",
        "Alice Adams",
    )
    numbers = {a["attribute"] or a["code"]: a["value"] for a in plan.aims}
    assert entry.after == {
        "plan": 1, "groups": 4, "rounds": 3, "people": 8, **numbers,
    }  # fmt: skip


def test_the_same_is_made_of_the_same(plan, led, wanted, coordinator, now):
    again = groups.make(
        course=led,
        wanted=wanted,
        seen=mixing.seen_of(plan),
        reason="To see",
        actor=coordinator,
        now=now,
    )
    assert [places(again, n) for n in (1, 2, 3)] == [places(plan, n) for n in (1, 2, 3)]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    (
        ({"groups": 9}, "There are more groups than people."),
        ({"seed": ""}, "Enter a text from which chance is drawn."),
        (
            {"settings": "both"},
            "Two people are to be kept both together and apart.",
        ),
        (
            {"settings": "crowd"},
            "More people are to be kept together than fit into one group.",
        ),
    ),
)
def test_what_cannot_be_is_said(
    led, people, wanted, coordinator, now, changed, sentence
):
    a, b, c = (people[name].code for name in ("Ala", "Ewa", "Iga"))
    settings = {
        "both": Settings(together=((a, b),), apart=((b, a),)),
        "crowd": Settings(together=((a, b), (b, c))),
    }
    if "settings" in changed:
        changed = {"settings": settings[changed["settings"]]}
    with pytest.raises(groups.CannotMix) as refused:
        groups.make(
            course=led,
            wanted=replace(wanted, **changed),
            seen="",
            actor=coordinator,
            now=now,
        )
    assert str(refused.value) == sentence
    assert GroupPlan.objects.count() == 0


def test_pairs_are_kept(led, people, wanted, coordinator, now):
    a, b, c = (people[name].code for name in ("Ala", "Ewa", "Iga"))
    asked = Settings(together=((a, b),), apart=((a, c),))
    plan = groups.make(
        course=led,
        wanted=replace(wanted, settings=asked),
        seen="",
        actor=coordinator,
        now=now,
    )
    for number in (1, 2, 3):
        at = places(plan, number)
        assert at["Ala"] == at["Ewa"] != at["Iga"]
    assert Settings.read(GroupPlan.objects.get().settings) == asked


def test_rounds_are_shared_out_over_sessions(led, wanted, coordinator, now):
    second = led.sessions.create(
        title="Second",
        starts_at=f"{led.starts_on}T13:00Z",
        ends_at=f"{led.starts_on}T14:00Z",
    )
    sessions = (led.sessions.earliest("starts_at"), second)
    plan = groups.make(
        course=led,
        wanted=replace(wanted, sessions=sessions),
        seen="",
        actor=coordinator,
        now=now,
    )
    rounds = mixing.read(plan).rounds
    assert [one.session for one in rounds] == [sessions[0], sessions[0], second]


def test_a_swap_costs_what_the_engine_says(plan, people, acted):
    seating = mixing.read(plan)
    at = places(plan, 2)
    other = next(name for name in at if at[name] == at["Ewa"] and name != "Ewa")
    pair = people["Ala"].code, people[other].code
    expected = grouping.swap(seating.mixed, 1, *pair)

    found = changing.swap(number=2, first=pair[0], second=pair[1], **acted(plan))

    assert (found.before, found.after) == (expected.before, expected.after)
    # Ala and Ewa are of one city and sit together now.
    assert places(plan, 2) == {**at, "Ala": at[other], other: at["Ala"]}
    kept = GroupPlan.objects.get(pk=plan.pk)
    assert (kept.version, kept.aims) == (2, mixing.aims_as_json(expected.plan))
    entry = Entry.objects.get(verb="groups.swapped")

    def numbers(aims):
        return {aim.attribute or aim.code: aim.value for aim in aims}

    assert entry.before == {
        "round": 2,
        "places": {pair[0]: at["Ala"], pair[1]: at[other]},
        **numbers(expected.before),
    }
    assert entry.after == {
        "round": 2,
        "places": {pair[0]: at[other], pair[1]: at["Ala"]},
        "rules_broken": 0,
        **numbers(expected.after),
    }
    assert entry.after["city"] == 1


def test_the_preview_says_the_same_and_changes_nothing(plan, people):
    seating = mixing.read(plan)
    at = places(plan, 2)
    other = next(name for name in at if at[name] == at["Ewa"] and name != "Ewa")
    pair = people["Ala"].code, people[other].code
    expected = grouping.swap(seating.mixed, 1, *pair)
    shown = queries.preview(seating, 2, *pair)
    assert [(cost.before, cost.after) for cost in shown.costs] == [
        (was.value, now.value)
        for was, now in zip(expected.before, expected.after, strict=True)
    ]
    assert shown.sentence == f"Ala Nowak and {other} Nowak change places."
    assert places(plan, 2) == at


def test_one_person_moves_alone(plan, people, acted):
    at = places(plan, 1)
    to = at["Ala"] % 4 + 1
    changing.move(number=1, code=people["Ala"].code, to=to, **acted(plan))
    assert places(plan, 1) == {**at, "Ala": to}
    entry = Entry.objects.get(verb="groups.moved")
    assert entry.after["places"] == {people["Ala"].code: to}


def test_two_people_at_once_do_not_overwrite_each_other(plan, people, acted):
    before = acted(plan)
    a, b = (people[name].code for name in ("Ala", "Iga"))
    at = places(plan, 1)
    if at["Ala"] == at["Iga"]:
        b = people["Jan"].code
    changing.swap(number=1, first=a, second=b, **before)
    now_at = places(plan, 1)
    with pytest.raises(changing.CannotChangeGroups, match="changed the groups"):
        changing.swap(number=1, first=a, second=b, **before)
    assert places(plan, 1) == now_at
    assert Entry.objects.filter(verb="groups.swapped").count() == 1


def test_a_held_round_is_fixed(plan, people, acted):
    changing.hold(number=1, **acted(plan))
    with pytest.raises(changing.CannotChangeGroups, match="was held"):
        changing.move(number=1, code=people["Ala"].code, to=4, **acted(plan))
    with pytest.raises(changing.CannotChangeGroups, match="one after the other"):
        changing.hold(number=3, **acted(plan))
    with pytest.raises(changing.CannotChangeGroups, match="one after the other"):
        changing.hold(number=1, **acted(plan))
    assert Entry.objects.get(verb="groups.held").after == {"round": 1, "people": 8}


def test_no_round_is_held_before_its_session(led, wanted, coordinator, now, acted):
    session = led.sessions.get()
    plan = groups.make(
        course=led,
        wanted=replace(wanted, sessions=(session,)),
        seen="",
        actor=coordinator,
        now=session.starts_at - timedelta(days=1),
    )
    early = {**acted(plan), "now": session.starts_at - timedelta(minutes=1)}
    with pytest.raises(changing.CannotChangeGroups, match="has not begun"):
        changing.hold(number=1, **early)
    changing.hold(number=1, **{**early, "now": session.starts_at})


def test_without_a_session_no_round_is_held_before_the_course(plan, acted, now):
    with pytest.raises(changing.CannotChangeGroups, match="has not begun"):
        changing.hold(number=1, **{**acted(plan), "now": now})
    changing.hold(number=1, **acted(plan))


def test_mixing_again_keeps_what_was_held(plan, people, acted, call, lodz):
    changing.hold(number=1, **acted(plan))
    first = places(plan, 1)
    second = places(plan, 2)
    late = take_seat(call, 20, make_nomination(call, lodz, "Zoe", "Nowak"))
    present = {one.code for one in people.values()} - {people["Ala"].code} | {late.code}
    expected = grouping.remix(
        mixing.read(plan).mixed,
        1,
        left=[people["Ala"].code],
        joined=[mixing.person(late)],
        steps=mixing.steps(8),
    )

    moved = changing.remix(present=present, **acted(plan))

    assert moved == expected.aim("moved")
    # Zoe takes Ala's place; nobody else moves.
    assert moved.value == 0
    assert places(plan, 1) == first
    stay = {name: group for name, group in second.items() if name != "Ala"}
    assert places(plan, 2) == {**stay, "Zoe": second["Ala"]}
    assert "Ala" not in places(plan, 3)
    entry = Entry.objects.get(verb="groups.remixed")
    assert (entry.after["left"], entry.after["joined"], entry.after["moved"]) == (
        [people["Ala"].code],
        [late.code],
        0,
    )
    with pytest.raises(changing.CannotChangeGroups, match="for these people already"):
        changing.remix(present=present, **acted(plan))


def test_who_has_no_seat_is_not_seated_again(plan, people, acted):
    type(people["Ala"]).objects.filter(pk=people["Ala"].pk).update(state="withdrawn")
    everybody = {one.code for one in people.values()}
    changing.remix(present=everybody, **acted(plan))
    assert "Ala" not in places(plan, 1)


def test_after_the_last_round_nothing_is_mixed(plan, people, acted):
    for number in (1, 2, 3):
        changing.hold(number=number, **acted(plan))
    with pytest.raises(changing.CannotChangeGroups, match="Every round"):
        changing.remix(present=[people["Ala"].code], **acted(plan))


def test_made_anew_under_a_clock_that_was_set_back(
    plan, led, wanted, coordinator, now, acted
):
    asked = {"course": led, "wanted": wanted, "actor": coordinator, "reason": "More"}
    earlier = now - timedelta(hours=1)
    groups.make(seen=acted(plan)["seen"], now=earlier, **asked)
    plan.refresh_from_db()
    assert plan.replaced_at == plan.made_at


def test_made_anew_for_a_reason_with_what_was_held(
    plan, led, wanted, coordinator, now, acted
):
    changing.hold(number=1, **acted(plan))
    seen = acted(plan)["seen"]
    asked = {"course": led, "wanted": wanted, "actor": coordinator, "now": now}
    with pytest.raises(groups.CannotMix, match="Say why"):
        groups.make(seen=seen, **asked)
    with pytest.raises(groups.CannotMix, match="changed the groups"):
        groups.make(seen="", reason="More rounds", **asked)

    anew = groups.make(seen=seen, reason="More rounds", **asked)

    plan.refresh_from_db()
    assert (plan.replaced_at, anew.number, anew.reason) == (now, 2, "More rounds")
    entry = Entry.objects.filter(verb="groups.made").latest("pk")
    assert (entry.reason, entry.before) == ("More rounds", {"plan": 1})
    task = mixing.read(anew).mixed.task
    held = {frozenset(group) for group in mixing.read(plan).mixed.rounds[0]}
    assert [{frozenset(group) for group in one} for one in task.earlier] == [held]


def test_who_may_not_make_groups_is_refused(plan, led, wanted, partner, now, acted):
    as_partner = {**acted(plan), "actor": partner}
    with pytest.raises(PermissionDenied):
        groups.make(course=led, wanted=wanted, seen="", actor=partner, now=now)
    with pytest.raises(PermissionDenied):
        changing.hold(number=1, **as_partner)
    with pytest.raises(PermissionDenied):
        changing.remix(present=[], **as_partner)
    with pytest.raises(PermissionDenied):
        changing.swap(number=1, first="a", second="b", **as_partner)
    with pytest.raises(PermissionDenied):
        changing.move(number=1, code="a", to=1, **as_partner)
