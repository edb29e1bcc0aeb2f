"""The pages of groups: who gets in, what they show, what they do."""

import re

import pytest
from django.urls import reverse

from mosty.audit.models import Entry
from mosty.programmes.models import Course
from mosty.selection.models import Offer
from mosty.training import group_prints, mixing
from mosty.training.actions import groups_changing as changing
from mosty.training.models import GroupPlan, Mark
from mosty.training.queries import groups as queries
from tests.factories import make_nomination
from tests.training.conftest import take_seat
from tests.training.groups.conftest import places

READERS = ("coordinator", "trainer", "partner", "secretariat", "city", "stranger")


def path_of(name, course, *args):
    return reverse(f"training:{name}", args=[course.pk, *args])


def changing_path(plan, people, first="Ala", target="Iga", number=1):
    code = people[target].code if target in people else target
    return (
        path_of("groups_change", plan.course)
        + f"?round={number}&first={people[first].code}&target={code}"
    )


@pytest.mark.parametrize(
    ("name", "args", "expected"),
    (
        ("groups", (), (200, 200, 200, 200, 404, 404)),
        ("groups_make", (), (200, 200, 403, 403, 404, 404)),
        ("groups_change", (), (200, 200, 403, 403, 404, 404)),
        ("groups_remix", (), (200, 200, 403, 403, 404, 404)),
        ("group_sheets", (1,), (200, 200, 200, 200, 404, 404)),
        ("group_list", (1,), (200, 200, 200, 200, 404, 404)),
        ("name_tents", (), (200, 200, 200, 200, 404, 404)),
    ),
)
def test_who_gets_in(request, signed_in, client, plan, name, args, expected):
    path = path_of(name, plan.course, *args) + "?round=1"
    found = tuple(
        signed_in(request.getfixturevalue(reader)).get(path).status_code
        for reader in READERS
    )
    assert found == expected
    assert client.get(path).status_code == 302
    coordinator = signed_in(request.getfixturevalue("coordinator"))
    assert coordinator.put(path).status_code == 405


def test_who_says_that_a_round_was_held(request, signed_in, client, plan):
    path = path_of("groups_hold", plan.course, 1)
    found = [
        signed_in(request.getfixturevalue(reader)).post(path, {"seen": "x"}).status_code
        for reader in READERS
    ]
    assert found == [302, 302, 403, 403, 404, 404]
    assert client.post(path).status_code == 302
    coordinator = signed_in(request.getfixturevalue("coordinator"))
    assert coordinator.get(path).status_code == 405
    # What she saw was not the plan as it stands.
    assert not Entry.objects.filter(verb="groups.held").exists()


def test_a_round_that_is_not_there(signed_in, coordinator, plan, led):
    client = signed_in(coordinator)
    assert client.get(path_of("group_sheets", led, 9)).status_code == 404
    assert client.get(path_of("groups_change", led) + "?round=9").status_code == 404
    assert client.get(path_of("groups_change", led) + "?round=²").status_code == 404
    # Asked for nonsense, the page shows the round to come.
    page = client.get(path_of("groups", led) + "?round=x").context["page"]
    assert page.shown.number == 1


def test_the_page_shows_the_round_and_the_numbers(signed_in, partner, plan):
    page = signed_in(partner).get(path_of("groups", plan.course)).context["page"]
    assert {
        person.name: group.number
        for group in page.shown.groups
        for person in group.people
    } == {f"{name} Nowak": group for name, group in places(plan, 1).items()}
    assert page.sentences[:2] == (
        "Nobody sits with the same person twice.",
        "No two people of one city are in one group.",
    )
    assert (page.shown.is_next, page.can_make) == (True, False)


def test_the_table_shows_all_rounds(signed_in, trainer, plan):
    answer = signed_in(trainer).get(path_of("groups", plan.course) + "?view=table")
    page = answer.context["page"]
    rounds = [places(plan, number) for number in (1, 2, 3)]
    assert {line.person.name: line.groups for line in page.lines} == {
        f"{name} Nowak": tuple(one[name] for one in rounds) for name in rounds[0]
    }


def test_groups_are_made_in_the_form(signed_in, trainer, led, people):
    client = signed_in(trainer)
    form = client.get(path_of("groups_make", led)).context["form"]
    assert {name: form.initial[name] for name in ("groups", "rounds", "first")} == {
        "groups": 2,
        "rounds": 1,
        "first": "city",
    }
    data = {
        "groups": 4, "rounds": 3, "first": "city", "second": "", "seed": "s", "seen": "",
        "pairs-TOTAL_FORMS": 1, "pairs-INITIAL_FORMS": 0, "pairs-0-kind": "together",
        "pairs-0-first": people["Ala"].code, "pairs-0-second": people["Ewa"].code,
    }  # fmt: skip
    # One more row keeps what was typed, and makes nothing.
    more = client.post(path_of("groups_make", led), {**data, "add": "yes"})
    assert (len(more.context["pairs"].forms), GroupPlan.objects.count()) == (2, 0)
    assert more.context["form"].initial["groups"] == "4"
    half = {**data, "pairs-0-second": ""}
    answer = client.post(path_of("groups_make", led), half)
    assert "Choose two people and how they sit" in answer.content.decode()

    answer = client.post(path_of("groups_make", led), data)

    assert answer.url == path_of("groups", led)
    plan = GroupPlan.objects.get()
    assert (plan.made_by, plan.groups, plan.rounds) == ("Tamara Tyl", 4, 3)
    at = places(plan, 2)
    assert at["Ala"] == at["Ewa"]
    # Sent twice, it is made once.
    again = client.post(path_of("groups_make", led), data)
    assert again.status_code == 200
    assert GroupPlan.objects.count() == 1


def test_a_mistake_is_shown_and_nothing_is_lost(signed_in, coordinator, led):
    data = {
        "groups": 9, "rounds": 3, "first": "city", "second": "city", "seed": "mine",
        "pairs-TOTAL_FORMS": 0, "pairs-INITIAL_FORMS": 0,
    }  # fmt: skip
    client = signed_in(coordinator)
    text = client.post(path_of("groups_make", led), data).content.decode()
    assert "Choose something else than before." in text
    data["second"] = ""
    answer = client.post(path_of("groups_make", led), data)
    assert answer.context["form"].errors == {
        "groups": ["There are more groups than people."]
    }
    assert 'value="mine"' in answer.content.decode()


def test_a_change_is_shown_before_it_is_made(signed_in, trainer, plan, people):
    client = signed_in(trainer)
    at = places(plan, 1)
    other = next(name for name in at if at[name] == at["Ewa"] and name != "Ewa")
    path = changing_path(plan, people, target=other)
    shown = client.get(path).context
    assert [(cost.before, cost.after) for cost in shown["found"].costs][1] == (0, 1)
    assert places(plan, 1) == at
    data = {
        "round": 1, "first": people["Ala"].code, "target": people[other].code,
        "seen": shown["seen"],
    }  # fmt: skip
    answer = client.post(path_of("groups_change", plan.course), data)
    assert answer.url == path_of("groups", plan.course) + "?round=1"
    assert places(plan, 1)["Ala"] == at[other]
    # A second person had the old page open.
    text = client.post(path_of("groups_change", plan.course), data).content.decode()
    assert "Somebody has changed the groups meanwhile" in text
    assert places(plan, 1)["Ala"] == at[other]


def test_a_move_alone_tells_the_sizes(signed_in, coordinator, plan, people):
    client = signed_in(coordinator)
    at = places(plan, 1)
    to = at["Ala"] % 4 + 1
    found = client.get(changing_path(plan, people, target=f"group-{to}")).context[
        "found"
    ]
    assert found.sentence == f"Ala Nowak moves to group {to}."
    assert sorted(found.sizes.split(", ")) == ["1", "2", "2", "3"]
    stay = client.get(changing_path(plan, people, target=f"group-{at['Ala']}"))
    assert "Choose another group" in stay.content.decode()


def test_late_comers_and_no_shows_are_proposed(
    signed_in, coordinator, plan, people, call, lodz, acted
):
    session = plan.course.sessions.get()
    Mark.objects.create(
        session=session,
        offer=people["Jan"],
        kind="absent",
        way="roster",
        noted_at=session.starts_at,
        marked_at=session.starts_at,
        marked_by="Tamara",
        marker_key="user:1",
    )
    Offer.objects.filter(pk=people["Ala"].pk).update(state="withdrawn")
    late = take_seat(call, 20, make_nomination(call, lodz, "Zoe", "Nowak"))
    client = signed_in(coordinator)
    found = client.get(path_of("groups", plan.course)).context["page"].proposal
    assert [
        [person.name for person in kind]
        for kind in (found.joined, found.gone, found.absent)
    ] == [["Zoe Nowak"], ["Ala Nowak"], ["Jan Nowak"]]
    form = client.get(path_of("groups_remix", plan.course)).context["form"]
    expected = {one.code for name, one in people.items() if name not in {"Ala", "Jan"}}
    assert set(form.initial["present"]) == expected | {late.code}

    answer = client.post(path_of("groups_remix", plan.course), form.initial)

    assert answer.url == path_of("groups", plan.course)
    assert sorted(places(plan, 3)) == [
        "Ewa", "Iga", "Kaj", "Lea", "Ola", "Ula", "Zoe",
    ]  # fmt: skip
    # Jan stays away until somebody says otherwise: nothing more is proposed.
    page = client.get(path_of("groups", plan.course)).context["page"]
    assert page.proposal.count == 0


def test_a_round_is_held_by_its_button(signed_in, trainer, plan):
    client = signed_in(trainer)
    text = client.get(path_of("groups", plan.course)).content.decode()
    # The course is still to come.
    assert "This round was held" not in text
    Course.objects.update(starts_on="2024-01-01")
    text = client.get(path_of("groups", plan.course)).content.decode()
    assert "This round was held" in text
    page = client.get(path_of("groups", plan.course)).context["page"]
    client.post(path_of("groups_hold", plan.course, 1), {"seen": page.seen})
    page = client.get(path_of("groups", plan.course)).context["page"]
    assert [bool(one.held_at) for one in page.rounds] == [True, False, False]
    assert page.shown.number == 2


def test_a_participant_sees_her_own_groups(plan, people):
    found = queries.my_rounds(people["Ala"])
    assert [(one.number, one.group) for one in found] == [
        (number, places(plan, number)["Ala"]) for number in (1, 2, 3)
    ]


def test_without_a_plan_the_page_says_what_to_do(
    signed_in, coordinator, partner, led, course
):
    client = signed_in(coordinator)
    assert "Make groups" in client.get(path_of("groups", led)).content.decode()
    text = signed_in(partner).get(path_of("groups", led)).content.decode()
    assert "The coordinator and the trainers of the course make them." in text
    assert client.get(path_of("groups_remix", led)).status_code == 404
    # Name tents need no groups.
    assert client.get(path_of("name_tents", led)).status_code == 200


@pytest.mark.parametrize(
    ("name", "args", "form", "file"),
    (
        ("group_sheets", (2,), "group-sheets", "course-groups-2.pdf"),
        ("group_list", (2,), "wall-list", "course-groups-2-list.pdf"),
        ("name_tents", (), "name-tents", "course-name-tents.pdf"),
    ),
)
def test_what_is_printed_is_noted(signed_in, trainer, plan, name, args, form, file):
    answer = signed_in(trainer).get(path_of(name, plan.course, *args))
    assert answer["Content-Disposition"] == f'attachment; filename="{file}"'
    assert answer["Cache-Control"] == "private, no-store"
    assert b"pdfuaid:part" in answer.content
    entry = Entry.objects.get(verb="groups.exported")
    assert (entry.scope, entry.after) == ("academy", {"form": form, "rows": 8})


def pages(made):
    return int(re.search(rb"/Type/Pages/Count (\d+)", made)[1])


def test_each_group_and_each_person_has_a_page(plan, people):
    course = plan.course
    rounds = queries.rounds(course, plan.made_at)
    assert pages(group_prints.sheets(course, rounds[0])) == 4
    assert pages(group_prints.wall(course, rounds[0])) == 1
    assert pages(group_prints.tents(course, queries.tents(course))) == 8


def test_paper_says_what_the_page_says(plan, people):
    course = plan.course
    rounds = queries.rounds(course, plan.made_at)
    data = group_prints.tents_data(course, queries.tents(course))
    ala = next(one for one in data["people"] if one["name"] == "Ala Nowak")
    assert (ala["city"], ala["code"], ala["groups"]) == (
        "Kraków",
        people["Ala"].code,
        [str(places(plan, number)["Ala"]) for number in (1, 2, 3)],
    )
    wall = group_prints.wall_data(course, rounds[1])["people"]
    assert {one["name"]: one["group"] for one in wall} == {
        f"{name} Nowak": group for name, group in places(plan, 2).items()
    }
    assert [one["name"] for one in wall] == sorted(one["name"] for one in wall)


def test_a_name_is_no_markup(plan, people):
    type(people["Ala"].nomination).objects.filter(
        pk=people["Ala"].nomination_id
    ).update(given_name="#panic() $x^ = *H*", family_name="]#[ //")
    course = plan.course
    rounds = queries.rounds(course, plan.made_at)
    assert pages(group_prints.tents(course, queries.tents(course))) == 8
    assert pages(group_prints.sheets(course, rounds[0])) == 4


@pytest.mark.parametrize("count", (1, 3))
def test_the_page_costs_the_same_for_one_and_three(
    signed_in, coordinator, plan, call, lodz, count, acted, people,
    django_assert_num_queries,
):  # fmt: skip
    late = [
        take_seat(call, 20 + n, make_nomination(call, lodz, "Zoe", f"N{n}"))
        for n in range(count)
    ]
    present = [one.code for one in (*people.values(), *late)]
    changing.remix(present=present, **acted(plan))
    client = signed_in(coordinator)
    with django_assert_num_queries(9):
        # session, user with roles, course; may she make groups; who is seated; plan,
        # rounds, places; who was missing at the last session that is marked
        client.get(path_of("groups", plan.course))


def test_mixing_stays_within_a_request():
    assert [mixing.steps(count) for count in (1, 24, 60, 300)] == [
        6000, 6000, 2500, 500,
    ]  # fmt: skip
