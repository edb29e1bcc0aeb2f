"""The roster's page and files: who gets them, what they show, what is noted."""

import io

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from mosty.audit.models import Entry
from tests.factories import make_nomination
from tests.training.conftest import take_seat

READERS = (
    "coordinator",
    "partner",
    "secretariat",
    "trainer",
    "city",
    "stranger",
)


def path_of(name, course, *args):
    return reverse(f"training:{name}", args=[course.pk, *args])


@pytest.mark.parametrize(
    ("name", "expected"),
    (
        ("roster", (200, 200, 200, 200, 200, 404)),
        ("roster_csv", (200, 200, 200, 200, 200, 404)),
        ("roster_xlsx", (200, 200, 200, 200, 200, 404)),
        ("sheets", (200, 200, 200, 200, 403, 404)),
    ),
)
def test_who_gets_in(request, signed_in, client, timetable, name, expected):
    path = path_of(name, timetable)
    found = tuple(
        signed_in(request.getfixturevalue(reader)).get(path).status_code
        for reader in READERS
    )
    assert found == expected
    assert client.get(path).status_code == 302
    coordinator = signed_in(request.getfixturevalue("coordinator"))
    assert coordinator.post(path).status_code == 405


def test_the_page_shows_those_who_accepted(signed_in, coordinator, timetable):
    page = signed_in(coordinator).get(path_of("roster", timetable)).context["page"]
    assert [(row.name, row.city, row.unit, row.position) for row in page.people] == [
        ("Abacki Zenon", "Łódź", "education", ""),
        ("Ćwik Łucja", "Kraków", "education", ""),
        ("Żak Anna", "Kraków", "culture", "Inspector"),
    ]
    assert page.cities == [("Kraków", 2), ("Łódź", 1)]
    assert [(half.part, len(half.sessions)) for half in page.half_days] == [
        ("morning", 2),
        ("afternoon", 1),
    ]


@pytest.mark.parametrize(
    ("reader", "sees"),
    (
        ("coordinator", (True, True)),
        ("secretariat", (True, False)),
        ("partner", (False, False)),
        ("trainer", (False, False)),
        ("city", (False, False)),
    ),
)
def test_addresses_and_needs_are_for_those_who_must_know(
    request, signed_in, timetable, call, reader, sees
):
    client = signed_in(request.getfixturevalue(reader))
    for name in ("roster", "roster_csv"):
        text = client.get(path_of(name, timetable)).content.decode()
        assert ("nominee" in text and "@example.org" in text, "vegan" in text) == sees


def test_a_city_sees_its_own_people(signed_in, city, timetable):
    answer = signed_in(city).get(path_of("roster", timetable))
    page = answer.context["page"]
    assert {row.city for row in page.people} == {"Kraków"}
    assert (page.half_days, page.cities) == ([], [("Kraków", 2)])
    assert "Abacki" not in answer.content.decode()


def test_nothing_of_the_selection_is_shown(signed_in, trainer, timetable):
    text = signed_in(trainer).get(path_of("roster", timetable)).content.decode()
    words = ("reserve", "drawn", "odds", "priority", "score")
    assert [word for word in words if word in text.lower()] == []


def test_the_spreadsheet_names_nobody_in_its_name(signed_in, coordinator, timetable):
    answer = signed_in(coordinator).get(path_of("roster_xlsx", timetable))
    assert answer["Content-Disposition"] == (
        'attachment; filename="course-participants.xlsx"'
    )
    assert answer["Cache-Control"] == "private, no-store"
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    lines = book.get_sheet_by_index(0).to_python()
    assert lines[0] == [
        "Name",
        "City",
        "Kind of unit",
        "Position",
        "E-mail",
        "Diet",
        "Access needs",
        "Fictional",
    ]
    assert [(line[0], line[5], line[7]) for line in lines[1:]] == [
        ("Abacki Zenon", "", "yes"),
        ("Ćwik Łucja", "", ""),
        ("Żak Anna", "vegan", ""),
    ]


@pytest.mark.parametrize(
    ("name", "kind"),
    (("roster_csv", "csv"), ("roster_xlsx", "xlsx"), ("sheets", "sign-in")),
)
def test_what_is_taken_away_is_noted(signed_in, trainer, timetable, name, kind):
    signed_in(trainer).get(path_of(name, timetable))
    entry = Entry.objects.get()
    assert (
        entry.verb,
        entry.scope,
        entry.actor_label,
        entry.target_key,
        entry.after,
    ) == (
        "roster.exported",
        # The coordinator finds it in her ledger by the programme.
        timetable.programme.slug,
        "Tamara Tyl",
        "course",
        {"form": kind, "rows": 3},
    )


def test_looking_is_not_noted(signed_in, trainer, timetable):
    signed_in(trainer).get(path_of("roster", timetable))
    assert Entry.objects.count() == 0


def test_an_empty_roster_says_what_happens_next(signed_in, coordinator, course):
    text = signed_in(coordinator).get(path_of("roster", course)).content.decode()
    assert "Nobody has a confirmed seat yet" in text
    assert signed_in(coordinator).get(path_of("sheets", course)).status_code == 404


@pytest.mark.parametrize("count", (1, 3))
def test_the_roster_costs_the_same_for_one_and_three(
    signed_in, coordinator, timetable, call, krakow, count, django_assert_num_queries
):
    for number in range(1, count):
        take_seat(call, 10 + number, make_nomination(call, krakow, "Ewa", f"N{number}"))
    client = signed_in(coordinator)
    with django_assert_num_queries(15):
        # session, user with roles, course; its call; sees everybody, gathers, coordinates;
        # sees everybody once more for the rows; people counted, people, needs; by city,
        # timetable; who takes part, and who of them elsewhere, too
        client.get(path_of("roster", timetable))
