"""Pages of several rows: partners, topics, provisions, sessions."""

import pytest
from django.urls import reverse

from mosty.programmes.models import Course, Programme
from tests.programmes.rows import both, make_session

pytestmark = pytest.mark.django_db


def address(name, course):
    """Return the address of one of the course's forms."""
    return reverse(f"programmes:{name}", args=[course.programme.slug, course.slug])


def sent_rows(*rows, initial=0):
    """Return what the browser sends for these rows."""
    data = {"rows-TOTAL_FORMS": str(len(rows)), "rows-INITIAL_FORMS": str(initial)}
    for place, row in enumerate(rows):
        data |= {f"rows-{place}-{name}": value for name, value in row.items()}
    return data


@pytest.mark.parametrize("count", (1, 3))
def test_the_timetable_form_costs_the_same_for_one_and_three(
    signed_in, coordinator, course, trainer, count, django_assert_num_queries
):
    for number in range(count):
        make_session(course, hour=8 + 2 * number, trainers=[trainer.person])
    client = signed_in(coordinator)
    with django_assert_num_queries(10):
        # session, user with roles; course, may she change it; who may train; the draft
        # that is seen (sessions, trainers, people), then the rows (sessions, trainers)
        page = client.get(address("sessions", course))
    assert len(page.context["rows"].forms) == count + 1


def test_partners_are_set(signed_in, coordinator, programme, odihr, unhcr):
    rows = [
        {"organisation": unhcr.pk, "role": "host", "ORDER": 2},
        {"organisation": odihr.pk, "role": "coordinator", "ORDER": 1},
        {"organisation": odihr.pk, "role": "funder", "ORDER": 3, "DELETE": "on"},
        {"organisation": "", "role": ""},
    ]
    page = signed_in(coordinator).post(
        reverse("programmes:partners", args=["academy"]), sent_rows(*rows, initial=3)
    )
    assert page.status_code == 302
    assert [(p.organisation, p.role) for p in programme.partnerships.all()] == [
        (odihr, "coordinator"),
        (unhcr, "host"),
    ]


def test_a_refusal_stands_above_the_rows(signed_in, coordinator, programme, unhcr):
    page = signed_in(coordinator).post(
        reverse("programmes:partners", args=["academy"]),
        sent_rows({"organisation": unhcr.pk, "role": "host"}),
    )
    assert page.context["problem"] == (
        "Exactly one organisation coordinates a programme."
    )
    assert programme.partnerships.count() == 3


def test_another_row_is_added_without_losing_or_judging_what_is_typed(
    signed_in, coordinator, course
):
    data = sent_rows({"text_0": "", "text_1": ""}, {"text_1": "Housing", "ORDER": "x"})
    page = signed_in(coordinator).post(
        address("topics", course), {**data, "add": "yes"}
    )
    html = page.content.decode()
    assert len(page.context["rows"].forms) == 3
    assert 'value="Housing"' in html
    assert "errorlist" not in html
    assert course.topics.count() == 0


def test_topics_are_set_in_the_order_given(signed_in, coordinator, course):
    rows = [
        {"text_0": "Szkoły", "text_1": "Schools", "ORDER": "2"},
        {"text_0": "Mieszkania", "text_1": "Housing", "ORDER": "1"},
        {"text_0": "", "text_1": ""},
    ]
    path = address("topics", course)
    assert signed_in(coordinator).post(path, sent_rows(*rows)).status_code == 302
    assert [str(topic.text) for topic in course.topics.all()] == ["Housing", "Schools"]
    html = signed_in(coordinator).get(path).content.decode()
    assert html.index('value="Housing"') < html.index('value="Schools"')


def test_provisions_are_set_from_the_partners(signed_in, coordinator, course, ump):
    path = address("provisions", course)
    rows = [{"what": "venue", "organisation": ump.pk}]
    assert signed_in(coordinator).post(path, sent_rows(*rows)).status_code == 302
    assert [(p.what, p.organisation) for p in course.provisions.all()] == [
        ("venue", ump)
    ]


def test_an_organisation_that_takes_no_part_is_not_offered(
    signed_in, coordinator, course, krakow
):
    rows = [{"what": "venue", "organisation": krakow.pk}]
    page = signed_in(coordinator).post(address("provisions", course), sent_rows(*rows))
    assert list(page.context["rows"].forms[0].errors) == ["organisation"]


def session_row(course, **changes):
    return {
        "title_1": "Stereotypes",
        "day": course.starts_on.isoformat(),
        "starts": "09:00",
        "ends": "11:00",
        **changes,
    }


def test_sessions_are_set_on_the_programmes_clock(
    signed_in, coordinator, course, trainer
):
    Programme.objects.update(time_zone="Europe/Riga")
    path = address("sessions", course)
    row = session_row(course, trainers=[trainer.person.pk], room="Hall")
    assert signed_in(coordinator).post(path, sent_rows(row)).status_code == 302
    (session,) = course.sessions.all()
    course.programme.refresh_from_db()
    assert course.programme.local(session.starts_at).hour == 9
    assert [row.person for row in session.trainers.all()] == [trainer.person]
    assert 'value="09:00"' in signed_in(coordinator).get(path).content.decode()


def test_a_saved_timetable_can_be_saved_again(signed_in, coordinator, course, trainer):
    old = make_session(course, both("Stereotypes"), trainers=[trainer.person])
    row = session_row(course, key=old.pk, trainers=[trainer.person.pk], ends="12:00")
    page = signed_in(coordinator).post(
        address("sessions", course), sent_rows(row, initial=1)
    )
    assert page.status_code == 302
    (session,) = course.sessions.all()
    assert session.pk == old.pk
    assert course.programme.local(session.ends_at).hour == 12


@pytest.mark.parametrize(
    ("changes", "field"),
    (
        ({"ends": "09:00"}, "ends"),
        ({"day": "2020-01-01"}, "day"),
        ({"room": "hall"}, "room"),
    ),
)
def test_a_contradiction_is_shown_at_its_row_and_field(
    signed_in, coordinator, course, changes, field
):
    rows = [
        session_row(course, room="Hall", DELETE=""),
        session_row(course, title_1="Removed", room="Hall", DELETE="on"),
        session_row(course, title_1="Plans", **changes),
    ]
    page = signed_in(coordinator).post(address("sessions", course), sent_rows(*rows))
    assert page.status_code == 200
    assert [list(form.errors) for form in page.context["rows"].forms] == [
        [],
        [],
        [field],
    ]
    assert course.sessions.count() == 0


def test_a_time_that_summer_time_skips_is_refused(signed_in, coordinator, course):
    Course.objects.update(starts_on="2027-03-28", ends_on="2027-03-28")
    course.refresh_from_db()
    row = session_row(course, starts="02:30", ends="04:00")
    page = signed_in(coordinator).post(address("sessions", course), sent_rows(row))
    assert list(page.context["rows"].forms[0].errors) == ["starts"]


def test_nominees_are_not_offered_as_trainers(signed_in, coordinator, course, trainer):
    page = signed_in(coordinator).get(address("sessions", course))
    (form,) = page.context["rows"].forms
    assert form.fields["trainers"].choices == [(str(trainer.person.pk), "Tamara Tyl")]


def form_of(client, course):
    """Return what the browser would send of the form as it is shown now."""
    page = client.get(address("sessions", course))
    return {"seen": page.context["seen"]}


def test_a_row_is_copied_with_all_but_its_key(signed_in, coordinator, course, trainer):
    old = make_session(course, both("Stereotypes"), trainers=[trainer.person])
    row = session_row(
        course, key=old.pk, room="Hall", trainers=[trainer.person.pk], ends="10:30"
    )
    page = signed_in(coordinator).post(
        address("sessions", course), {**sent_rows(row, {}, initial=1), "copy": "0"}
    )
    forms = page.context["rows"].forms
    names = ("title_1", "day", "starts", "ends", "room", "trainers", "key")
    found = [
        form.data.get(form.add_prefix(name)) for form in forms[2:] for name in names
    ]
    assert found == [
        "Stereotypes", course.starts_on.isoformat(), "09:00", "10:30", "Hall",
        str(trainer.person.pk), None,
    ]  # fmt: skip
    assert "errorlist" not in page.content.decode()
    assert course.sessions.count() == 1


def test_enter_in_a_field_saves(signed_in, coordinator, course):
    html = signed_in(coordinator).get(address("sessions", course)).content.decode()
    form = html[html.index("<form", html.index("<main")) :]
    first = form[form.index("<button") : form.index("</button>")]
    assert first.endswith(">Save")


def test_what_another_wrote_meanwhile_is_not_lost(signed_in, coordinator, course):
    mine = make_session(course, both("Mine"), hour=9)
    gone = make_session(course, both("Gone"), hour=11)
    client = signed_in(coordinator)
    form = form_of(client, course)
    # Another editor moves one, deletes one, adds one.
    mine.starts_at = mine.starts_at.replace(minute=30)
    mine.save()
    gone_key = gone.pk
    gone.delete()
    added = make_session(course, both("Added"), hour=14)
    rows = [
        session_row(course, key=mine.pk, title_1="Typed by me"),
        session_row(course, key=gone_key, title_1="Gone", starts="11:00", ends="13:00"),
    ]
    path = address("sessions", course)

    page = client.post(path, {**sent_rows(*rows, initial=2), **form})

    assert page.context["problem"] == (
        "Somebody else has changed this timetable meanwhile."
    )
    assert [line.partition(":")[0] for line in page.context["changes"]] == [
        "Mine", "Gone", "Added",
    ]  # fmt: skip
    shown = page.context["rows"].forms
    assert [form.data.get(form.add_prefix("title_1")) for form in shown] == [
        "Typed by me", "Gone", "Added", None,
    ]  # fmt: skip
    assert [form.data.get(form.add_prefix("key")) for form in shown] == [
        str(mine.pk), "", str(added.pk), None,
    ]  # fmt: skip
    assert course.sessions.filter(title__icontains="Typed").count() == 0

    again = {
        name: value
        for form in shown
        for name, value in form.data.items()
        if name.startswith("rows-")
    }
    page = client.post(path, {**again, "seen": page.context["seen"]})
    assert page.status_code == 302
    assert sorted(str(one.title) for one in course.sessions.all()) == [
        "Added", "Gone", "Typed by me",
    ]  # fmt: skip


@pytest.mark.parametrize("seen", ("", "{}", "[1]", "null", '{"sessions": 3}'))
def test_a_form_that_does_not_say_what_was_seen_is_still_held_against_itself(
    signed_in, coordinator, course, seen
):
    page = signed_in(coordinator).post(
        address("sessions", course), {**sent_rows(session_row(course)), "seen": seen}
    )
    assert page.status_code == 302


def test_a_session_is_cancelled_and_frees_its_room(signed_in, coordinator, course):
    old = make_session(course, both("Stereotypes"), room="Hall")
    rows = [
        session_row(course, key=old.pk, room="Hall", is_cancelled="on"),
        session_row(
            course, title_1="Instead", room="Hall", online="meet.example.org/x"
        ),
    ]
    page = signed_in(coordinator).post(
        address("sessions", course), sent_rows(*rows, initial=1)
    )
    assert page.status_code == 302
    found = course.sessions.order_by("pk").values_list("is_cancelled", "online")
    assert list(found) == [(True, ""), (False, "https://meet.example.org/x")]
