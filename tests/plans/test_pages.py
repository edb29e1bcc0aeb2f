"""Who gets which page, and how many questions the lists ask."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from mosty.nominations.models import Invitation, Nomination
from mosty.plans.actions import helping
from mosty.plans.models import Action, Objective, Plan
from mosty.plans.queries.overview import late, lists
from mosty.plans.queries.topics import topics
from mosty.programmes.models import Programme, Topic
from tests.factories import make_call, make_course, make_programme
from tests.plans.conftest import add, sign
from tests.plans.pages import of, url

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "for_city", "for_coordinator", "for_other_city"),
    (
        ("plan", 200, 200, 200),
        ("edit", 200, 403, 403),
        ("sign", 200, 403, 403),
        ("revise", 200, 403, 403),
        ("close", 200, 403, 403),
        ("share", 200, 403, 403),
        ("share_line", 200, 403, 403),
        ("check_in", 200, 200, 403),
        ("table", 200, 200, 403),
        ("bring", 200, 403, 403),
        ("sheet", 200, 403, 403),
        ("pdf", 200, 200, 200),
        ("docx", 200, 200, 200),
    ),
)
def test_who_sees_which_page_of_a_plan(
    signed, signed_in, request, name, for_city, for_coordinator, for_other_city
):
    expected = {
        "city": for_city,
        "coordinator": for_coordinator,
        "other_city": for_other_city,
        "stranger": 404,
        "auditor": 404,
    }
    found = {
        who: signed_in(request.getfixturevalue(who)).get(of(signed, name)).status_code
        for who in expected
    }
    assert found == expected
    assert Client().get(of(signed, name)).status_code in {302, 404}
    client = signed_in(request.getfixturevalue("city"))
    assert client.put(of(signed, name)).status_code == 405


@pytest.mark.parametrize(
    ("name", "expected"),
    (
        ("index", {"city": 200, "coordinator": 200, "trainer": 200, "stranger": 200}),
        ("begin", {"city": 200, "coordinator": 403, "trainer": 403, "stranger": 403}),
        (
            "overview",
            {"city": 403, "coordinator": 200, "partner": 403, "stranger": 403},
        ),
        ("board", {"city": 200, "coordinator": 200, "partner": 200, "stranger": 404}),
        ("board_add", {"city": 200, "coordinator": 403, "stranger": 403}),
    ),
)
def test_who_sees_the_lists(signed, signed_in, request, name, expected):
    found = {
        who: signed_in(request.getfixturevalue(who)).get(url(name)).status_code
        for who in expected
    }
    assert found == expected
    assert signed_in(request.getfixturevalue("city")).put(url(name)).status_code == 405


def test_the_plans_of_a_course_are_for_those_who_hold_it(
    plan, signed_in, request, coordinator, city
):
    for name in ("course", "sheets"):
        found = {
            who: signed_in(request.getfixturevalue(who))
            .get(url(name, plan.course_id))
            .status_code
            for who in ("coordinator", "partner", "city", "trainer", "stranger")
        }
        assert found == {
            "coordinator": 200, "partner": 200, "city": 404, "trainer": 404,
            "stranger": 404,
        }  # fmt: skip
    rows = signed_in(coordinator).get(url("course", plan.course_id)).context["rows"]
    assert [(row.city, row.people, row.state, row.actions) for row in rows] == [
        ("Kraków", 2, "draft", 2),
        ("Łódź", 1, "", 0),
    ]


def more_plans(count, held, krakow, city, now):
    for number in range(count):
        plan = Plan.objects.create(
            programme=held.programme, owner=krakow, title=f"Plan {number}",
            language="pl", made_at=now,
        )  # fmt: skip
        objective = Objective.objects.create(plan=plan, order=1, text="Aim")
        add(objective, city, now, topic=topics(held.programme)[0])
        sign(plan, city, now - timedelta(days=150))
        helping.add(
            plan=plan, kind="ask", topic=topics(held.programme)[0], text="Help?",
            actor=city, now=now,
        )  # fmt: skip


@pytest.mark.parametrize("count", (1, 3))
@pytest.mark.parametrize(
    ("name", "who", "queries"),
    (
        (
            "index",
            "city",
            6,
        ),  # session and user, grants, cities, count, rows, check-ins
        # session, grants, two of filters, breakdown, check-ins, rows, drafts
        ("overview", "coordinator", 8),
        ("board", "other_city", 9),
    ),
)
def test_lists_take_constant_queries(
    held, krakow, city, now, signed_in, request, django_assert_num_queries,
    count, name, who, queries,
):  # fmt: skip
    more_plans(count, held, krakow, city, now)
    client = signed_in(request.getfixturevalue(who))
    client.get(url(name))
    with django_assert_num_queries(queries):
        answer = client.get(url(name))
    shown = {"index": "plans", "overview": "page", "board": "notes"}[name]
    rows = answer.context[shown]
    assert (rows.rows if name == "overview" else rows).total == count


@pytest.mark.parametrize("count", (1, 3))
def test_topics_of_more_programmes_are_found_at_once(
    held, krakow, city, now, signed_in, django_assert_num_queries, count
):
    for number in range(count):
        course = held
        if number:
            programme = make_programme(f"academy-{number}")
            course = make_course(programme, slug=f"course-{number}")
            Topic.objects.create(course=course, order=1, text=f"Topic {number}")
        Plan.objects.create(
            programme=course.programme, owner=krakow, title=f"Plan {number}",
            language="pl", made_at=now,
        )  # fmt: skip
    client = signed_in(city)
    with django_assert_num_queries(6):  # session, grants, may she, plans twice, topics
        answer = client.get(url("board_add"))
    topics = [text for _key, text in answer.context["form"].fields["topic"].choices]
    more = [f"Topic {number}" for number in range(1, count)]
    assert topics == ["–", "Informing the public", "Polish lessons", *more]


def test_the_overview_counts_and_filters(
    signed, answered, city, coordinator, signed_in
):
    first = Action.objects.filter(plan=signed).order_by("pk").first()
    answered(3)
    Action.objects.filter(pk=first.pk).update(version=2)
    page = signed_in(coordinator).get(url("overview")).context["page"]
    assert {key: count for key, _label, count in page.by_status} == {
        "not-started": 0, "going-on": 2, "done": 0, "stopped": 0,
    }  # fmt: skip
    assert (page.answered, page.awaited, page.missed, page.drafts) == (1, 1, 0, 0)
    assert [(one.label, one.total) for one in page.cities] == [("Kraków", 2)]
    for query, count in (
        ("?status=done", 0), ("?status=going-on", 2), ("?city=nowhere", 2),
        ("?overdue=on", 0),
    ):  # fmt: skip
        found = signed_in(coordinator).get(url("overview") + query).context["page"]
        assert found.rows.total == count, query
    answer = signed_in(coordinator).get(url("overview") + "?export=csv")
    assert answer.content.decode("utf-8-sig").count("\r\n") == 3


def test_the_filters_offer_what_was_signed_off_once(plan, signed, coordinator):
    offered = lists(coordinator)
    assert offered["city"] == [("krakow", "Kraków")]
    assert [slug for slug, _name in offered["programme"]] == ["academy"]


def test_the_filters_offer_no_city_that_only_drafts(plan, coordinator):
    assert lists(coordinator)["city"] == []


def test_what_has_passed_is_overdue_unless_it_is_over(signed, coordinator, now):
    today = timezone.localdate(now)
    signing_state = Action.objects.filter(plan=signed)
    assert signing_state.filter(late(today)).count() == 0
    after = signing_state.first().ends_on + timedelta(days=1)
    assert signing_state.filter(late(after)).count() == 2


def test_nothing_is_said_of_participants(signed, city, coordinator, signed_in):
    names = set(Nomination.objects.values_list("given_name", flat=True))
    page = signed_in(coordinator).get(url("course", signed.course_id)).content.decode()
    assert not any(name in page for name in names)


@pytest.mark.parametrize("count", (1, 3))
def test_choosing_a_programme_asks_as_often_as_having_one(
    held, krakow, call, city, signed_in, django_assert_num_queries, count
):
    for number in range(1, count):
        course = make_course(make_programme(f"later-{number}"))
        other = make_call(course, slug=f"later-{number}", channel=call.channel)
        Invitation.objects.create(
            call=other, organisation=krakow, code=f"INV-{number}",
            contact_name="Office", contact_email="office@krakow.example",
        )  # fmt: skip
    client = signed_in(city)
    with django_assert_num_queries(4):  # session, grants, cities, programmes
        page = client.get(url("begin"))
    shown = page.context["form"]["programme"]
    assert shown.is_hidden is (count == 1)
    if count == 3:
        assert sorted(str(one) for one, _label in shown.field.choices) == sorted(
            ["", *(str(one.pk) for one in Programme.objects.all())]
        )
