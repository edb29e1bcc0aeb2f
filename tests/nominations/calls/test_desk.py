"""The list of calls, and one call's overview."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mosty.nominations.models import Call, DeadEnd, PossibleDuplicate
from mosty.programmes.models import Course
from tests.factories import (
    make_call,
    make_city,
    make_course,
    make_grant,
    make_message,
    make_nomination,
)

INDEX = "/en/calls/"


def desk(call: Call) -> str:
    return reverse("nominations:desk", args=[call.slug])


@pytest.mark.parametrize("count", (1, 3))
def test_coordinator_lists_calls_in_constant_queries(
    coordinator,
    programme,
    ump,
    krakow,
    lodz,
    signed_in,
    django_assert_num_queries,
    count,
):
    for number in range(count):
        course = make_course(programme, slug=f"c{number}", part=number + 1)
        call = make_call(course, slug=f"c{number}", channel=ump)
        for _one in range(number + 1):
            make_nomination(call, krakow)
        call.invitations.create(
            organisation=lodz, code=f"L{number}", declined_at=call.opens_at
        )
        make_course(programme, slug=f"d{number}", part=number + 11)
    client = signed_in(coordinator)
    # Session, user with roles; calls counted and listed, rules, members; courses without
    # a call. No city is named besides the union's.
    with django_assert_num_queries(7):
        response = client.get(INDEX, {"sort": "nominated"})
    rows = response.context["listing"].rows
    assert [(row.nominated, row.answered, row.cities, row.seats) for row in rows] == [
        (number + 1, 2, 2, 25) for number in range(count)
    ]
    assert len(response.context["courses"]) == count


def test_a_call_that_nobody_has_answered_counts_nothing(coordinator, call, signed_in):
    (row,) = signed_in(coordinator).get(INDEX).context["listing"].rows
    assert (row.slug, row.nominated, row.answered) == (call.slug, 0, 0)


def test_list_is_filtered_by_phase(coordinator, programme, ump, signed_in, now):
    spans = {
        "open": (-1, 1, "published"),
        "closed": (-2, -1, "published"),
        "upcoming": (1, 2, "published"),
        "draft": (-1, 1, "draft"),
        "cancelled": (-1, 1, "cancelled"),
    }
    for number, (key, (opens, closes, state)) in enumerate(spans.items()):
        make_call(
            make_course(programme, slug=key, part=number + 1),
            slug=key,
            channel=ump,
            state=state,
            opens_at=now + timedelta(days=opens),
            closes_at=now + timedelta(days=closes),
            published_at=now if state == "published" else None,
        )
    client = signed_in(coordinator)
    for key in spans:
        rows = client.get(INDEX, {"phase": key}).context["listing"].rows
        assert [(row.slug, row.phase.key) for row in rows] == [(key, key)]
    assert len(client.get(INDEX, {"phase": "nonsense"}).context["listing"].rows) == 5


@pytest.mark.parametrize("count", (1, 3))
def test_city_sees_what_it_has_used_and_what_is_left_in_constant_queries(
    city, krakow, lodz, programme, ump, signed_in, django_assert_num_queries, count
):
    for number in range(count):
        course = make_course(programme, slug=f"c{number}", part=number + 1)
        call = make_call(course, slug=f"c{number}", channel=ump)
        make_nomination(call, krakow)
        make_nomination(call, krakow, state="draft")
        make_nomination(call, krakow, state="withdrawn")
        make_nomination(call, lodz)
    client = signed_in(city)
    # Session, user with roles; her city; calls, rules, members, numbers.
    with django_assert_num_queries(7):
        own = client.get(INDEX).context["own"]
    assert [(row.city_slug, row.used, row.drafts, row.left) for row in own] == [
        ("krakow", 2, 1, 2)
    ] * count


def test_city_sees_no_call_that_is_not_for_it(call, signed_in, ump, city):
    leszno = make_city("Leszno")
    make_grant(city, "city", leszno)
    own = signed_in(city).get(INDEX).context["own"]
    assert [row.city_slug for row in own] == ["krakow"]


def test_stranger_and_public_see_no_list(client, stranger, signed_in):
    assert client.get(INDEX).status_code == 302
    assert signed_in(stranger).get(INDEX).status_code == 403
    assert signed_in(stranger).post(INDEX).status_code == 405


def test_desk_counts_what_is_to_do(
    call, coordinator, krakow, lodz, ump, signed_in, now
):
    first = make_nomination(call, krakow)
    second = make_nomination(call, krakow, checked_at=now, answer="pending")
    make_nomination(call, krakow, state="draft")
    make_nomination(call, krakow, state="withdrawn")
    PossibleDuplicate.objects.create(first=first, second=second, why="email")
    call.invitations.create(organisation=lodz, code="LL", sent_at=now)
    make_city("Poznań", member_of=ump)
    make_message(scope=call.slug)
    make_message(scope="another")
    page = signed_in(coordinator).get(desk(call)).context["desk"]
    assert (page.submitted, page.unchecked, page.confirmed) == (2, 1, 1)
    assert (page.drafts, page.withdrawn, page.duplicates, page.messages) == (1, 1, 1, 1)
    assert (page.answered, page.unanswered, page.taking_part) == (1, 1, 3)


@pytest.mark.parametrize("count", (1, 3))
def test_desk_takes_constant_queries(
    call, coordinator, ump, signed_in, django_assert_num_queries, count
):
    for name in ("Leszno", "Ełk", "Ustka")[:count]:
        make_nomination(call, make_city(name, member_of=ump))
    client = signed_in(coordinator)
    # Session, user with roles; call; numbers, rules, duplicates, messages, cities; may she
    # edit, may she gather.
    with django_assert_num_queries(10):
        client.get(desk(call))


def test_partner_reads_the_desk_without_buttons(call, partner, secretariat, signed_in):
    page = signed_in(partner).get(desk(call))
    assert (page.context["desk"].can_edit, page.context["desk"].can_gather) == (
        False,
        False,
    )
    assert "Change the rules" not in page.content.decode()
    page = signed_in(secretariat).get(desk(call))
    assert (page.context["desk"].can_edit, page.context["desk"].can_gather) == (
        False,
        True,
    )


def closed(call, now, **fields):
    Call.objects.filter(pk=call.pk).update(
        opens_at=now - timedelta(days=3), closes_at=now - timedelta(days=2), **fields
    )


@pytest.mark.parametrize(
    ("seed", "dead_end", "expected"),
    ((False, False, True), (True, False, False), (True, True, True)),
)
def test_rules_are_changed_from_the_desk_as_long_as_they_may_change(
    call, coordinator, signed_in, now, seed, dead_end, expected
):
    closed(call, now, **({"seed": "1 2", "seed_entered_at": now} if seed else {}))
    if dead_end:
        DeadEnd.objects.create(
            version=call.rules_version, limits=[], found_at=now, found_by="Alice"
        )
    page = signed_in(coordinator).get(desk(call))
    shown = f'href="{reverse("nominations:call_rules", args=[call.slug])}"'
    assert page.context["desk"].can_change_rules == expected
    assert (shown in page.content.decode()) == expected


@pytest.mark.parametrize("state", ("draft", "cancelled"))
def test_rules_of_a_call_that_is_not_published_get_no_new_version(
    call, coordinator, signed_in, state
):
    Call.objects.filter(pk=call.pk).update(state=state)
    page = signed_in(coordinator).get(desk(call))
    assert page.context["desk"].can_change_rules is False


def test_desk_is_for_who_works_on_the_call(
    call, client, city, stranger, trainer, signed_in
):
    assert client.get(desk(call)).status_code == 302
    for user in (city, stranger, trainer):
        assert signed_in(user).get(desk(call)).status_code == 404
        assert signed_in(user).post(desk(call)).status_code == 405


def test_draft_is_on_its_coordinators_desk_alone(call, coordinator, partner, signed_in):
    Call.objects.filter(pk=call.pk).update(state="draft", published_at=None)
    assert signed_in(partner).get(desk(call)).status_code == 404
    page = signed_in(coordinator).get(desk(call))
    assert [(stage.label, stage.state) for stage in page.context["stages"]] == [
        ("Written", "now"),
        ("Passed to cities", "todo"),
        ("Nominations gathered", "todo"),
        ("Nominations checked", "todo"),
        ("Seed entered", "todo"),
    ]


def test_stages_follow_the_call(call, coordinator, krakow, signed_in, now):
    make_nomination(call, krakow, checked_at=now)
    Call.objects.filter(pk=call.pk).update(
        opens_at=now - timedelta(days=3), closes_at=now - timedelta(days=1)
    )
    client = signed_in(coordinator)
    states = [stage.state for stage in client.get(desk(call)).context["stages"]]
    assert states == ["done", "done", "done", "done", "now"]
    assert "Enter the seed" in client.get(desk(call)).content.decode()


@pytest.mark.parametrize("who", ("coordinator", "secretariat", "partner"))
def test_once_the_seed_is_there_the_desk_leads_to_the_selection(
    request, call, signed_in, now, who
):
    Call.objects.filter(pk=call.pk).update(
        opens_at=now - timedelta(days=3),
        closes_at=now - timedelta(days=2),
        seed="1 2 3",
        seed_entered_at=now - timedelta(days=1),
    )
    client = signed_in(request.getfixturevalue(who))
    selection = reverse("selection:call", args=[call.slug])
    page = client.get(desk(call)).content.decode()
    assert page.count(f'href="{selection}"') == 1
    assert client.get(selection).status_code == 200


@pytest.mark.parametrize(("days", "begun"), ((1, False), (0, True)))
def test_once_the_course_has_begun_the_desk_asks_for_nothing_and_leads_on(
    call, coordinator, signed_in, now, days, begun
):
    closed(call, now, seed="1 2", seed_entered_at=now)
    start = timezone.localdate(now) + timedelta(days=days)
    Course.objects.filter(pk=call.course_id).update(starts_on=start, ends_on=start)
    page = signed_in(coordinator).get(desk(call))
    html = page.content.decode()
    assert page.context["desk"].has_begun is begun
    assert ("the selection goes on from here" in html) is not begun
    assert ("Cancel the call" in html) is not begun
    assert html.count(f'href="{reverse("selection:call", args=[call.slug])}"') == 1
    assert html.count(f'href="{reverse("selection:offers", args=[call.slug])}"') == 1


def of_course(course):
    return reverse("nominations:of_course", args=[course.pk])


def test_a_course_leads_to_its_call_that_stands(call, ump, coordinator, signed_in, now):
    make_call(call.course, slug="old", channel=ump, state="cancelled", cancelled_at=now)
    assert signed_in(coordinator).get(of_course(call.course)).url == desk(call)


def test_a_course_leads_to_a_cancelled_call_where_there_is_no_other(
    call, coordinator, signed_in, now
):
    Call.objects.filter(pk=call.pk).update(state="cancelled", cancelled_at=now)
    assert signed_in(coordinator).get(of_course(call.course)).url == desk(call)


def test_a_course_without_a_call_says_so_and_who_may_begin_one(
    programme, coordinator, partner, city, stranger, signed_in, client
):
    course = make_course(programme, slug="bare", part=9)
    new = f'href="{reverse("nominations:call_new", args=[course.pk])}"'
    assert new in signed_in(coordinator).get(of_course(course)).content.decode()
    page = signed_in(partner).get(of_course(course)).content.decode()
    assert (new in page, "The programme's coordinator begins it." in page) == (
        False,
        True,
    )
    assert signed_in(city).get(of_course(course)).status_code == 404
    assert signed_in(stranger).get(of_course(course)).status_code == 404
    assert signed_in(coordinator).post(of_course(course)).status_code == 405


def test_nobody_is_called_to_a_course_that_is_over(
    programme, coordinator, signed_in, now
):
    today = timezone.localdate(now)
    for slug, days in (("gone", -1), ("last", 0), ("to-come", 1)):
        day = today + timedelta(days=days)
        make_course(programme, slug=slug, part=days + 5, starts_on=day, ends_on=day)
    make_course(programme, slug="some-day", part=9, starts_on=None, ends_on=None)
    courses = signed_in(coordinator).get(INDEX).context["courses"]
    assert {course.slug for course in courses} == {"last", "to-come", "some-day"}
