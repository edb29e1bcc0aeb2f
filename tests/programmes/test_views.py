"""The planning pages: who gets in, what they show, what they send on."""

from datetime import date

import pytest
from django.urls import reverse

from mosty.programmes.languages import Text
from mosty.programmes.models import Course, Programme
from tests.factories import make_course, make_programme
from tests.programmes.rows import both, make_session

pytestmark = pytest.mark.django_db

PROGRAMME_FORMS = ("edit", "partners", "unpublish", "create_course")
COURSE_FORMS = (
    "edit_course",
    "topics",
    "provisions",
    "sessions",
    "unpublish_course",
    "discard_course",
    "clone_course",
)
DETAILS = {
    "name_0": "Akademia",
    "name_1": "Academy",
    "short_name_0": "Akademia",
    "short_name_1": "Academy",
    "summary_0": "Szkolenia.",
    "summary_1": "Courses.",
    "slug": "academy",
    "starts_on": "2027-01-01",
    "ends_on": "2028-06-30",
    "languages": ["pl", "en"],
    "time_zone": "Europe/Warsaw",
}
COURSE = {
    "title_0": "Partnerstwa",
    "title_1": "Partnerships",
    "slug": "course",
    "languages": ["pl"],
    "starts_on": "2027-06-20",
    "ends_on": "2027-06-21",
    "capacity": "24",
}


def address(name, course):
    """Return the address of a page of the course or its programme."""
    args = [course.programme.slug]
    if name in COURSE_FORMS or name in {"course_plan", "publish_course"}:
        args.append(course.slug)
    return reverse(f"programmes:{name}", args=args)


@pytest.mark.parametrize("name", (*PROGRAMME_FORMS, *COURSE_FORMS))
def test_forms_are_for_the_coordinator(
    request, signed_in, client, coordinator, course, name
):
    path = address(name, course)
    readers = ["partner", "secretariat", "city", "trainer", "stranger"]
    for reader in readers:
        page = signed_in(request.getfixturevalue(reader))
        assert page.get(path).status_code == 403
        assert page.post(path).status_code == 403
    assert client.get(path).status_code == 302
    assert signed_in(coordinator).get(path).status_code == 200
    assert signed_in(coordinator).delete(path).status_code == 405


@pytest.mark.parametrize(
    "name", ("plan", *PROGRAMME_FORMS, "course_plan", *COURSE_FORMS)
)
def test_a_draft_is_missing_for_strangers(signed_in, stranger, course, name):
    Programme.objects.update(is_published=False)
    assert signed_in(stranger).get(address(name, course)).status_code == 404


def test_the_course_plan_leads_to_its_people(partner, signed_in, course):
    client = signed_in(partner)
    page = client.get(address("course_plan", course)).content.decode()
    roster = reverse("training:roster", args=[course.pk])
    assert page.count(f'href="{roster}"') == 1
    assert client.get(roster).status_code == 200


@pytest.mark.parametrize("name", ("plan", "course_plan"))
def test_plans_are_for_partners(request, signed_in, course, name):
    path = address(name, course)
    statuses = {
        reader: signed_in(request.getfixturevalue(reader)).get(path).status_code
        for reader in ("coordinator", "partner", "secretariat", "city", "stranger")
    }
    assert statuses == {
        "coordinator": 200,
        "partner": 200,
        "secretariat": 200,
        "city": 403,
        "stranger": 403,
    }


@pytest.mark.parametrize("name", ("plan", "course_plan"))
def test_a_reader_is_offered_no_change(signed_in, partner, coordinator, course, name):
    path = address(name, course)
    links = [
        signed_in(user).get(path).content.decode().count("/edit/")
        for user in (partner, coordinator)
    ]
    assert links[0] < links[1]
    # The list of forms that wait for a network stands on every page, with its button.
    html = signed_in(partner).get(path).content.decode()
    assert html.replace("data-part=", "").count("btn-stop") == 1


@pytest.mark.parametrize("name", ("publish", "publish_course"))
def test_publishing_is_a_post_of_the_coordinator(
    signed_in, client, coordinator, partner, course, name
):
    Course.objects.update(is_published=False, summary=both("Practice."))
    path = address(name, course)
    assert signed_in(coordinator).get(path).status_code == 405
    assert signed_in(partner).post(path).status_code == 403
    assert client.post(path).status_code == 302
    assert signed_in(coordinator).post(path).status_code == 302
    course.refresh_from_db()
    assert course.is_published == (name == "publish_course")


def test_what_is_not_ready_is_not_published_and_says_why(
    signed_in, coordinator, course
):
    Course.objects.update(is_published=False)
    page = signed_in(coordinator).post(address("publish_course", course), follow=True)
    assert [str(message) for message in page.context["messages"]] == [
        "Not written yet: in short. Languages: Polish, English."
    ]


@pytest.mark.parametrize("count", (1, 3))
def test_the_list_costs_the_same_for_one_and_three(
    signed_in, coordinator, programme, count, django_assert_num_queries
):
    for number in range(1, count):
        make_programme(f"other-{number}")
    client = signed_in(coordinator)
    with django_assert_num_queries(5):
        # session, user with roles; whom she coordinates, programmes, her organisations
        page = client.get(reverse("programmes:index"))
    assert len(page.context["programmes"]) == count


@pytest.mark.parametrize("count", (1, 3))
def test_the_plan_costs_the_same_for_one_and_three(
    signed_in, coordinator, programme, count, django_assert_num_queries
):
    for number in range(count):
        course = make_course(programme, f"course-{number}", part=number + 1)
        make_session(course)
    client = signed_in(coordinator)
    with django_assert_num_queries(7):
        # session, user with roles; programme, may she see it; courses, partners, may she
        # change it
        page = client.get(reverse("programmes:plan", args=["academy"]))
    assert len(page.context["plan"].courses) == count


@pytest.mark.parametrize("count", (1, 3))
def test_the_course_plan_costs_the_same_for_one_and_three(
    signed_in, coordinator, course, trainer, count, django_assert_num_queries
):
    for number in range(count):
        make_session(course, hour=8 + 2 * number, trainers=[trainer.person])
        course.topics.create(order=number + 1, text=both("Housing"))
    client = signed_in(coordinator)
    with django_assert_num_queries(11):
        # session, user with roles; course, may she see it; topics, provisions, sessions,
        # their trainers, the people; may she change it, may she hold it again
        page = client.get(address("course_plan", course))
    assert len(page.context["plan"].sessions) == count


def test_a_stranger_finds_only_public_programmes_in_the_list(
    signed_in, stranger, programme
):
    make_programme("draft", is_published=False)
    page = signed_in(stranger).get(reverse("programmes:index"))
    assert [row.slug for row in page.context["programmes"]] == ["academy"]
    assert not page.context["may_create"]


def test_a_programme_is_begun(signed_in, coordinator, odihr):
    page = signed_in(coordinator).post(
        reverse("programmes:create"),
        {**DETAILS, "slug": "poland-2027", "coordinator": odihr.pk},
    )
    assert page.headers["Location"] == "/en/poland-2027/edit/"
    programme = Programme.objects.get(slug="poland-2027")
    assert programme.name == Text({"pl": "Akademia", "en": "Academy"})
    assert programme.partnerships.get().organisation == odihr


@pytest.mark.parametrize("name", ("partner", "stranger"))
def test_others_begin_no_programme(request, signed_in, name):
    page = signed_in(request.getfixturevalue(name)).get(reverse("programmes:create"))
    assert page.status_code == 403


@pytest.mark.parametrize(
    ("changes", "field"),
    (
        ({"slug": "ledger"}, "slug"),
        ({"slug": "other"}, "slug"),
        ({"ends_on": "2026-12-31"}, "ends_on"),
        ({"languages": []}, "languages"),
        ({"name_0": "", "name_1": ""}, "name"),
    ),
)
def test_a_mistake_is_shown_at_its_field_and_nothing_typed_is_lost(
    signed_in, coordinator, programme, changes, field
):
    make_programme("other")
    # The address may change only while the programme is hidden.
    Programme.objects.filter(pk=programme.pk).update(is_published=False)
    page = signed_in(coordinator).post(
        reverse("programmes:edit", args=["academy"]), {**DETAILS, **changes}
    )
    assert page.status_code == 200
    assert list(page.context["form"].errors) == [field]
    assert 'value="2027-01-01"' in page.content.decode()
    assert 'id="error-summary"' in page.content.decode()


def test_the_details_are_changed(signed_in, coordinator, programme):
    path = reverse("programmes:edit", args=["academy"])
    assert "Academy for tests" in signed_in(coordinator).get(path).content.decode()
    page = signed_in(coordinator).post(path, DETAILS)
    assert page.headers["Location"] == "/en/academy/edit/"
    programme.refresh_from_db()
    assert (programme.starts_on, programme.languages) == (
        date(2027, 1, 1),
        ["pl", "en"],
    )


def test_a_programme_is_hidden_with_a_reason(signed_in, coordinator, programme):
    path = reverse("programmes:unpublish", args=["academy"])
    assert signed_in(coordinator).post(path, {"reason": ""}).status_code == 200
    signed_in(coordinator).post(path, {"reason": "Too early"})
    programme.refresh_from_db()
    assert not programme.is_published


def test_a_course_is_added_edited_and_cloned(signed_in, coordinator, programme):
    client = signed_in(coordinator)
    added = client.post(address_of("create_course", programme), COURSE)
    assert added.headers["Location"] == "/en/academy/edit/courses/course/"
    course = Course.objects.get()
    assert (str(course.title), course.capacity) == ("Partnerships", 24)

    edited = client.post(address("edit_course", course), {**COURSE, "capacity": "20"})
    assert edited.status_code == 302
    course.refresh_from_db()
    assert course.capacity == 20

    cloned = client.post(
        address("clone_course", course),
        {"into": programme.pk, "slug": "again", "starts_on": "2028-06-20"},
    )
    assert cloned.headers["Location"] == "/en/academy/edit/courses/again/"
    assert Course.objects.get(slug="again").ends_on == date(2028, 6, 21)


def address_of(name, programme):
    return reverse(f"programmes:{name}", args=[programme.slug])


@pytest.mark.parametrize(
    ("name", "changes", "field"),
    (
        ("create_course", {}, "slug"),
        ("create_course", {"slug": "x", "ends_on": "2027-06-19"}, "ends_on"),
        ("clone_course", {"slug": "course"}, "slug"),
    ),
)
def test_a_course_that_cannot_be_is_refused_in_the_form(
    signed_in, coordinator, course, name, changes, field
):
    data = {**COURSE, "into": course.programme_id, **changes}
    page = signed_in(coordinator).post(address(name, course), data)
    assert page.status_code == 200
    assert (
        field in page.context["form"].errors or page.context["form"].non_field_errors()
    )
    assert Course.objects.count() == 1


def test_a_course_is_hidden_and_then_deleted(signed_in, coordinator, course):
    client = signed_in(coordinator)
    early = client.post(address("discard_course", course), {"reason": "Made twice"})
    assert early.context["form"].non_field_errors() == [
        "A public course cannot be deleted. Hide it first."
    ]
    client.post(address("unpublish_course", course), {"reason": "Made twice"})
    done = client.post(address("discard_course", course), {"reason": "Made twice"})
    assert done.headers["Location"] == "/en/academy/edit/"
    assert Course.objects.count() == 0
