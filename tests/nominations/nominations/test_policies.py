"""Who sees and may do what, over the whole cast."""

import pytest
from django.contrib.auth.models import AnonymousUser

from mosty.audit.actors import SYSTEM
from mosty.nominations import policies
from mosty.nominations.models import Call, Nomination
from tests.factories import make_call, make_course, make_link, make_nomination

CAST = (
    "coordinator",
    "partner",
    "secretariat",
    "city",
    "other_city",
    "trainer",
    "auditor",
    "administrator",
    "stranger",
)


@pytest.fixture
def all_kinds(call, own, foreign, draft, krakow):
    """Return one nomination of each kind, by its name in the table below."""
    return {
        "own": own,
        "foreign": foreign,
        "draft": draft,
        "withdrawn": make_nomination(
            call, krakow, state="withdrawn", submitted_at=call.opens_at
        ),
        "withdrawn draft": make_nomination(call, krakow, state="withdrawn"),
    }


ALL = {"own", "foreign", "draft", "withdrawn", "withdrawn draft"}
SEES = {
    "coordinator": ALL,
    "secretariat": ALL,
    # A partner knows of nothing that was never sent.
    "partner": {"own", "foreign", "withdrawn"},
    "city": ALL - {"foreign"},
    "other_city": {"foreign"},
    "trainer": set(),
    "auditor": set(),
    "administrator": set(),
    "stranger": set(),
}


@pytest.mark.parametrize("who", CAST)
def test_who_sees_which_nominations(all_kinds, call, request, who):
    user = request.getfixturevalue(who)
    names = {row.pk: name for name, row in all_kinds.items()}

    assert {names[row.pk] for row in policies.visible_to(user)} == SEES[who]
    known = policies.reach(user, call)
    assert {names[row.pk] for row in policies.visible_in(call, known)} == SEES[who]
    assert known.anything is bool(SEES[who])


@pytest.mark.django_db
@pytest.mark.parametrize("who", [who for who in CAST if who != "city"])
def test_nobody_sees_the_nominations_of_a_programme_without_them(request, who, krakow):
    other = make_call(slug="foreign-call")
    make_nomination(other, krakow)
    user = request.getfixturevalue(who)

    assert list(policies.visible_to(user)) == []
    assert list(policies.visible_in(other, policies.reach(user, other))) == []
    assert policies.can_gather(user, other) is False


GATHERS = {"coordinator", "secretariat"}
NOMINATES_OWN = GATHERS | {"city"}


@pytest.mark.parametrize("who", CAST)
def test_who_gathers_nominates_and_comments(own, foreign, request, who):
    user = request.getfixturevalue(who)

    assert policies.can_gather(user, own.call) is (who in GATHERS)
    assert policies.can_edit_call(user, own.call) is (who == "coordinator")
    assert policies.can_nominate(user, own.call, own.organisation_id) is (
        who in NOMINATES_OWN
    )
    assert policies.can_comment(user, own) is (who in NOMINATES_OWN)
    assert policies.can_comment(user, foreign) is (who in GATHERS | {"other_city"})
    assert policies.can_answer(user, own) is False
    assert policies.can_sweep(user) is False


def test_a_citys_link_opens_its_city_in_its_call(
    city_link, call, own, foreign, draft, krakow, lodz
):
    other = make_call(
        make_course(call.course.programme, slug="other", part=2),
        slug="other",
        channel=call.channel,
    )
    assert set(policies.visible_to_link(city_link)) == {own, draft}
    assert policies.can_nominate(city_link, call, krakow.pk) is True
    assert policies.can_nominate(city_link, call, lodz.pk) is False
    assert policies.can_nominate(city_link, other, krakow.pk) is False
    assert policies.can_gather(city_link, call) is False
    assert policies.can_answer(city_link, own) is False


def test_a_nominees_link_opens_her_nomination_alone(own_link, own, foreign, call):
    assert list(policies.visible_to_link(own_link)) == [own]
    assert policies.can_answer(own_link, own) is True
    assert policies.can_answer(own_link, foreign) is False
    assert policies.can_nominate(own_link, call, own.organisation_id) is False


def test_a_link_for_an_offer_opens_nothing_here(own):
    offer = make_link(own.code, purpose="offer")

    assert list(policies.visible_to_link(offer)) == []
    assert policies.can_answer(offer, own) is False


def test_the_installation_itself_only_sweeps(call, own):
    assert policies.can_sweep(SYSTEM) is True
    assert policies.can_nominate(SYSTEM, call, own.organisation_id) is False
    assert policies.can_gather(SYSTEM, call) is False


@pytest.mark.parametrize("state", Call.State.values)
@pytest.mark.parametrize(
    ("who", "sees"),
    (
        ("coordinator", {"draft", "published", "cancelled"}),
        ("partner", {"published", "cancelled"}),
        ("secretariat", {"published", "cancelled"}),
        ("city", {"published", "cancelled"}),
        ("stranger", {"published", "cancelled"}),
        (None, {"published", "cancelled"}),
    ),
)
def test_who_sees_which_calls(call, request, who, sees, state):
    user = request.getfixturevalue(who) if who else AnonymousUser()
    Call.objects.filter(pk=call.pk).update(state=state)

    assert policies.calls_visible_to(user).exists() is (state in sees)


def test_nominations_of_all_calls_are_seen_by_whoever_sees_them_in_each(
    all_kinds, call, partner, krakow
):
    assert Nomination.objects.count() == len(all_kinds)
    assert policies.visible_to(partner).count() == len(SEES["partner"])
