"""Who gets which page, and what the forms do, at both desks."""

import json
from itertools import pairwise

import pytest
from django.urls import reverse

from mosty.kernel import tokens
from mosty.partnerships.actions import actors as actor_actions
from mosty.partnerships.models import Actor, MapVersion, StakeholderMap, Tie
from tests.partnerships.conftest import link_of, share

pytestmark = pytest.mark.django_db
# Beside the map's key, what stands in the address.
OF_MAP = {
    "map": (), "grid": (), "network": (), "actor_add": (), "actor": ("key",),
    "actor_remove": ("key",), "tie_add": (), "tie": ("tie",), "tie_remove": ("tie",),
}  # fmt: skip
OF_CONTACT = {
    "change": (), "freeze": (), "compare": (), "version": ("number",), "files": (),
    "actors_csv": (), "ties_csv": (),
}  # fmt: skip
SHARED = ("shared", "shared_network", "shared_actors", "shared_ties")


@pytest.fixture
def parts(frozen, school):
    return {"key": school.key, "tie": Tie.objects.get().pk, "number": 1}


def url(name, found, parts, names=(), token=""):
    args = [*([token] if token else []), found.pk, *(parts[one] for one in names)]
    return reverse(f"partnerships:{'link_' if token else ''}{name}", args=args)


def token_of(link):
    return tokens.derive(bytes(link.nonce))


@pytest.mark.parametrize("name", sorted(OF_MAP | OF_CONTACT))
def test_who_sees_which_page_of_a_map(city_map, parts, signed_in, request, now, name):
    path = url(name, city_map, parts, (OF_MAP | OF_CONTACT)[name])
    who = ("city", "other_city", "coordinator", "auditor", "lead", "stranger")

    def answers():
        return [
            signed_in(request.getfixturevalue(one)).get(path).status_code for one in who
        ]

    assert answers() == [200, 404, 404, 404, 404, 404]
    share(city_map, request.getfixturevalue("city"), now)
    assert answers() == [200, 403, 403, 404, 404, 404]
    client = signed_in(request.getfixturevalue("city"))
    assert client.put(path).status_code == 405


@pytest.mark.parametrize("name", sorted(OF_MAP))
def test_participants_see_the_maps_of_their_city(
    client, city_map, parts, anna, zenon, name
):
    paths = [
        url(name, city_map, parts, OF_MAP[name], token_of(link))
        for link in (anna, zenon)
    ]
    answers = [client.get(path) for path in paths]
    assert [answer.status_code for answer in answers] == [200, 404]
    assert (answers[0]["Referrer-Policy"], answers[0]["Cache-Control"]) == (
        "no-referrer",
        "no-store",
    )
    assert client.put(paths[0]).status_code == 405


@pytest.mark.parametrize("name", SHARED)
def test_who_reads_what_is_shared(city_map, parts, signed_in, request, now, name):
    path = url(name, city_map, parts)
    who = ("other_city", "coordinator", "partner", "secretariat", "city", "stranger")

    def answers():
        return [
            signed_in(request.getfixturevalue(one)).get(path).status_code for one in who
        ]

    assert answers() == [404] * 6
    share(city_map, request.getfixturevalue("city"), now)
    assert answers() == [200, 200, 200, 200, 404, 404]
    assert signed_in(request.getfixturevalue("partner")).post(path).status_code == 405


def test_a_map_is_built_behind_the_link(client, krakow, seated, anna, now):
    token = token_of(anna)
    begin = reverse("partnerships:link_make", args=[token])
    sent = {"title": "Housing", "topic": "housing", "made_on": now.date()}
    assert client.get(begin).status_code == 200
    answer = client.post(begin, sent)
    found = StakeholderMap.objects.get()
    assert (answer.status_code, found.city, found.course, found.visibility) == (
        302,
        krakow,
        seated,
        "city",
    )
    add = reverse("partnerships:link_actor_add", args=[token, found.pk])
    for name, act in (("Office", "again"), ("Club", "")):
        answer = client.post(
            add, {"name": name, "function": "civic", "level": "local", "act": act}
        )
        assert answer.url == (
            add if act else reverse("partnerships:link_map", args=[token, found.pk])
        )
    club, office = Actor.objects.order_by("name")
    answer = client.post(
        reverse("partnerships:link_tie_add", args=[token, found.pk]),
        {"source": office.pk, "target": club.pk, "kind": "funding", "strength": 3,
         "directed": "on"},
    )  # fmt: skip
    tie = Tie.objects.get()
    assert (answer.status_code, tie.source, tie.strength) == (302, office, 3)
    page = client.get(reverse("partnerships:link_map", args=[token, found.pk]))
    assert [row.name for row in page.context["page"].actors] == ["Club", "Office"]
    listed = client.get(reverse("partnerships:link_maps", args=[token]))
    assert [(row.title, row.actors, row.ties) for row in listed.context["rows"]] == [
        ("Housing", 2, 1)
    ]


def sent_of(row, **fields):
    said = {**actor_actions.said_of(row), **fields}
    base = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in actor_actions.said_of(row).items()
    }
    return {**said, "seen": row.revision, "was": json.dumps(base)}


def test_the_one_who_is_slower_sees_both_and_decides(
    client, city_map, school, anna, now
):
    path = url("actor", city_map, {"key": school.key}, ("key",), token_of(anna))
    slow = sent_of(school, services="Yours", influence="low")
    actor_actions.change(
        stakeholder=school,
        details=actor_actions.Details(
            **{**actor_actions.said_of(school), "services": "Mine", "interest": "low"}
        ),
        seen=1,
        base=actor_actions.said_of(school),
        actor=anna,
        now=now,
    )
    answer = client.post(path, slow)
    form = answer.context["form"]
    assert form.errors["services"] == ["Somebody else wrote: Mine"]
    shown = [form[name].value() for name in ("services", "interest", "influence")]
    # Hers, theirs, hers.
    assert shown == ["Yours", "low", "low"]
    again = {
        name: form[name].value() for name in (*actor_actions.FIELDS, "seen", "was")
    }
    assert client.post(path, again).status_code == 302
    school.refresh_from_db()
    assert (school.services, school.interest, school.influence) == (
        "Yours",
        "low",
        "low",
    )


def test_what_was_not_at_odds_is_put_together_and_said(
    city_map, school, city, anna, client, signed_in, now
):
    slow = sent_of(school, services="Yours")
    fast = sent_of(school, interest="low")
    path = url("actor", city_map, {"key": school.key}, ("key",))
    own = signed_in(city)
    assert own.post(path, fast).status_code == 302
    answer = own.post(path, slow, follow=True)
    told = [str(one) for one in answer.context["messages"]]
    assert told[-1] == (
        "Somebody else had changed this meanwhile. Kept from them: Interest in the topic."
    )


def test_a_persons_own_address_is_remarked_on(city_map, city, signed_in):
    path = url("actor_add", city_map, {})
    sent = {"name": "X", "function": "civic", "level": "local"}
    own = signed_in(city)
    for name, contact, warned in (
        ("A", "jan.kowalski@example.org", True),
        ("B", "biuro@example.org", False),
        ("C", "fundacja@gmail.com", True),
    ):
        answer = own.post(path, {**sent, "name": name, "contact": contact}, follow=True)
        told = [message.level_tag for message in answer.context["messages"]]
        assert ("warning" in told) is warned, contact


def test_bad_input_is_said_beside_its_field_and_nothing_is_lost(
    city_map, school, city, signed_in
):
    path = url("actor_add", city_map, {})
    sent = {"name": "SCHOOL no 5", "function": "civic", "level": "local"}
    sent["hindrance"] = "<script>alert(1)</script>"
    answer = signed_in(city).post(path, sent)
    assert answer.context["form"].errors == {
        "name": ["An actor of this name is on the map already."]
    }
    html = answer.content.decode()
    assert ("<script>alert(1)" in html, "&lt;script&gt;alert(1)" in html) == (
        False,
        True,
    )


def test_freeze_and_compare(city_map, frozen, school, put, city, signed_in, now):
    own = signed_in(city)
    put("Chamber", function="private")
    answer = own.post(
        url("freeze", city_map, {}), {"day": now.date(), "note": "a year later"}
    )
    assert (answer.status_code, MapVersion.objects.count()) == (302, 2)
    page = own.get(url("compare", city_map, {}) + "?before=1&after=2").context["page"]
    assert (page.added, page.gone, page.ties_added) == (("Chamber",), (), ())
    same = own.get(url("compare", city_map, {}) + "?before=2&after=0").context["page"]
    assert same.is_same is True


def test_getting_changes_nothing(city_map, parts, city, signed_in):
    def rows():
        return [
            list(model.objects.order_by("pk").values())
            for model in (StakeholderMap, Actor, Tie, MapVersion)
        ]

    before, own = rows(), signed_in(city)
    for name, names in (OF_MAP | OF_CONTACT).items():
        own.get(url(name, city_map, parts, names))
    assert rows() == before


@pytest.mark.parametrize("count", (1, 3))
def test_a_map_takes_as_many_queries_however_full(
    city_map, put, tie, city, signed_in, django_assert_num_queries, count
):
    made = [put(f"Actor {number}") for number in range(count + 1)]
    for one, other in pairwise(made):
        tie(one, other)
    own = signed_in(city)
    # Session, user, roles, shared with her?, map, actors, ties, versions, plans.
    with django_assert_num_queries(8):
        answer = own.get(url("map", city_map, {}))
    assert len(answer.context["page"].actors) == count + 1


@pytest.mark.parametrize("count", (1, 3))
def test_the_list_takes_as_many_queries_however_long(
    city_map, krakow, city, signed_in, django_assert_num_queries, count
):
    for number in range(count):
        StakeholderMap.objects.create(
            city=krakow, title=f"M{number}", topic="work", made_on="2024-01-01",
            created_at="2024-01-01T00:00Z", created_by="x",
        )  # fmt: skip
    own = signed_in(city)
    # Session, user, roles, own maps, shared maps; cities only if asked.
    with django_assert_num_queries(5):
        answer = own.get(reverse("partnerships:maps"))
    assert len(answer.context["rows"]) == count + 1


def test_a_link_that_is_over_says_so(client, city_map, anna, now):
    type(anna).objects.filter(pk=anna.pk).update(revoked_at=now)
    path = url("map", city_map, {}, token=token_of(anna))
    assert client.get(path).status_code == 410


def test_seats_that_were_given_back_have_no_desk(client, seated, now):
    link = link_of("Odmowa", now)
    path = reverse("partnerships:link_maps", args=[token_of(link)])
    assert client.get(path).status_code == 404
