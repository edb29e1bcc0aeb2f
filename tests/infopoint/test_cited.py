"""Figures published elsewhere about a cell of the point's tables: named, kept, audited."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from mosty.audit.actors import SYSTEM
from mosty.engines.disclosure import work
from mosty.figures.models import CitedFigure
from mosty.infopoint.actions import periods, releases
from mosty.infopoint.queries import cited
from mosty.infopoint.queries import releases as queries
from mosty.infopoint.queries.cited import CellName, NoSuchCell
from tests.infopoint.test_releases import RULES, fill

pytestmark = pytest.mark.django_db


def figure(point, value, **fields):
    return CitedFigure.objects.create(
        subject=point.subject,
        label="Consultations",
        unit="consultations",
        value=Decimal(value),
        source="The mayor's newsletter",
        **fields,
    )


def test_a_cell_is_named_by_its_table_and_codes(point):
    def named(table, **codes):
        return cited.cell_named(point, year=2024, table=table, codes=codes)

    assert named("channel") == CellName("contacts", 2024, {})
    assert named("nationality", nationality="ukr") == CellName(
        "contacts", 2024, {"nationality": "ukr"}
    )
    assert named("topic", topic="").codes == {}
    assert named("month", month="2024-Q2").codes == {"month": "2024-Q2"}
    assert named("workshop-month").measure == "persons"


@pytest.mark.parametrize(
    ("table", "codes"),
    (
        ("none", {}),
        ("month", {"month": "2023-01"}),
        ("month", {"nationality": "ukr"}),
        ("nationality", {"nationality": "atlantis"}),
    ),
)
def test_a_cell_that_is_not_there_cannot_be_named(point, table, codes):
    with pytest.raises(NoSuchCell):
        cited.cell_named(point, year=2024, table=table, codes=codes)


def test_what_a_cell_is_chosen_by_stands_in_the_order_of_the_list(point):
    (month,) = cited.choices(point, year=2024, table="month")

    assert [code for code, _ in month.codes[:2]] == ["2024-01", "2024-02"]
    assert ("2024-Q1", "Q1 2024") in month.codes
    assert ("month", "Consultations by month") in cited.tables()


@pytest.mark.parametrize(
    ("value", "fields"),
    (
        ("3", {"measure": "contacts"}),
        ("3", {"year": 2024}),
        ("3", {"codes": {"sex": "f"}}),
        ("3.5", {"measure": "contacts", "year": 2024}),
        ("3", {"measure": "contacts", "year": 2024, "codes": ["sex"]}),
    ),
)
def test_the_database_refuses_half_a_cell(point, value, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        figure(point, value, **fields)

    figure(point, "3", measure="contacts", year=2024, codes={"sex": "f"})
    figure(point, "3.5")


@pytest.fixture
def closed(point, lead, today, now, monkeypatch):
    """Return a point with a closed year: 30 consultations, one of them of a rare kind."""
    monkeypatch.setattr(work, "tau_secondaries", lambda *_, **__: None)
    year = today.year - 1
    fill(point, [date(year, 3, 4)] * 30)
    periods.close(point=point, year=year, month=None, actor=lead, now=now)
    return point


def made(point, lead, year, now):
    asked = releases.ask(
        point=point, year=year, rules=RULES, reason="", actor=lead, now=now
    )
    releases.make(release=asked.pk, actor=SYSTEM, now=now)
    asked.refresh_from_db()
    return asked


def test_a_release_that_is_safe_alone_is_refused_beside_a_cited_figure(
    closed, lead, today, now
):
    year = today.year - 1
    assert made(closed, lead, year, now).state == "ready"
    codes = cited.cell_named(
        closed, year=year, table="nationality", codes={"nationality": "nga"}
    )
    figure(closed, "1", measure=codes.measure, year=year, codes=dict(codes.codes))

    refused = made(closed, lead, year, now)

    assert (refused.state, refused.failure) == ("refused", "given_away")
    page = queries.page(refused, now)
    assert page.findings[0] == (
        "Nationality: Nigeria: exactly 1. It follows from: The mayor's newsletter."
    )


def test_figures_of_other_years_and_of_no_cell_change_nothing(closed, lead, today, now):
    year = today.year - 1
    figure(closed, "1", measure="contacts", year=year - 1, codes={"nationality": "nga"})
    figure(closed, "7437")
    figure(closed, "30", measure="contacts", year=year)

    assert made(closed, lead, year, now).state == "ready"


def test_a_figure_that_is_not_what_the_records_say_is_told(closed, lead, today, now):
    year = today.year - 1
    figure(closed, "31", measure="contacts", year=year)

    refused = made(closed, lead, year, now)

    assert queries.page(refused, now).sentence == (
        "A figure that was published elsewhere says 31; the records say 30 "
        "(The mayor's newsletter). Correct the figure, or say that it counts "
        "something else, and start again."
    )
