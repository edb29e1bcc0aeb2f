"""The sign-in sheets: one for each half-day, accessible, and deaf to markup."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from mosty.training import sign_in
from mosty.training.queries.roster import HalfDay, Row


def person(name, city="Łódź", *, fictional=False):
    return Row(name, fictional, city, "", "", "", "", "")


@pytest.fixture
def morning(timetable):
    return HalfDay(date(2024, 6, 20), True, ())


def test_the_pdf_is_tagged_and_names_its_language(timetable, morning):
    with translation.override("pl"):
        made = sign_in.pdf(timetable, [morning], [person("Żółć Łucja")])
    assert made.startswith(b"%PDF-")
    assert b"/MarkInfo" in made
    assert b"/Lang(pl)" in made
    assert b"pdfuaid:part" in made


@pytest.mark.parametrize(
    "name",
    ("#panic()", "$x^", "*a* _b_ `c` <d> @e", '"\\', "= H\n- l", "]#[", "//x /*"),
)
def test_a_name_is_no_markup(timetable, morning, name):
    """What would be an error, or a heading, in Typst is only a name here."""
    with_name = sign_in.pdf(timetable, [morning], [person(name)])
    assert with_name.startswith(b"%PDF-")


def test_every_half_day_has_its_page(timetable, morning):
    afternoon = HalfDay(date(2024, 6, 20), False, ())
    people = [person("Nowak Ewa")]
    one, two = (
        sign_in.pdf(timetable, halves, people)
        for halves in ([morning], [morning, afternoon])
    )
    assert (pages(one), pages(two)) == (1, 2)


def test_twenty_five_people_fit_on_one_page(timetable, morning):
    people = [person(f"Nowak Ewa {number}") for number in range(25)]
    assert pages(sign_in.pdf(timetable, [morning], people)) == 1


def pages(made):
    return int(re.search(rb"/Type/Pages/Count (\d+)", made)[1])


def test_one_half_day_by_its_address(signed_in, trainer, timetable):
    day = timetable.starts_on.isoformat()
    client = signed_in(trainer)
    path = reverse("training:sheet", args=[timetable.pk, f"{day}-am"])
    answer = client.get(path)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == (
        f'attachment; filename="course-sign-in-{day}-am.pdf"'
    )
    assert pages(answer.content) == 1
    assert (
        pages(client.get(reverse("training:sheets", args=[timetable.pk])).content) == 2
    )
    missing = reverse("training:sheet", args=[timetable.pk, f"{day}-night"])
    assert client.get(missing).status_code == 404


def test_a_sheet_on_the_table_shows_no_addresses(
    signed_in, timetable, coordinator, monkeypatch
):
    """Not even for the coordinator, who may know them."""
    shown = []
    monkeypatch.setattr(
        "mosty.training.sign_in.pdf",
        lambda course, halves, people: shown.extend(people) or b"%PDF-",
    )
    signed_in(coordinator).get(reverse("training:sheets", args=[timetable.pk]))
    assert {(row.email, row.diet, row.access) for row in shown} == {("", "", "")}
    assert len(shown) == 3
