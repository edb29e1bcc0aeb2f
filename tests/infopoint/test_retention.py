"""Fields are blanked when their time is over, and never in silence before."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from mosty.accounts.models import Role
from mosty.audit.actors import SYSTEM
from mosty.audit.models import Entry
from mosty.engines.disclosure import work
from mosty.figures.actions import releases as figures
from mosty.figures.actions.releases import CannotRelease
from mosty.figures.queries.releases import published
from mosty.infopoint import tasks
from mosty.infopoint.actions import corrections, periods, releases, retention
from mosty.infopoint.actions.retention import CannotSetRetention
from mosty.infopoint.models import (
    Blanking,
    Code,
    Consultation,
    ConsultationChange,
    Retention,
)
from mosty.infopoint.queries.retention import limit_of
from tests.infopoint.test_releases import RULES, fill, made

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Do without tau-Argus's own process."""
    monkeypatch.setattr(work, "tau_secondaries", lambda *_, **__: None)


@pytest.fixture
def year(today):
    return today.year - 1


@pytest.fixture
def closed(point, lead, year, now):
    """Return the point with a closed year; one of its records was corrected."""
    fill(point, [date(year, 3, 4)] * 30)
    record = Consultation.objects.select_related("point").earliest("key")
    said = corrections.Said(
        record.day,
        {"channel": "phone", "language": "uk", "outcome": "informed", "sex": "male",
         "nationality": "geo"},
        ("work",),
    )  # fmt: skip
    corrections.correct(
        record=record, said=said, seen=1, reason="x", actor=lead, now=now
    )
    periods.close(point=point, year=year, month=None, actor=lead, now=now)
    return point


@pytest.fixture
def released(closed, lead, year, now):
    """Return the point with the year's release published."""
    release = releases.ask(
        point=closed, year=year, rules=RULES, reason="", actor=lead, now=now
    )
    figures.publish(release=made(release, now), actor=lead, now=now)
    return closed


def keep(point, lead, now, **months):
    retention.set_rules(point=point, months=months, actor=lead, now=now)


def stated(field="nationality"):
    return Consultation.objects.exclude(**{field: None}).count()


def test_what_is_due_is_blanked_and_the_ledger_says_how_much(released, lead, year, now):
    keep(released, lead, now, nationality=1, sex=None)
    old = ConsultationChange.objects.get()
    assert old.said["nationality_id"] is not None
    before = published(released.subject, year).document
    assert retention.blank_due(actor=SYSTEM, now=now) == 30
    assert (stated(), stated("sex"), Consultation.objects.count()) == (0, 1, 30)
    old.refresh_from_db()
    assert (old.said["nationality_id"], old.reason) == (None, "x")
    entry = Entry.objects.get(verb="records.blanked")
    assert (entry.target_key, entry.after["field"], entry.after["records"]) == (
        "krakow",
        "nationality",
        {str(year): 30},
    )
    assert [(one.year, one.field, one.records) for one in Blanking.objects.all()] == [
        (year, "nationality", 30)
    ]
    # No version was made, and what is published stays.
    versions = Consultation.objects.values_list("version", flat=True)
    assert sorted(versions) == [1] * 29 + [2]
    assert published(released.subject, year).document == before
    assert retention.blank_due(actor=SYSTEM, now=now) == 0
    assert Entry.objects.filter(verb="records.blanked").count() == 1


def test_the_figures_of_such_a_year_are_never_counted_anew(released, lead, year, now):
    keep(released, lead, now, nationality=1)
    retention.blank_due(actor=SYSTEM, now=now)
    with pytest.raises(CannotRelease) as caught:
        releases.ask(
            point=released, year=year, rules=RULES, reason="y", actor=lead, now=now
        )
    assert "(Nationality)" in str(caught.value)


def test_a_closed_year_without_a_release_keeps_everything(closed, lead, now):
    keep(closed, lead, now, nationality=1)
    assert (retention.blank_due(actor=SYSTEM, now=now), stated()) == (0, 30)


def test_an_open_year_keeps_everything(point, lead, year, now):
    fill(point, [date(year, 3, 4)] * 3)
    keep(point, lead, now, nationality=1)
    assert (retention.blank_due(actor=SYSTEM, now=now), stated()) == (0, 3)


def test_what_is_not_due_is_kept(released, lead, now):
    keep(released, lead, now, nationality=36)
    assert (retention.blank_due(actor=SYSTEM, now=now), stated()) == (0, 30)
    other = Code.objects.filter(kind="nationality").earliest("pk")
    refused(lambda: rows().update(nationality=None))
    assert other.kind == "nationality"


@pytest.mark.parametrize(
    ("today", "months", "limit"),
    (
        (date(2026, 11, 22), 12, date(2025, 11, 22)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 12, 1), 24, date(2024, 12, 1)),
    ),
)
def test_months_are_months_of_the_calendar(point, monkeypatch, today, months, limit):
    monkeypatch.setattr(type(point), "today", lambda _point, _now: today)
    assert limit_of(point, months, None) == limit


def rows():
    return Consultation.objects.filter(version=1)


def refused(act):
    with pytest.raises(IntegrityError), transaction.atomic():
        act()


def test_the_database_lets_nothing_else_pass(released, lead, now):
    refused(lambda: rows().update(nationality=None))
    keep(released, lead, now, nationality=1)
    other = Code.objects.get(kind="nationality", code="fra")
    refused(lambda: rows().update(nationality=other))
    refused(lambda: rows().update(nationality=None, interpreter=True))
    refused(lambda: rows().update(nationality=None, duration=None, outcome=other))
    refused(lambda: Consultation.objects.filter(version=2).update(sex=None))
    changes = ConsultationChange.objects.all()
    said = dict(changes.get().said)
    refused(lambda: changes.update(said={**said, "nationality_id": other.pk}))
    refused(lambda: changes.update(said={**said, "channel_id": None}))
    refused(lambda: changes.update(said={**said, "nationality_id": None}, reason="z"))
    refused(changes.delete)
    assert rows().update(nationality=None) == 29


def test_a_note_is_emptied(point, lead, recorded, released, year, now):
    point.notes_allowed = True
    point.save()
    record = rows().latest("key")
    said = corrections.Said(
        record.day,
        {"channel": "phone", "language": "uk", "outcome": "informed"},
        ("stay",),
        note="Came with a letter",
    )
    for number, note in enumerate((said.note, "Came with two letters"), 1):
        from dataclasses import replace

        corrections.correct(
            record=record, said=replace(said, note=note), seen=number, reason="Late",
            actor=lead, now=now,
        )  # fmt: skip
    keep(point, lead, now, note=1)
    retention.blank_due(actor=SYSTEM, now=now)
    record.refresh_from_db()
    notes = {one.said["note"] for one in ConsultationChange.objects.all()}
    assert (record.note, notes) == ("", {""})


def test_who_sets_the_rules(point, lead, worker, now):
    keep(point, lead, now, nationality=24, note=6)
    keep(point, lead, now, nationality=None, sex=12)
    assert {one.field: one.months for one in Retention.objects.all()} == {
        "note": 6,
        "sex": 12,
    }
    entry = Entry.objects.filter(verb="retention.set").latest("pk")
    assert (entry.before, entry.after) == (
        {"nationality": 24, "note": 6},
        {"note": 6, "sex": 12},
    )
    with pytest.raises(PermissionDenied):
        keep(point, worker, now, sex=None)
    for wrong in ({"sex": 0}, {"sex": 241}, {"channel": 5}):
        with pytest.raises(CannotSetRetention) as caught:
            keep(point, lead, now, **wrong)
        assert set(caught.value.fields) == set(wrong)


def test_the_page(released, signed_in, request, lead, now, year):
    address = reverse("infopoint:retention", args=[released.slug])
    people = ("worker", "lead", "other_worker", "coordinator", "stranger")
    found = [
        signed_in(request.getfixturevalue(who)).get(address).status_code
        for who in people
    ]
    assert found == [403, 200, 404, 404, 404]
    client = signed_in(lead)
    assert client.put(address).status_code == 405
    assert client.post(address, {"nationality": "1", "note": "0"}).status_code == 200
    assert Retention.objects.count() == 0
    assert client.post(address, {"nationality": "1"}).status_code == 302
    tasks.forget_what_is_due(0)
    page = client.get(address).context["page"]
    assert (
        page.months,
        [(one.year, one.is_published, one.blanked) for one in page.years],
    ) == (
        {"nationality": 1},
        [(year, True, "Nationality (30)")],
    )
    assert lead.has_role(Role.LEAD)


def test_who_changes_rules_second_is_told_of_the_first(client, point, lead):
    client.force_login(lead)
    page = reverse("infopoint:retention", args=[point.slug])
    stood = {"stood": client.get(page).context["form"]["stood"].value()}
    field = Retention.Field.values[0]
    assert client.post(page, {field: "12", **stood}).status_code == 302
    # Nothing was typed into that field: it was empty when she opened the form.
    answer = client.post(page, {Retention.Field.values[1]: "6", **stood})
    assert answer.context["form"].errors[field] == ["It now says: 12"]
    kept = Retention.objects.filter(point=point).values_list("field", "months")
    assert dict(kept) == {field: 12}


def test_the_same_rules_again_are_as_once(point, lead, now):
    for _n in range(2):
        keep(point, lead, now, note=12)
    assert Entry.objects.filter(verb="retention.set").count() == 1
    assert list(Retention.objects.values_list("field", "months")) == [("note", 12)]
