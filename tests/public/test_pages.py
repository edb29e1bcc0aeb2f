"""What everybody may read, and what stays hidden until it is published."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mosty.nominations.models import Call, Invitation
from mosty.programmes.languages import Text
from mosty.programmes.models import Course, Programme
from tests.factories import (
    make_call,
    make_city,
    make_course,
    make_organisation,
    make_person,
    make_position,
    make_programme,
    make_version,
)
from tests.programmes.rows import at, both, make_session

pytestmark = pytest.mark.django_db

PATHS = (
    "/en/",
    "/en/open-calls/",
    "/en/academy/",
    "/en/academy/courses/course/",
    "/en/privacy/",
    "/en/accessibility/",
)


@pytest.mark.parametrize("path", (*PATHS, "/robots.txt", "/health/"))
def test_everybody_reads_the_public_pages(client, call, path):
    assert client.get(path).status_code == 200
    assert client.head(path).status_code == 200
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_written_in_the_language_of_its_address(client, call, path):
    assert '<html lang="en">' in client.get(path).content.decode()
    assert (
        '<html lang="pl">' in client.get(path.replace("en", "pl", 1)).content.decode()
    )


def test_the_bare_address_leads_to_the_readers_language(client):
    page = client.get("/", headers={"accept-language": "en"})
    assert page.headers["Location"] == "/en/"


def test_the_first_page_shows_what_is_published(client, programme):
    make_programme("hidden", is_published=False)
    page = client.get("/en/").context["page"]
    assert [card.slug for card in page.programmes] == ["academy"]
    assert page.calls == []


def test_hidden_courses_are_not_counted(client, course):
    make_course(course.programme, "hidden", part=2, is_published=False)
    (card,) = client.get("/en/").context["page"].programmes
    assert card.courses == 1


def test_a_call_is_open_until_its_last_moment(client, course, ump):
    now = timezone.now()
    make_call(course, channel=ump)
    soon = make_course(course.programme, "soon", part=2)
    make_call(
        soon,
        slug="soon",
        channel=ump,
        opens_at=now + timedelta(days=1),
        closes_at=now + timedelta(days=20),
    )
    past = make_course(course.programme, "past", part=3)
    make_call(past, slug="past", channel=ump, closes_at=now - timedelta(seconds=1))

    first = client.get("/en/").context["page"].calls
    every = client.get("/en/open-calls/").context["calls"]

    assert [(line.part, line.state) for line in first] == [(1, "open"), (2, "soon")]
    assert {state: [line.part for line in lines] for state, lines in every.items()} == {
        "soon": [2],
        "open": [1],
        "closed": [3],
    }
    assert first[0].url == "/en/academy/calls/call/"


def test_the_call_that_closed_last_stands_first_among_past_ones(client, course, ump):
    now = timezone.now()
    for days, part in ((9, 2), (3, 3), (6, 4)):
        past = make_course(course.programme, f"past-{part}", part=part)
        closed = now - timedelta(days=days)
        make_call(past, slug=f"past-{part}", channel=ump, closes_at=closed)
    lines = client.get("/en/open-calls/").context["calls"]["closed"]
    assert [line.part for line in lines] == [3, 4, 2]


@pytest.mark.parametrize("hidden", ("draft", "cancelled", "course", "programme"))
def test_a_call_that_is_not_public_is_not_listed(client, call, hidden):
    if hidden == "course":
        Course.objects.update(is_published=False)
    elif hidden == "programme":
        Programme.objects.update(is_published=False)
    else:
        Call.objects.update(state=hidden)
    assert client.get("/en/").context["page"].calls == []
    assert set(map(len, client.get("/en/open-calls/").context["calls"].values())) == {0}


@pytest.mark.parametrize(
    "path", ("/en/academy/", "/en/academy/courses/course/", "/en/other/")
)
def test_what_is_not_published_is_missing(client, signed_in, stranger, course, path):
    Programme.objects.update(is_published=False)
    assert client.get(path).status_code == 404
    assert signed_in(stranger).get(path).status_code == 404


def test_a_partner_sees_the_draft_and_is_told(client, signed_in, partner, course):
    Course.objects.update(is_published=False)
    path = "/en/academy/courses/course/"
    assert client.get(path).status_code == 404
    assert "This is a draft." in signed_in(partner).get(path).content.decode()
    listed = signed_in(partner).get("/en/academy/").context["page"].courses
    assert [(row.slug, row.is_public) for row in listed] == [("course", False)]
    assert client.get("/en/academy/").context["page"].courses == []


def test_the_plan_is_offered_to_those_who_may_read_it(client, signed_in, partner, call):
    offered = [
        reader.get("/en/academy/").content.decode().count("/en/academy/edit/")
        for reader in (client, signed_in(partner))
    ]
    assert offered == [0, 1]


def test_each_city_that_was_written_to_counts_once(client, call, krakow, lodz, ump):
    course = make_course(call.course.programme, "more", part=2)
    other = make_call(course, slug="more", channel=ump)
    sent = timezone.now()
    for number, (to, city, sent_at) in enumerate(
        (
            (call, krakow, sent),
            (other, krakow, sent),
            (other, lodz, sent),
            (other, make_city("Leszno"), None),
        )
    ):
        Invitation.objects.create(
            call=to, organisation=city, code=f"C{number}", sent_at=sent_at
        )
    page = client.get("/en/academy/")
    assert page.context["page"].cities == 2
    assert "cities to which calls were sent" in page.content.decode()


def test_partners_stand_once_with_all_their_roles(client, programme, odihr):
    programme.partnerships.create(
        organisation=odihr, role="funder", of_what=both("the dinner"), order=9
    )
    partners = client.get("/en/academy/").context["page"].partners
    assert [(str(row.name), row.roles) for row in partners] == [
        ("ODIHR", ("coordinates", "funds: the dinner")),
        ("UNHCR", ("organises",)),
        ("UMP", ("passes calls to cities",)),
    ]


def test_a_course_shows_its_timetable_on_the_programmes_clock(client, course):
    Programme.objects.update(time_zone="Europe/Riga")
    course = Course.objects.get()
    make_session(course, both("Housing"), hour=9)
    make_session(course, both("Schools"), hour=9, day=1)
    make_version(course)
    make_session(course, both("Only planned"), hour=14)
    page = client.get("/en/academy/courses/course/")
    assert [
        (day.day, [str(session.title) for session in day.sessions])
        for day in page.context["page"].days
    ] == [(course.starts_on, ["Housing"]), (course.ends_on, ["Schools"])]
    html = page.content.decode()
    assert f'datetime="{at(course, 9).isoformat()}">09:00</time>' in html
    assert "Riga time" in html


def test_a_day_begins_at_midnight_on_the_programmes_clock(client, course):
    # Half past midnight in Warsaw, when it is still the day before by UTC.
    early = at(course, 0, day=1) + timedelta(minutes=30)
    make_session(course, starts_at=early, ends_at=early + timedelta(hours=1))
    make_version(course)
    (day,) = client.get("/en/academy/courses/course/").context["page"].days
    assert day.day == course.ends_on


def test_nobody_is_said_to_lead_where_nobody_does(client, course):
    make_session(course)
    make_version(course)
    page = client.get("/en/academy/courses/course/")
    assert page.context["page"].says_who_leads is False
    assert "Led by" not in page.content.decode()


def test_a_trainer_is_shown_by_her_organisation_of_that_day(client, course, trainer):
    before = course.starts_on - timedelta(days=1)
    make_position(trainer.person, make_organisation("Nansen Center"))
    make_position(trainer.person, make_organisation("Old school"), until=before)
    make_session(course, trainers=[trainer.person])
    make_version(course)
    page = client.get("/en/academy/courses/course/")
    ((session,),) = [day.sessions for day in page.context["page"].days]
    assert session.led_by == ("Nansen Center",)
    assert "Led by" in page.content.decode()
    assert "Tyl" not in page.content.decode()


@pytest.mark.parametrize("illustrative", (True, False))
def test_what_no_source_gives_is_marked(client, course, illustrative):
    make_session(course)
    make_version(course)
    Course.objects.update(is_illustrative=illustrative)
    html = client.get("/en/academy/courses/course/").content.decode()
    # Beside the days, and above the timetable.
    assert html.count("illustrative") == (2 if illustrative else 0)


def test_what_is_not_known_is_said_to_be_not_published(client, course):
    Course.objects.update(starts_on=None, ends_on=None, place="")
    html = client.get("/en/academy/courses/course/").content.decode()
    assert "days not published" in html
    assert "place not published" in html


def test_a_title_in_another_language_is_marked_with_it(client, course):
    Course.objects.update(title=Text({"pl": "Dobre <praktyki>"}))
    english = client.get("/en/academy/courses/course/").content.decode()
    polish = client.get("/pl/academy/courses/course/").content.decode()
    assert '<h1><span lang="pl">Dobre &lt;praktyki&gt;</span></h1>' in english
    assert "<h1>Dobre &lt;praktyki&gt;</h1>" in polish


@pytest.mark.parametrize("count", (1, 3))
def test_public_pages_cost_the_same_for_one_and_three(
    client, programme, ump, count, django_assert_num_queries
):
    for number in range(1, count):
        make_programme(f"other-{number}")
    for number in range(count):
        course = make_course(programme, f"course-{number}", part=number + 1)
        make_call(course, slug=f"call-{number}", channel=ump)
        for hour in range(9, 9 + 2 * count, 2):
            make_session(course, hour=hour, trainers=[make_person()])
        make_version(course)
        for order in range(count):
            course.topics.create(order=order, text=both("Housing"))
            course.provisions.create(
                what="venue", organisation=make_organisation(f"Host {number} {order}")
            )
    with django_assert_num_queries(4):  # programmes, calls, releases, points
        client.get("/en/")
    with django_assert_num_queries(1):  # calls
        client.get("/en/open-calls/")
    with django_assert_num_queries(5):  # programme, calls, cities, partners, courses
        client.get("/en/academy/")
    with django_assert_num_queries(7):
        # course, call, topics, provisions, timetable, where its trainers work; materials
        client.get("/en/academy/courses/course-0/")


def test_a_page_without_cookies_may_be_kept_for_a_minute(client, call):
    page = client.get("/en/academy/")
    assert page.headers["Cache-Control"] == "public, max-age=60"
    assert "Cookie" in page.headers["Vary"]
    assert page.cookies == {}


def test_a_page_of_somebody_signed_in_is_not_shared(signed_in, partner, call):
    page = signed_in(partner).get("/en/academy/")
    assert page.headers["Cache-Control"] == "private, no-cache"


def test_an_unchanged_page_is_not_sent_again(client, call):
    etag = client.get("/en/academy/").headers["ETag"]
    again = client.get("/en/academy/", headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    Programme.objects.update(name=both("Another name"))
    changed = client.get("/en/academy/", headers={"if-none-match": etag})
    assert changed.status_code == 200


def test_health_is_never_kept(client):
    page = client.get("/health/")
    assert page.content == b"ok\n"
    assert "no-store" in page.headers["Cache-Control"]


def test_search_engines_are_kept_from_secret_links(client):
    assert "Disallow: /*/link/" in client.get("/robots.txt").content.decode().split(
        "\n"
    )


# The parts that the official technical conditions name, by which programs find them.
PARTS = (
    "a11y-wstep",
    "a11y-podmiot",
    "a11y-url",
    "a11y-data-publikacja",
    "a11y-data-aktualizacja",
    "a11y-status",
    "a11y-data-sporzadzenie",
    "a11y-data-przeglad",
    "a11y-kontakt",
    "a11y-procedura",
    "a11y-architektura",
)


@pytest.mark.parametrize("language", ("pl", "en"))
def test_the_accessibility_statement_has_every_part(client, settings, language):
    settings.OPERATOR = "Union of cities"
    settings.CONTACT = "office@example.org"
    html = client.get(f"/{language}/accessibility/").content.decode()
    assert [part for part in PARTS if html.count(f'id="{part}"') != 1] == []
    assert 'id="a11y-podmiot">Union of cities<' in html
    assert 'href="mailto:office@example.org"' in html


def test_without_a_contact_the_statement_says_so(client, settings):
    settings.OPERATOR = settings.CONTACT = ""
    for name in ("public:accessibility", "public:privacy"):
        assert "mailto:" not in client.get(reverse(name)).content.decode()
    statement = client.get(reverse("public:accessibility")).content.decode()
    assert "No contact has been named for this installation yet." in statement
