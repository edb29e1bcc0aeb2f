"""From the map to the plan: an actor becomes partner of an action with one press."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from mosty.audit.models import Entry
from mosty.partnerships.models import Actor
from mosty.plans.actions import drafting, partners
from mosty.plans.actions.rows import CannotWrite
from mosty.plans.models import Action, Edit
from tests.plans.conftest import course_link, sign
from tests.plans.linking import SECRETS, map_of, need, put

pytestmark = pytest.mark.django_db


@pytest.fixture
def city_map(plan, krakow, city, now):
    """Return Kraków's map of the course."""
    return map_of(krakow, city, now, plan.course)


@pytest.fixture
def club(city_map, city, now):
    """Return an actor of Kraków's map."""
    return put(city_map, "Club of Neighbours", city, now)


@pytest.fixture
def first(plan):
    """Return the first action of Kraków's plan."""
    return Action.objects.filter(plan=plan).order_by("pk").first()


def map_url(found, link=None):
    if link:
        return reverse("partnerships:link_map", args=[link.token, found.pk])
    return reverse("partnerships:map", args=[found.pk])


def press_url(found, link=None):
    if link:
        return reverse("plans:link_partner", args=[link.token, found.pk])
    return reverse("plans:partner", args=[found.pk])


def press(client, found, actor, action, link=None):
    sent = {"actor": str(actor.key), "action": action.pk if action else ""}
    answer = client.post(press_url(found, link), sent, follow=True)
    return answer, [str(one) for one in answer.context["messages"]]


@pytest.mark.parametrize("by_link", (False, True))
def test_one_press_makes_a_partner_and_a_second_changes_nothing(
    plan, first, city_map, club, city, anna, signed_in, by_link
):
    client = Client() if by_link else signed_in(city)
    link = anna if by_link else None
    page = client.get(map_url(city_map, link))
    offered = page.context["onward"]
    assert offered.url == press_url(city_map, link)
    assert [
        (group.title, [one.words for one in group.choices]) for group in offered.groups
    ] == [("Welcome in Kraków", ["Open a point", "Write a guide"])]
    assert offered.partner_of == {}
    entries = Entry.objects.count()
    answer, said = press(client, city_map, club, first, link)
    words = "Club of Neighbours. Partner of the action: Open a point"
    assert said == [f"In the plan: {words}"]
    first.refresh_from_db()
    assert (first.stakeholders, first.version) == ([club.key], 2)
    entry = Entry.objects.latest("pk")
    assert (entry.verb, entry.target_key, entry.after) == (
        "plan.partner_joined", plan.code, {"action": first.code},
    )  # fmt: skip
    assert Entry.objects.count() == entries + 1
    # The next actor joins the same action with one press.
    assert answer.context["chosen"] == str(first.pk)
    joined = answer.context["onward"].partner_of
    assert [one.words for one in joined[str(club.key)]] == ["Open a point"]

    _answer, said = press(client, city_map, club, first, link)
    assert said == [f"In the plan already: {words}"]
    first.refresh_from_db()
    assert (first.stakeholders, first.version) == ([club.key], 2)
    assert Entry.objects.count() == entries + 1
    assert Edit.objects.filter(kind="action", row=first.pk).count() == 2


def test_an_editor_who_began_before_writes_over_no_partner(
    plan, first, club, anna, city, now
):
    partners.join(action=first, stakeholder=club, actor=city, now=now)
    saved = drafting.save_action(
        action=first, values={"what": first.what, "stakeholders": [], "lead": "We"},
        visibility=None, seen=1, actor=anna, now=now,
    )  # fmt: skip
    first.refresh_from_db()
    assert (saved.merged, first.stakeholders, first.lead) == (True, [club.key], "We")


def test_without_a_choice_somebody_is_asked_to_choose(
    first, city_map, club, city, signed_in
):
    _answer, said = press(signed_in(city), city_map, club, None)
    assert said == ["Choose an action first, then press the button."]
    assert Entry.objects.filter(verb="plan.partner_joined").count() == 0


@pytest.mark.parametrize(
    ("who", "status"),
    (("other_city", 404), ("coordinator", 404), ("stranger", 404), ("trainer", 404)),
)
def test_whoever_does_not_keep_the_map_finds_no_button(
    first, city_map, club, signed_in, request, who, status
):
    client = signed_in(request.getfixturevalue(who))
    sent = {"actor": str(club.key), "action": first.pk}
    assert client.post(press_url(city_map), sent).status_code == status
    first.refresh_from_db()
    assert first.stakeholders == []


def test_other_ways_to_ask_are_no_ways(first, city_map, club, city, zenon, signed_in):
    sent = {"actor": str(club.key), "action": first.pk}
    client = signed_in(city)
    assert client.get(press_url(city_map)).status_code == 405
    assert Client().post(press_url(city_map), sent).status_code == 302
    assert Client().post(press_url(city_map, zenon), sent).status_code == 404
    for wrong in (
        {**sent, "actor": "x"}, {**sent, "actor": ""}, {**sent, "action": "x"},
        {**sent, "action": "9" * 19}, {**sent, "action": 0},
        {**sent, "actor": "00000000-0000-4000-8000-000000000000"},
    ):  # fmt: skip
        assert client.post(press_url(city_map), wrong).status_code == 404, wrong
    first.refresh_from_db()
    assert first.stakeholders == []


def test_another_city_s_actor_joins_nothing(
    plan, first, lodz, city, other_city, anna, signed_in, now
):
    theirs = put(map_of(lodz, other_city, now), "Club of Łódź", other_city, now)
    for writer in (city, anna, other_city):
        with pytest.raises(PermissionDenied):
            partners.join(action=first, stakeholder=theirs, actor=writer, now=now)
    sent = {"actor": str(theirs.key), "action": first.pk}
    answer = signed_in(other_city).post(press_url(theirs.map), sent)
    assert answer.status_code == 404


def test_what_cannot_be_written_is_said(
    plan, first, city_map, club, city, anna, signed_in, now
):
    second = Action.objects.filter(plan=plan).order_by("pk").last()
    drafting.remove(row=second, seen=1, actor=anna, now=now)
    with pytest.raises(CannotWrite, match="took this action out"):
        partners.join(action=second, stakeholder=club, actor=city, now=now)
    many = [put(city_map, f"Club {n}", city, now) for n in range(20)]
    for one in many:
        partners.join(action=first, stakeholder=one, actor=city, now=now)
    _answer, said = press(signed_in(city), city_map, club, first)
    assert said == ["An action has at most 20 partners of the map."]

    sign(plan, city, now)
    page = signed_in(city).get(map_url(city_map))
    assert (page.context["onward"].groups, page.context["onward"].why) == (
        (),
        (
            "Your plan is signed off. Open it for a revision, and partners of this map "
            "can join its actions."
        ),
    )
    assert "Add to the action" not in page.content.decode()
    with pytest.raises(CannotWrite, match="signed off"):
        partners.join(action=first, stakeholder=club, actor=city, now=now)


def test_one_action_needs_no_choice_and_no_plan_no_column(
    plan, first, city_map, club, city, other_city, lodz, anna, zenon, signed_in, now
):
    second = Action.objects.filter(plan=plan).order_by("pk").last()
    drafting.remove(row=second, seen=1, actor=anna, now=now)
    page = signed_in(city).get(map_url(city_map))
    assert page.context["onward"].only.key == first.pk
    assert (
        "<select"
        not in page.content.decode().partition("<main")[2].partition("</main")[0]
    )
    theirs = map_of(lodz, other_city, now, plan.course)
    put(theirs, "Club of Łódź", other_city, now)
    for answer in (
        signed_in(other_city).get(map_url(theirs)),
        Client().get(map_url(theirs, zenon)),
    ):
        assert answer.context["onward"] is None
        assert "In the plan" not in answer.content.decode()


def test_the_plan_says_nothing_of_what_the_city_thinks(
    plan, first, club, anna, city, signed_in, now
):
    partners.join(action=first, stakeholder=club, actor=anna, now=now)
    lucja = course_link("Łucja", now)
    for page in (
        Client().get(reverse("plans:link_draft", args=[lucja.token])),
        signed_in(city).get(reverse("plans:plan", args=[plan.code])),
    ):
        text = page.content.decode()
        assert "Club of Neighbours" in text
        assert not any(secret in text for secret in SECRETS)


@pytest.mark.parametrize("count", (1, 3))
def test_the_map_takes_constant_queries(
    plan, first, city_map, club, city, signed_in, now, django_assert_num_queries, count
):
    for number in range(count):
        one = put(city_map, f"Club {number}", city, now)
        partners.join(action=first, stakeholder=one, actor=city, now=now)
    need("Housing")
    client = signed_in(city)
    client.get(map_url(city_map))
    # session and user, grants, map shared, map, actors, ties, versions; plans, actions
    with django_assert_num_queries(9):
        client.get(map_url(city_map))
    assert Actor.objects.count() == count + 1
