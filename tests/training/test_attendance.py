"""The pages on which attendance is marked and read, and the files that are taken away."""

import io
from uuid import uuid4

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from mosty.audit.models import Entry
from mosty.training.models import CompletionRule, Mark
from mosty.training.queries.attendance_table import Cell
from mosty.training.templatetags import training_marks
from mosty.ui.queueing import owner_of
from tests.factories import make_nomination
from tests.training.conftest import take_seat

READERS = ("coordinator", "secretariat", "trainer", "partner", "city", "stranger")


def path_of(name, session):
    return reverse(f"training:{name}", args=[session.course_id, session.pk])


def course_path(name, session):
    return reverse(f"training:{name}", args=[session.course_id])


@pytest.mark.parametrize(
    ("name", "expected"),
    (
        ("attendance_session", (200, 200, 200, 403, 404, 404)),
        ("attendance_sheet", (200, 200, 200, 403, 404, 404)),
        ("screen", (200, 200, 200, 403, 404, 404)),
    ),
)
def test_who_gets_to_a_session(request, signed_in, client, begun, name, expected):
    path = path_of(name, begun)
    found = tuple(
        signed_in(request.getfixturevalue(reader)).get(path).status_code
        for reader in READERS
    )
    assert found == expected
    assert client.get(path).status_code == 302


@pytest.mark.parametrize(
    ("name", "expected"),
    (
        ("attendance", (200, 200, 200, 200, 403, 404)),
        ("attendance_csv", (200, 200, 200, 200, 403, 404)),
        ("attendance_xlsx", (200, 200, 200, 200, 403, 404)),
        ("completion_rule", (200, 403, 403, 403, 403, 404)),
    ),
)
def test_who_gets_to_a_course(request, signed_in, client, begun, name, expected):
    path = course_path(name, begun)
    found = tuple(
        signed_in(request.getfixturevalue(reader)).get(path).status_code
        for reader in READERS
    )
    assert found == expected
    assert client.get(path).status_code == 302


@pytest.mark.parametrize("name", ("attendance_session", "attendance_sheet"))
def test_a_session_of_another_course_is_not_found(signed_in, coordinator, begun, name):
    path = reverse(f"training:{name}", args=[begun.course_id + 1, begun.pk])
    assert signed_in(coordinator).get(path).status_code == 404


@pytest.mark.parametrize(
    ("name", "way"), (("attendance_session", "roster"), ("attendance_sheet", "sheet"))
)
def test_a_whole_form_is_taken(signed_in, trainer, begun, people, name, way):
    path = path_of(name, begun)
    sent = {
        f"kind-{people['Anna'].code}": "late",
        f"minutes-{people['Anna'].code}": "7",
        f"kind-{people['Zenon'].code}": "absent",
    }
    answer = signed_in(trainer).post(path, sent)
    assert (answer.status_code, answer["Location"]) == (302, path)
    found = Mark.objects.order_by("kind").values_list("kind", "minutes", "way")
    assert list(found) == [("absent", None, way), ("late", 7, way)]


def test_the_rest_are_present(signed_in, trainer, begun, people):
    path = path_of("attendance_session", begun)
    page = signed_in(trainer).get(path).context["page"]
    sent = {
        f"kind-{people['Anna'].code}": "absent",
        "listed": page.listed,
        "rest": "present",
    }
    signed_in(trainer).post(path, sent)
    kinds = Mark.objects.order_by("kind").values_list("kind", flat=True)
    assert list(kinds) == ["absent", "present", "present"]


def test_who_is_left_as_shown_is_not_sent_on(
    signed_in, trainer, coordinator, begun, people
):
    """Tamara's page is older than Alice's correction, but says nothing of Anna."""
    path, anna = path_of("attendance_session", begun), people["Anna"].code
    signed_in(trainer).post(path, {f"kind-{anna}": "present"})
    old = signed_in(trainer).get(path).context["page"].seen
    signed_in(coordinator).post(
        path, {f"kind-{anna}": "absent", "seen": old, "reason": "She left"}
    )
    signed_in(trainer).post(
        path,
        {
            f"kind-{anna}": "present",
            f"kind-{people['Zenon'].code}": "present",
            "seen": old,
        },
    )
    found = Mark.objects.order_by("kind").values_list("kind", "version")
    assert list(found) == [("absent", 2), ("present", 1)]


def test_a_clash_shows_both_and_keeps_what_was_chosen(
    signed_in, trainer, coordinator, begun, people
):
    path, anna = path_of("attendance_session", begun), people["Anna"].code
    signed_in(coordinator).post(path, {f"kind-{anna}": "absent"})
    answer = signed_in(trainer).post(path, {f"kind-{anna}": "present"})
    (sentence,) = answer.context["clashes"]
    start = "Żak Anna: you say present; on record is absent ("
    assert sentence.startswith(start)
    assert sentence.endswith(", Alice Adams, from the roster).")
    person = next(p for p in answer.context["page"].people if p.code == anna)
    assert (person.kind, person.version, person.chosen) == ("absent", 1, "present")
    again = {
        f"kind-{anna}": "present",
        "seen": answer.context["page"].seen,
        "reason": "She is here",
    }
    assert signed_in(trainer).post(path, again).status_code == 302
    page = signed_in(trainer).get(path).context["page"]
    person = next(p for p in page.people if p.code == anna)
    assert person.kind == "present"
    assert [(c.was, c.by, c.reason) for c in person.corrections] == [
        ("absent", "Tamara Tyl", "She is here")
    ]


@pytest.mark.parametrize("minutes", ("", "0", "x", "601", "-3"))
def test_late_needs_its_minutes(signed_in, trainer, begun, people, minutes):
    path, anna = path_of("attendance_session", begun), people["Anna"].code
    sent = {f"kind-{anna}": "late", f"minutes-{anna}": minutes}
    answer = signed_in(trainer).post(path, sent)
    assert answer.context["errors"] == [
        (anna, "Żak Anna", "Enter how many minutes late: a number from 1.")
    ]
    assert Mark.objects.count() == 0


# From the queue of a device -----------------------------------------------------------


@pytest.fixture
def tap(signed_in, begun, rf):
    """Return what sends one tap as a device does."""

    def tapped(user, code, kind, key=None, owner=None, **more):
        request = rf.get("/")
        request.user = user
        return signed_in(user).post(
            path_of("attendance_session", begun),
            {"tap": "1", f"kind-{code}": kind, "key": str(key or uuid4()), **more},
            headers={"X-Queue": owner or owner_of(request)},
        )

    return tapped


def test_a_tap_is_answered_in_json(tap, trainer, people):
    answer = tap(trainer, people["Anna"].code, "present")
    assert (answer.status_code, answer.json()) == (
        200,
        {
            "state": "taken",
            "text": "1 person is marked.",
            "url": "",
            "versions": {people["Anna"].code: 1},
        },
    )


def test_a_tap_sent_twice_is_taken_once(tap, trainer, people):
    key = uuid4()
    first = tap(trainer, people["Anna"].code, "present", key)
    assert tap(trainer, people["Anna"].code, "present", key).json() == first.json()
    assert (Mark.objects.count(), Entry.objects.count()) == (1, 1)


def test_a_clashing_tap_is_told_how_to_go_on(tap, trainer, coordinator, people, begun):
    tap(coordinator, people["Anna"].code, "absent")
    answer = tap(trainer, people["Anna"].code, "present")
    found = answer.json()
    assert (answer.status_code, found["state"], found["links"]) == (
        409,
        "conflict",
        [{"url": path_of("attendance_session", begun), "label": "Open the list"}],
    )


def test_a_tap_that_is_refused_says_why(tap, trainer, people, begun):
    type(begun).objects.filter(pk=begun.pk).update(
        starts_at="2090-01-01T09:00Z", ends_at="2090-01-01T10:00Z"
    )
    answer = tap(trainer, people["Anna"].code, "present")
    assert (answer.status_code, answer.json()["state"]) == (422, "refused")


def test_what_waits_for_another_is_not_taken(tap, trainer, people):
    answer = tap(trainer, people["Anna"].code, "present", owner="another")
    assert (answer.status_code, Mark.objects.count()) == (401, 0)


# The table and its files ----------------------------------------------------------------


def test_the_table_shows_marks_hours_and_corrections(signed_in, trainer, begun, people):
    path, anna = path_of("attendance_session", begun), people["Anna"].code
    client = signed_in(trainer)
    client.post(path, {f"kind-{anna}": "absent"})
    seen = client.get(path).context["page"].seen
    client.post(
        path,
        {
            f"kind-{anna}": "late",
            f"minutes-{anna}": "30",
            "seen": seen,
            "reason": "She came",
        },
    )
    page = client.get(course_path("attendance", begun)).context["page"]
    line = next(line for line in page.people if line.name == "Żak Anna")
    assert [(c.letter, c.words) for c in line.cells][:1] == [("L", "late, 30 min")]
    assert (line.hours, line.standing.percent, str(line.standing.status.label)) == (
        "1:00",
        22,
        "not completed",
    )
    assert [one.reason for one in page.corrections] == ["She came"]
    lines = client.get(course_path("attendance_csv", begun)).content.decode()
    assert "by Tamara Tyl: She came (before: absent)" in lines


def test_the_spreadsheet(signed_in, coordinator, begun, people):
    client = signed_in(coordinator)
    client.post(
        path_of("attendance_session", begun), {f"kind-{people['Anna'].code}": "present"}
    )
    answer = client.get(course_path("attendance_xlsx", begun))
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    lines = book.get_sheet_by_index(0).to_python()
    assert lines[0][-6:] == [
        "Minutes attended",
        "Minutes in all",
        "Per cent",
        "Status",
        "Corrections",
        "Fictional",
    ]
    assert [(line[0], line[3], line[-6]) for line in lines[1:]] == [
        ("Abacki Zenon", "not marked", 0),
        ("Ćwik Łucja", "not marked", 0),
        ("Żak Anna", "present", 90),
    ]
    assert Entry.objects.latest("pk").verb == "attendance.exported"


@pytest.mark.parametrize("count", (1, 3))
@pytest.mark.parametrize(("name", "queries"), (("attendance", 11), ("session", 8)))
def test_pages_cost_the_same_for_one_and_three(
    signed_in, coordinator, begun, call, krakow, name, queries, count,
    django_assert_num_queries,
):  # fmt: skip
    for number in range(1, count):
        take_seat(call, 10 + number, make_nomination(call, krakow, "Ewa", f"N{number}"))
    client = signed_in(coordinator)
    path = (
        course_path(name, begun)
        if name == "attendance"
        else path_of("attendance_session", begun)
    )
    page = path_of("attendance_session", begun)
    listed = client.get(page).context["page"].listed
    client.post(page, {"rest": "absent", "listed": listed})
    client.get(path)
    with django_assert_num_queries(queries):
        client.get(path)


@pytest.mark.parametrize("count", (1, 3))
@pytest.mark.parametrize(("name", "queries"), (("attendance", 12), ("session", 9)))
def test_corrections_cost_one_query_for_all(
    signed_in, coordinator, begun, people, name, queries, count,
    django_assert_num_queries,
):  # fmt: skip
    client, page = signed_in(coordinator), path_of("attendance_session", begun)
    codes = [offer.code for offer in people.values()][:count]
    client.post(page, {f"kind-{code}": "present" for code in codes})
    seen = client.get(page).context["page"].seen
    wanted = {f"kind-{code}": "absent" for code in codes}
    client.post(page, {**wanted, "seen": seen, "reason": "A mistap"})
    path = page if name == "session" else course_path(name, begun)
    with django_assert_num_queries(queries):
        found = client.get(path).context["page"]
    if name == "attendance":
        shown = [one.was for one in found.corrections]
    else:
        shown = [one.was for person in found.people for one in person.corrections]
    assert shown == ["present"] * count


def test_a_mark_is_a_letter_with_its_words():
    cells = [
        Cell("L", "late", 12, "late, 12 min"),
        Cell("–", "", None, "not marked"),
        Cell("<", "x", None, "&"),
    ]
    assert training_marks.marks(cells) == (
        '<td><span class="m late" aria-hidden="true">L 12</span>'
        '<span class="visually-hidden">late, 12 min</span></td>'
        '<td><span class="m " aria-hidden="true">–</span>'
        '<span class="visually-hidden">not marked</span></td>'
        '<td><span class="m x" aria-hidden="true">&lt;</span>'
        '<span class="visually-hidden">&amp;</span></td>'
    )


def test_the_button_of_the_mark_is_chosen():
    buttons = [("present", "present", "p"), ("absent", "not there", "a")]
    assert training_marks.mark_buttons(buttons, 'K7"', "absent") == (
        '<label class="kind present"><input type="radio" name="kind-K7&quot;"'
        ' value="present"><span>present</span></label>'
        '<label class="kind absent"><input type="radio" name="kind-K7&quot;"'
        ' value="absent" checked><span>not there</span></label>'
    )


def test_the_rule_is_changed_with_a_reason(signed_in, coordinator, begun):
    client, path = signed_in(coordinator), course_path("completion_rule", begun)
    sent = {"least_percent": "75", "excused_counts": "on"}
    assert client.post(path, sent).context["form"].errors.keys() == {"reason"}
    answer = client.post(path, {**sent, "reason": "As the partners agreed"})
    assert answer["Location"] == course_path("attendance", begun)
    rule = CompletionRule.objects.get()
    assert (rule.least_percent, rule.excused_counts) == (75, True)
