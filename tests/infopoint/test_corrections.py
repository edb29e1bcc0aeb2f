"""What a record said is kept; closed periods change by revisions only."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from mosty.accounts.models import Role
from mosty.audit.models import Entry
from mosty.infopoint.actions import corrections, periods
from mosty.infopoint.actions.saying import CannotRecord, Said
from mosty.infopoint.models import Consultation, ConsultationChange, Period
from tests.factories import make_user
from tests.infopoint.conftest import CODES, last_month

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(recorded):
    return recorded()


@pytest.fixture
def said(today):
    return Said(today, {**CODES, "language": "ru"}, ("work",))


def correct(record, said, actor, now, **fields):
    given = {"seen": 1, "reason": "Typed wrong", **fields}
    return corrections.correct(record=record, said=said, actor=actor, now=now, **given)


def test_a_correction_keeps_what_was_said(record, said, worker, now):
    old = list(record.topics)
    correct(record, said, worker, now)
    found = Consultation.objects.select_related("language").get()
    assert (found.language.code, found.version) == ("ru", 2)
    change = ConsultationChange.objects.get()
    assert (change.version, change.said["topics"], change.reason) == (
        1,
        old,
        "Typed wrong",
    )
    assert (change.changed_by, change.is_revision) == ("Wiera Wiśnia", False)
    entry = Entry.objects.get(verb="consultation.corrected")
    assert (entry.reason, entry.after) == (
        "Typed wrong",
        {"fields": ["language_id", "topics"]},
    )


def test_what_cannot_be_corrected(record, said, worker, today, now):
    for wrong in (
        {"seen": 2},
        {"reason": " "},
        {"said": Said(today, CODES, ("stay",))},
        {"said": replace(said, day=today + timedelta(days=1))},
    ):
        with pytest.raises(CannotRecord):
            correct(record, **{"said": said, "actor": worker, "now": now, **wrong})
    assert ConsultationChange.objects.count() == 0
    record.refresh_from_db()
    assert record.version == 1


def test_a_colleague_corrects_nothing_and_the_lead_everything(
    record, said, lead, operator, now
):
    colleague = make_user("Kasia Klon", role=Role.WORKER, organisation=operator)
    with pytest.raises(PermissionDenied):
        correct(record, said, colleague, now)
    correct(record, said, lead, now)
    assert ConsultationChange.objects.get().changed_by == "Lidia Lipa"


def test_a_withdrawn_record_stays_and_counts_no_more(record, said, worker, now):
    corrections.withdraw(
        record=record, seen=1, reason="Typed twice", actor=worker, now=now
    )
    record.refresh_from_db()
    assert (record.state, record.version) == ("withdrawn", 2)
    with pytest.raises(CannotRecord):
        correct(record, said, worker, now, seen=2)
    with pytest.raises(CannotRecord):
        corrections.withdraw(
            record=record, seen=2, reason="Again", actor=worker, now=now
        )


@pytest.fixture
def closed(point, lead, today, recorded, now):
    """Return a record of a month that was closed after it."""
    day = last_month(today)
    record = recorded(day)
    periods.close(point=point, year=day.year, month=day.month, actor=lead, now=now)
    return record


def test_in_a_closed_period_only_the_lead_corrects_and_it_is_a_revision(
    closed, said, worker, lead, now
):
    said = replace(said, day=closed.day)
    with pytest.raises(CannotRecord) as caught:
        correct(closed, said, worker, now)
    assert str(caught.value) == (
        "The period is closed. Only the lead can change its records now."
    )
    correct(closed, said, lead, now)
    assert ConsultationChange.objects.get().is_revision is True


def test_a_record_moves_into_a_closed_period_as_a_revision_only(
    record, closed, said, worker, lead, now
):
    into = replace(said, day=closed.day)
    with pytest.raises(CannotRecord):
        correct(record, into, worker, now)
    correct(record, into, lead, now)
    assert ConsultationChange.objects.get().is_revision is True


def test_the_database_refuses_a_change_that_is_no_revision(closed, now):
    ConsultationChange.objects.create(
        consultation=closed,
        version=1,
        said=corrections._before(closed).said,
        reason="Silent",
        changed_at=now,
        changed_by="Nobody",
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Consultation.objects.filter(pk=closed.pk).update(interpreter=True, version=2)
    for row in (ConsultationChange, Period):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.objects.all().delete()


def test_the_database_compares_what_is_kept(record, now):
    said = {**corrections._before(record).said, "interpreter": True}
    ConsultationChange.objects.create(
        consultation=record,
        version=1,
        said=said,
        reason="Untrue",
        changed_at=now,
        changed_by="Nobody",
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Consultation.objects.filter(pk=record.pk).update(note="", version=2)


@pytest.mark.parametrize(("accept", "state"), ((True, "counted"), (False, "refused")))
def test_a_late_record_is_accepted_or_refused(
    closed, recorded, lead, worker, now, accept, state
):
    late = recorded(closed.day)
    given = {"record": late, "accept": accept, "seen": 1, "now": now}
    with pytest.raises(PermissionDenied):
        corrections.settle(**given, reason="x", actor=worker)
    with pytest.raises(CannotRecord):
        corrections.settle(**given, reason="", actor=lead)
    corrections.settle(**given, reason="The phone was off", actor=lead)
    late.refresh_from_db()
    assert (late.state, late.is_late) == (state, True)
    assert ConsultationChange.objects.get(consultation=late).is_revision is True
    with pytest.raises(CannotRecord):
        corrections.settle(**{**given, "seen": 2}, reason="Again", actor=lead)


# Closing --------------------------------------------------------------------------


def test_closing_says_how_much_counted(closed, lead):
    entry = Entry.objects.get(verb="period.closed")
    day = closed.day
    assert (entry.actor_key, entry.after) == (
        lead.ledger_key,
        {"period": f"{day.year}-{day.month:02}", "consultations": 1, "workshops": 0},
    )


def test_what_cannot_be_closed(point, closed, lead, worker, today, now):
    with pytest.raises(PermissionDenied):
        periods.close(point=point, year=2021, month=None, actor=worker, now=now)
    for year, month in (
        (today.year, today.month),
        (today.year, None),
        (closed.day.year, closed.day.month),
        (2019, 12),
        (2019, None),
    ):
        with pytest.raises(periods.CannotClose):
            periods.close(point=point, year=year, month=month, actor=lead, now=now)
    periods.close(point=point, year=2021, month=None, actor=lead, now=now)
    with pytest.raises(periods.CannotClose):
        periods.close(point=point, year=2021, month=5, actor=lead, now=now)
