"""How a lead keeps what others have published: added, corrected, taken out, shown."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from mosty.audit.models import Entry
from mosty.figures.actions.cited import CannotCite, Said, mark
from mosty.figures.models import CitedFigure
from mosty.infopoint.actions import cited as actions
from mosty.infopoint.queries import cited as queries

pytestmark = pytest.mark.django_db

SAID = Said(
    label="Consultations in 2024",
    value=Decimal(3_880),
    unit="consultations",
    as_of=date(2024, 12, 31),
    source="WroMigrant, 2025",
)
SENT = {
    "label_0": "Konsultacje w 2024 r.",
    "label_1": "Consultations in 2024",
    "value": "3880",
    "unit_1": "consultations",
    "as_of": "2024-12-31",
    "source": "WroMigrant, 2025",
}


def url(name, *args):
    return reverse(f"infopoint:{name}", args=args)


@pytest.fixture
def figure(point, lead, now):
    return actions.cite(point=point, said=SAID, actor=lead, now=now)


@pytest.mark.parametrize("name", ("cited", "cite", "cited_correct", "cited_take_out"))
def test_who_gets_which_page(point, figure, signed_in, request, name):
    args = [point.slug, figure.pk] if "_" in name else [point.slug]
    asked = {"lead": 200, "worker": 403, "other_worker": 404, "city": 404}
    asked |= {"coordinator": 404, "auditor": 404, "stranger": 404}
    answers = {
        who: signed_in(request.getfixturevalue(who)).get(url(name, *args)).status_code
        for who in asked
    }
    assert answers == asked
    client = signed_in(request.getfixturevalue("lead"))
    assert client.put(url(name, *args)).status_code == 405


def test_only_the_lead_may(point, figure, worker, coordinator, other_worker, now):
    said = {"point": point, "now": now}
    acts = (
        lambda who: actions.cite(said=SAID, actor=who, **said),
        lambda who: actions.correct(
            figure=figure.pk, said=SAID, seen="", reason="x", actor=who, **said
        ),
        lambda who: actions.take_out(figure=figure.pk, reason="x", actor=who, **said),
    )
    for act in acts:
        for who in (worker, coordinator, other_worker):
            with pytest.raises(PermissionDenied):
                act(who)


def test_a_figure_is_added_once_with_its_source(point, lead, signed_in):
    client = signed_in(lead)
    for _again in range(2):
        assert client.post(url("cite", point.slug), SENT).status_code == 302
    figure = CitedFigure.objects.get()
    assert (figure.subject, figure.value, figure.as_of, figure.source) == (
        "point:krakow",
        Decimal(3880),
        date(2024, 12, 31),
        "WroMigrant, 2025",
    )
    assert (figure.measure, figure.year, figure.codes) == ("", None, {})
    entry = Entry.objects.get(verb="figure.cited")
    assert (entry.scope, entry.after["value"]) == ("krakow", "3880")


@pytest.mark.parametrize(
    ("changes", "wrong"),
    (
        ({"source": " "}, ["source"]),
        ({"value": "-1"}, ["value"]),
        ({"value": "3.5", "equals": "contacts"}, ["value"]),
        ({"equals": "mentions"}, ["equals"]),
        ({"as_of": ""}, ["as_of"]),
        ({"label_0": "", "label_1": ""}, ["label"]),
    ),
)
def test_what_is_wrong_stands_beside_its_field(point, lead, signed_in, changes, wrong):
    answer = signed_in(lead).post(url("cite", point.slug), {**SENT, **changes})
    assert answer.status_code == 200
    assert [*answer.context["form"].errors] == wrong
    assert CitedFigure.objects.count() == 0


def test_the_total_of_a_table_is_named_for_the_audit(point, lead, signed_in):
    client = signed_in(lead)
    client.post(url("cite", point.slug), {**SENT, "equals": "contacts"})
    figure = CitedFigure.objects.get()
    assert (figure.measure, figure.year, figure.codes) == ("contacts", 2024, {})
    (row,) = client.get(url("cited", point.slug)).context["rows"]
    assert row.equals == "total of 2024: Consultations"
    assert queries.cell_named(point, year=2024, table="month", codes={}).measure == (
        figure.measure
    )


def test_a_correction_keeps_in_the_ledger_what_was_said(point, figure, lead, signed_in):
    client = signed_in(lead)
    page = url("cited_correct", point.slug, figure.pk)
    seen = client.get(page).context["seen"]
    form = {**SENT, "value": "3881", "seen": seen, "reason": "A slip"}
    assert client.post(page, {**form, "reason": ""}).status_code == 200
    assert client.post(page, form).status_code == 302
    figure.refresh_from_db()
    assert figure.value == 3881
    entry = Entry.objects.get(verb="figure.corrected")
    assert (entry.reason, entry.before["value"], entry.after["value"]) == (
        "A slip",
        "3880.00",
        "3881",
    )
    # Whoever had opened it before sees that it has changed.
    late = client.post(page, {**form, "value": "1"})
    assert "Somebody has changed this figure meanwhile." in late.content.decode()
    same = client.post(page, {**form, "seen": mark(figure)})
    assert "Nothing is different." in same.content.decode()
    assert CitedFigure.objects.get().value == 3881


def test_a_part_that_a_figure_is_stays_when_it_is_corrected(point, lead, now):
    said = {"measure": "contacts", "year": 2024, "codes": {"nationality": "ukr"}}
    figure = CitedFigure.objects.create(
        subject=point.subject, label="x", unit="y", value=5, source="z",
        as_of=date(2024, 12, 31), **said,
    )  # fmt: skip
    from mosty.infopoint.forms.cited import CorrectCitedForm

    form = CorrectCitedForm({**SENT, "reason": "r"}, figure=figure)
    assert form.is_valid()
    assert "equals" not in form.fields
    assert form.said().codes == {"nationality": "ukr"}
    assert form.said().measure == "contacts"
    (row,) = queries.rows(point)
    assert row.equals == "part of 2024: Consultations"


def test_a_round_number_is_shown_as_it_is_typed(point, lead, signed_in, now):
    said = replace(SAID, value=Decimal(3_500))
    figure = actions.cite(point=point, said=said, actor=lead, now=now)
    client = signed_in(lead)
    page = client.get(url("cited_correct", point.slug, figure.pk)).content.decode()
    assert 'value="3500"' in page
    page = client.get(url("cited_take_out", point.slug, figure.pk))
    assert page.context["what"] == f"{figure.label}: 3,500"


def test_a_figure_is_taken_out_with_a_reason(
    point, other_point, figure, lead, signed_in, now
):
    client = signed_in(lead)
    page = url("cited_take_out", point.slug, figure.pk)
    assert client.post(page, {"reason": ""}).status_code == 200
    assert CitedFigure.objects.count() == 1
    assert client.post(page, {"reason": "Not ours"}).status_code == 302
    entry = Entry.objects.get(verb="figure.taken_out")
    assert (entry.reason, entry.before["source"]) == ("Not ours", "WroMigrant, 2025")
    assert client.get(page).status_code == 404
    with pytest.raises(CannotCite, match="already"):
        actions.take_out(point=point, figure=figure.pk, reason="x", actor=lead, now=now)


def test_another_points_figure_is_out_of_reach(point, lead, signed_in, now):
    other = CitedFigure.objects.create(
        subject="point:lodz", label="x", unit="y", value=1, source="z"
    )
    client = signed_in(lead)
    for name in ("cited_correct", "cited_take_out"):
        assert client.get(url(name, point.slug, other.pk)).status_code == 404
    with pytest.raises(CannotCite):
        actions.take_out(point=point, figure=other.pk, reason="x", actor=lead, now=now)


@pytest.mark.parametrize("count", (1, 3))
def test_the_list_takes_as_many_queries_for_three_as_for_one(
    point, lead, signed_in, now, django_assert_num_queries, count
):
    for value in range(count):
        CitedFigure.objects.create(
            subject=point.subject, label="x", unit="y", value=value, source="z"
        )
    client = signed_in(lead)
    client.get(url("cited", point.slug))
    # The session's user, her roles, the point, the figures.
    with django_assert_num_queries(4):
        client.get(url("cited", point.slug))
