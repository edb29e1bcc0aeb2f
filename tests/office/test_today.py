from datetime import timedelta

import pytest
from django.urls import resolve, reverse
from django.utils import timezone

from mosty.nominations.models import PossibleDuplicate
from mosty.office.queries.courses import courses_of, figures_of, page_of
from mosty.office.queries.needs import needs_of
from mosty.outbox.models import Message
from mosty.selection.models import Offer, Run, Seat
from mosty.ui.numerals import roman
from tests.factories import make_call, make_course, make_message, make_nomination


def texts(user, now):
    return [(need.count, need.text) for need in needs_of(user, now)]


def test_a_coordinator_sees_what_waits_in_the_order_of_doing_it(
    call, krakow, lodz, coordinator, now
):
    first = make_nomination(call, krakow)
    second = make_nomination(call, krakow, checked_at=now)
    PossibleDuplicate.objects.create(first=first, second=second, why="name")
    make_message(scope=call.slug, kind="selection.offer")
    assert texts(coordinator, now) == [
        (1, "message is ready to be read before it leaves"),
        (1, "pair of nominations may be the same person"),
        (1, "nomination waits to be checked"),
        (1, f"city has not answered the call: {call.course}"),
    ]


def test_the_secretariat_is_shown_only_messages_about_nominations(
    call, secretariat, now
):
    make_message(scope=call.slug, kind="selection.offer")
    make_message(scope=call.slug, kind="nominations.reminder")
    make_message(scope="elsewhere", kind="nominations.reminder")
    assert texts(secretariat, now)[0] == (
        1,
        "message is ready to be read before it leaves",
    )


def test_a_city_sees_how_many_it_can_still_nominate(call, krakow, city, now):
    make_nomination(call, krakow, answer="pending")
    need, answer = needs_of(city, now)
    assert (need.count, need.text) == (
        3,
        f"people can still be nominated for: {call.course}",
    )
    assert need.detail.startswith("nominated: 1 of 4 · until: ")
    assert (answer.count, answer.text) == (1, "nominated person has not confirmed yet")


@pytest.mark.parametrize("count", (1, 3))
@pytest.mark.parametrize(
    ("who", "queries"), (("city", 10), ("secretariat", 14), ("coordinator", 21))
)
def test_more_open_calls_ask_the_database_no_more(
    call,
    ump,
    krakow,
    lodz,
    request,
    django_assert_num_queries,
    now,
    who,
    queries,
    count,
):
    for number in range(count - 1):
        course = make_course(
            call.course.programme, slug=f"course-{number}", part=number + 2
        )
        more = make_call(course, slug=f"call-{number}", channel=ump)
        make_nomination(more, krakow, answer="pending")
    make_nomination(call, krakow, answer="pending")
    user = request.getfixturevalue(who)

    with django_assert_num_queries(queries):
        needs = needs_of(user, now)

    told = "can still be nominated" if who == "city" else "has not answered the call"
    assert len([need for need in needs if told in need.text]) == count


def test_a_city_is_not_asked_after_closing(call, city, now):
    assert needs_of(city, call.closes_at) == []


def test_a_closed_call_asks_for_its_seed_and_then_for_the_draw(
    call, coordinator, krakow, now
):
    make_nomination(call, krakow, checked_at=now)
    later = call.closes_at + timedelta(hours=1)
    assert texts(coordinator, later) == [
        (1, f"The seed of the draw is missing: {call.course}")
    ]
    call.seed, call.seed_entered_at = "1 2 3", later
    call.save()
    assert texts(coordinator, later) == [
        (1, f"draw can be made, everything is ready: {call.course}")
    ]


def test_a_stranger_has_no_needs_and_no_courses(call, stranger, now):
    assert needs_of(stranger, now) == []
    assert courses_of(stranger, now) == []


@pytest.mark.parametrize("count", (1, 3))
def test_figures_name_their_units(call, krakow, coordinator, count):
    for _one in range(count):
        make_nomination(call, krakow)
    assert [(figure.value, figure.label) for figure in figures_of(coordinator)] == [
        (1, "nominating city"),
        (count, "nomination" if count == 1 else "nominations"),
        (0, "seats accepted"),
        (0, "persons with a seat"),
    ]


def test_the_page_is_for_whoever_is_signed_in(client, stranger, coordinator, call):
    address = reverse("office:today")
    assert client.get(address).status_code == 302
    client.force_login(coordinator)
    assert client.post(address).status_code == 405
    page = client.get(address)
    assert [row.title for row in page.context["courses"]] == [
        f"{roman(call.course.part)} · {call.course}"
    ]
    client.force_login(stranger)
    assert client.get(address).context["needs"] == []


def test_failed_messages_are_shown_apart(call, coordinator, now):
    make_message(
        scope=call.slug,
        kind="selection.offer",
        state=Message.State.FAILED,
        released_at=now,
    )
    assert (1, "message was not delivered") in texts(coordinator, now)


def test_a_seat_that_could_not_be_passed_on_waits_for_who_gathers(
    call, krakow, secretariat, partner, now
):
    Offer.objects.create(
        seat=Seat.objects.create(call=call, number=1),
        nomination=make_nomination(call, krakow, checked_at=now),
        state=Offer.State.DECLINED,
        made_at=now - timedelta(days=2),
        expires_at=now + timedelta(days=2),
        answered_at=now,
        waits_since=now,
    )
    waiting = (1, "free seat waits for you to pass it on")
    assert [waiting in texts(user, now) for user in (secretariat, partner)] == [
        True,
        False,
    ]


def test_the_call_a_need_is_about_is_said_with_it(call, krakow, coordinator, now):
    make_nomination(call, krakow)
    make_message(scope=call.slug, kind="selection.offer")
    make_message(scope=call.slug, kind="selection.reserve")
    assert [(need.count, need.detail) for need in needs_of(coordinator, now)][:2] == [
        (2, "offer of a seat: 1 · place on the reserve list: 1"),
        (1, str(call.course)),
    ]


def test_courses_come_in_the_order_of_their_use(programme, coordinator, now):
    today = timezone.localdate(now)
    for slug, starts, ends in (
        ("long-ago", -90, -89), ("over", -2, -1), ("on", -1, 0), ("soon", 3, 4),
        ("later", 30, 31), ("some-day", None, None),
    ):  # fmt: skip
        make_course(
            programme,
            slug=slug,
            title=slug,
            part=None,
            starts_on=None if starts is None else today + timedelta(days=starts),
            ends_on=None if ends is None else today + timedelta(days=ends),
        )
    rows = courses_of(coordinator, now)
    assert [(row.title, row.state) for row in rows] == [
        ("on", "no call yet"),
        ("soon", "no call yet"),
        ("later", "no call yet"),
        ("some-day", "no call yet"),
        ("over", "delivered"),
        ("long-ago", "delivered"),
    ]


@pytest.mark.parametrize(
    ("has_call", "run", "page"),
    (
        (False, None, "programmes:course_plan"),
        (True, None, "nominations:desk"),
        (True, Run(state=Run.State.PROPOSED), "nominations:desk"),
        (True, Run(state=Run.State.ANNOUNCED), "training:roster"),
    ),
)
def test_a_course_leads_to_where_its_work_is(call, has_call, run, page):
    url = page_of(call.course, call if has_call else None, run)
    assert resolve(url).view_name == page


def test_today_leads_to_the_programme_in_numbers(
    client, coordinator, partner, city, call, programme
):
    address = reverse("reports:numbers", args=[programme.slug])
    for user, led in ((coordinator, True), (partner, True), (city, False)):
        client.force_login(user)
        html = client.get(reverse("office:today")).content.decode()
        assert (address in html) is led
