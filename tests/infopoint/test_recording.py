"""A consultation comes in once, and says only what can be true."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from mosty.accounts.models import Role
from mosty.audit.models import Entry
from mosty.infopoint.actions import periods, recording
from mosty.infopoint.actions.saying import CannotRecord, Said
from mosty.infopoint.models import Code, Consultation, Operation, Point, Visitor
from tests.factories import make_organisation, make_user
from tests.infopoint.conftest import CODES, last_month, make_point

pytestmark = pytest.mark.django_db


def codes_of(record, *kinds):
    return tuple(getattr(record, kind) and getattr(record, kind).code for kind in kinds)


@pytest.fixture
def said(today):
    return Said(today, CODES, ("stay", "work"))


def test_a_record_says_what_was_said(point, worker, said, now):
    key = uuid4()
    answer = recording.record(point=point, said=said, key=key, actor=worker, now=now)
    found = Consultation.objects.get()
    assert answer == {"late": False}
    assert (found.key, found.day, found.state, found.version) == (
        key,
        said.day,
        "counted",
        1,
    )
    assert codes_of(found, "channel", "language", "outcome", "sex", "age_band") == (
        "phone",
        "uk",
        "informed",
        "female",
        None,
    )
    topics = [Code.objects.get(pk=pk).code for pk in found.topics]
    assert topics == ["stay", "work"]
    assert found.operation.operator.slug == "foundation"
    entry = Entry.objects.get(verb="consultation.recorded")
    who = (entry.actor_key, entry.actor_label, entry.target_kind, entry.at)
    assert who == (worker.ledger_key, worker.name, "infopoint.consultation", now)
    assert (entry.reason, entry.before) == ("", {})
    # The ledger says that, and not what.
    assert (entry.target_key, entry.scope, entry.after) == (str(key), "krakow", {})


def test_the_view_of_topics_has_a_row_for_each(point, worker, said, now):
    recording.record(point=point, said=said, key=uuid4(), actor=worker, now=now)
    with connection.cursor() as cursor:
        cursor.execute(
            "select code.code, said.place, said.is_primary"
            " from infopoint_consultation_topic said"
            " join infopoint_code code on code.id = said.topic_id order by place"
        )
        assert cursor.fetchall() == [("stay", 1, True), ("work", 2, False)]


def test_the_same_form_is_kept_once(point, worker, said, now):
    key = uuid4()
    first = recording.record(point=point, said=said, key=key, actor=worker, now=now)
    again = recording.record(point=point, said=said, key=key, actor=worker, now=now)
    assert first == again
    assert Consultation.objects.count() == 1
    assert Entry.objects.filter(verb="consultation.recorded").count() == 1


def test_another_s_key_is_refused(point, worker, other_point, other_worker, said, now):
    key = uuid4()
    recording.record(point=point, said=said, key=key, actor=worker, now=now)
    with pytest.raises(CannotRecord):
        recording.record(
            point=other_point, said=said, key=key, actor=other_worker, now=now
        )


def test_recording_takes_few_statements(
    point, worker, said, now, django_assert_num_queries
):
    assert worker.held
    # The record with all that is asked, and the ledger.
    with django_assert_num_queries(1):
        recording.record(point=point, said=said, key=uuid4(), actor=worker, now=now)


def test_only_the_staff_of_the_point_records(point, said, now, request):
    for name in ("lead", "other_worker", "city", "coordinator", "stranger"):
        with pytest.raises(PermissionDenied):
            recording.record(
                point=point,
                said=said,
                key=uuid4(),
                actor=request.getfixturevalue(name),
                now=now,
            )
    assert Consultation.objects.count() == 0


@pytest.fixture
def handed_over(point, worker, operator, today):
    """Let another run the point until yesterday, hers from today."""
    held = point.operations.get()
    held.until = today - timedelta(days=10)
    held.save()
    before = make_organisation("Before", kind="ngo")
    Operation.objects.create(
        point=point,
        operator=before,
        since=today - timedelta(days=9),
        until=today - timedelta(days=1),
    )
    now = Operation.objects.create(point=point, operator=operator, since=today)
    return now, before


def test_each_records_the_days_of_its_own_operation(
    point, worker, handed_over, said, today, now
):
    running, before = handed_over
    recording.record(point=point, said=said, key=uuid4(), actor=worker, now=now)
    assert Consultation.objects.get().operation == running
    yesterday = replace(said, day=today - timedelta(days=1))
    with pytest.raises(CannotRecord) as caught:
        recording.record(
            point=point, said=yesterday, key=uuid4(), actor=worker, now=now
        )
    assert caught.value.fields == {
        "day": "Another organisation ran the point on that day."
    }
    old = make_user("Olga Orzech", role=Role.WORKER, organisation=before)
    for one in (said, yesterday):
        with pytest.raises(PermissionDenied):
            recording.record(point=point, said=one, key=uuid4(), actor=old, now=now)
    # Of an earlier operation of hers, she still records.
    earlier = replace(said, day=today - timedelta(days=10))
    key = uuid4()
    recording.record(point=point, said=earlier, key=key, actor=worker, now=now)
    assert Consultation.objects.get(pk=key).operation.until == earlier.day


def test_a_day_that_nobody_ran_is_refused(point, worker, said, today, now):
    Operation.objects.update(since=today)
    yesterday = replace(said, day=today - timedelta(days=1))
    assert refused(point, worker, yesterday, now) == {
        "day": "Nobody ran the point on that day."
    }


def refused(point, worker, said, now):
    with pytest.raises(CannotRecord) as caught:
        recording.record(point=point, said=said, key=uuid4(), actor=worker, now=now)
    assert Consultation.objects.count() == 0
    return caught.value.fields


@pytest.mark.parametrize(
    ("codes", "field"),
    (
        ({"channel": "pigeon"}, "channel"),
        ({"language": ""}, "language"),
        ({"outcome": ""}, "outcome"),
        ({"nationality": "atlantis"}, "nationality"),
        # A code of another list.
        ({"sex": "phone"}, "sex"),
    ),
)
def test_a_code_that_is_not_on_its_list_is_refused(
    point, worker, said, now, codes, field
):
    found = refused(point, worker, replace(said, codes={**CODES, **codes}), now)
    assert list(found) == [field]


def test_topics_are_asked_for(point, worker, said, now):
    assert refused(point, worker, replace(said, topics=()), now) == {
        "topic": "Choose the main topic."
    }
    found = refused(point, worker, replace(said, topics=("stay", "weather")), now)
    assert list(found) == ["topic"]


def test_impossible_days_are_refused(point, worker, said, today, now):
    to_come = replace(said, day=today + timedelta(days=1))
    assert refused(point, worker, to_come, now) == {"day": "This day is still to come."}
    before = replace(said, day=point.opened_on - timedelta(days=1))
    assert refused(point, worker, before, now) == {
        "day": "The point was not open on that day."
    }


def test_before_it_opened_and_after_it_closed_a_point_has_no_day(
    point, worker, said, today, now
):
    point.opened_on, point.closed_on = today, None
    point.save()
    yesterday = replace(said, day=today - timedelta(days=1))
    sentence = {"day": "The point was not open on that day."}
    assert refused(point, worker, yesterday, now) == sentence
    point.opened_on, point.closed_on = date(2020, 1, 1), today - timedelta(days=1)
    point.save()
    assert refused(point, worker, said, now) == sentence


def test_a_code_holds_on_its_days_only(point, worker, said, now):
    status = {**CODES, "legal_status": "ukraine-act"}
    within = Said(date(2026, 3, 4), status, ("stay",))
    recording.record(point=point, said=within, key=uuid4(), actor=worker, now=now)
    after = replace(within, day=date(2026, 3, 5))
    with pytest.raises(CannotRecord) as caught:
        recording.record(point=point, said=after, key=uuid4(), actor=worker, now=now)
    assert list(caught.value.fields) == ["legal_status"]


def test_a_city_s_own_code_stands_before_a_common_one(point, krakow, worker, said, now):
    own = Code.objects.create(
        owner=krakow,
        kind="channel",
        code="phone",
        label="Hotline",
        common=Code.objects.get(owner=None, kind="channel", code="phone"),
    )
    recording.record(point=point, said=said, key=uuid4(), actor=worker, now=now)
    assert Consultation.objects.get().channel == own


def test_another_city_s_code_is_not_on_the_list(point, lodz, worker, said, now):
    Code.objects.create(owner=lodz, kind="district", code="elsewhere", label="E")
    elsewhere = replace(said, codes={**CODES, "district": "elsewhere"})
    assert list(refused(point, worker, elsewhere, now)) == ["district"]


def test_a_note_is_kept_only_where_the_point_allows_it(point, worker, said, now):
    noted = replace(said, note="Asked about the school year.")
    assert list(refused(point, worker, noted, now)) == ["note"]
    point.notes_allowed = True
    point.save()
    recording.record(point=point, said=noted, key=uuid4(), actor=worker, now=now)
    assert Consultation.objects.get().note == "Asked about the school year."


def test_a_sign_is_remembered_only_with_a_record(point, worker, said, now):
    point.pseudonyms = True
    point.save()
    signed = replace(said, sign="AB 1234")
    wrong = replace(signed, codes={**CODES, "channel": "pigeon"})
    refused(point, worker, wrong, now)
    assert Visitor.objects.count() == 0
    recording.record(point=point, said=signed, key=uuid4(), actor=worker, now=now)
    assert Visitor.objects.count() == 1
    assert Consultation.objects.get().returning == "new"


def test_what_comes_after_closing_is_late(point, worker, lead, said, today, now):
    day = last_month(today)
    periods.close(point=point, year=day.year, month=day.month, actor=lead, now=now)
    late = replace(said, day=day)
    answer = recording.record(
        point=point, said=late, key=uuid4(), actor=worker, now=now
    )
    assert answer == {"late": True}
    found = Consultation.objects.get()
    assert (found.state, found.is_late) == ("late", True)
    assert Entry.objects.get(verb="consultation.recorded").after == {"late": True}


# What the database refuses, whatever asks --------------------------------------


def insert(record, **fields):
    copy = Consultation.objects.get(pk=record.pk)
    copy.pk = uuid4()
    for name, value in fields.items():
        setattr(copy, name, value)
    with transaction.atomic():
        copy.save(force_insert=True)


@pytest.mark.parametrize(
    "wrong",
    (
        lambda record, codes: {"day": record.day + timedelta(days=1)},
        lambda record, codes: {"day": date(2019, 12, 31)},
        lambda record, codes: {"topics": []},
        lambda record, codes: {"topics": [codes["phone"]]},
        lambda record, codes: {"topics": [codes["stay"], codes["stay"]]},
        lambda record, codes: {"channel_id": codes["uk"]},
        lambda record, codes: {"legal_status_id": codes["ukraine-act"]},
        lambda record, codes: {"note": "something"},
        lambda record, codes: {"state": "late"},
        lambda record, codes: {"version": 0},
        lambda record, codes: {"district_id": codes["elsewhere"]},
    ),
)
def test_the_database_refuses(recorded, lodz, wrong):
    record = recorded()
    Code.objects.create(owner=lodz, kind="district", code="elsewhere", label="E")
    codes = dict(Code.objects.values_list("code", "pk"))
    with pytest.raises(IntegrityError):
        insert(record, **wrong(record, codes))
    insert(record)


def test_the_database_refuses_another_point_s_operation(recorded, lodz, operator):
    record = recorded()
    elsewhere = make_point(lodz, operator, "elsewhere").operations.get()
    with pytest.raises(IntegrityError):
        insert(record, operation=elsewhere)


def test_the_database_refuses_a_silent_change(recorded):
    record = recorded()
    for change in ({"interpreter": True}, {"interpreter": True, "version": 2}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Consultation.objects.filter(pk=record.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Consultation.objects.filter(pk=record.pk).delete()


def test_the_database_refuses_what_enters_a_closed_period_in_silence(
    recorded, point, lead, today, now
):
    day = last_month(today)
    record = recorded(day)
    periods.close(point=point, year=day.year, month=day.month, actor=lead, now=now)
    with pytest.raises(IntegrityError):
        insert(record)
    insert(record, state="late", is_late=True)


def test_codes_in_use_keep_their_meaning(recorded):
    record = recorded()
    topic = Code.objects.get(pk=record.topics[0])
    for change in (
        {"code": "other-thing"},
        {"kind": "sex"},
        {"until": record.day - timedelta(days=1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Code.objects.filter(pk=topic.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        topic.delete()
    Code.objects.filter(pk=topic.pk).update(until=record.day)


@pytest.mark.parametrize("model", (Code, Operation, Point))
def test_what_records_name_is_never_deleted(point, model):
    # Past Django, which refuses by itself what it sees in use.
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.all()._raw_delete("default")
    assert model.objects.exists()


@pytest.mark.parametrize(
    ("field", "model"),
    (
        ("channel_id", Code),
        ("sex_id", Code),
        ("funder_id", Code),
        ("operation_id", Operation),
        ("point_id", Point),
    ),
)
def test_the_database_refuses_what_does_not_exist(recorded, field, model):
    missing = model.objects.order_by("pk").last().pk + 1
    with pytest.raises(IntegrityError):
        insert(recorded(), **{field: missing})


def test_the_database_refuses_topics_that_do_not_exist(recorded):
    record = recorded()
    missing = Code.objects.order_by("pk").last().pk + 1
    for topics in ([missing], [*record.topics, missing], [*record.topics, None]):
        with pytest.raises(IntegrityError):
            insert(record, topics=topics)
