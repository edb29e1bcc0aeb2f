"""Visitors known again within a year: nothing typed is kept, and nothing outlives the year."""

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from mosty.audit.actors import SYSTEM
from mosty.audit.models import Entry
from mosty.infopoint.actions import pseudonyms, recording
from mosty.infopoint.actions.saying import Said
from mosty.infopoint.models import Consultation, Salt, Visitor
from tests.infopoint.conftest import CODES, make_point

pytestmark = pytest.mark.django_db
SIGN = "Olko 0507"


@pytest.fixture
def asking(point):
    """Return the point, which knows visitors again."""
    point.pseudonyms = True
    point.save()
    return point


def record(point, actor, now, sign=SIGN, key=None, day=None):
    key = key or uuid4()
    said = Said(day or point.today(now), CODES, ("stay",), sign=sign)
    recording.record(point=point, said=said, key=key, actor=actor, now=now)
    return Consultation.objects.get(pk=key).returning


def test_off_is_the_default_and_what_is_typed_goes_nowhere(point, worker, now):
    assert point.pseudonyms is False
    assert [record(point, worker, now) for _n in range(2)] == ["unknown", "unknown"]
    assert (Salt.objects.count(), Visitor.objects.count()) == (0, 0)


def test_a_visitor_is_known_again(asking, worker, now):
    signs = (SIGN, "OLKO0507", "olko 05 07", "Anko 0507", "", "Ol")
    found = [record(asking, worker, now, sign) for sign in signs]
    assert found == ["new", "returning", "returning", "new", "unknown", "unknown"]
    assert Visitor.objects.count() == 2


def test_the_same_form_twice_is_one_visit(asking, worker, now):
    key = uuid4()
    assert [record(asking, worker, now, key=key) for _n in range(2)] == ["new", "new"]


def test_nothing_typed_is_stored(asking, worker, now):
    record(asking, worker, now)
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if not name.startswith("django_")]  # fmt: skip
        for table in tables:
            cursor.execute(
                f'select count(*) from "{table}" one where one::text ilike any(%s)',  # noqa: S608 - our own tables
                [["%olko%0507%", "%" + b"olko0507".hex() + "%"]],
            )
            assert (table, cursor.fetchone()[0]) == (table, 0)
    # A pseudonym leads to no record, and has no moment.
    assert {field.name for field in Visitor._meta.get_fields()} == {
        "id", "salt", "digest",
    }  # fmt: skip


def test_a_pseudonym_is_of_one_point(asking, worker, other_worker, krakow, now):
    record(asking, worker, now)
    second = make_point(
        krakow, asking.operations.get().operator, "second", pseudonyms=True
    )
    assert record(second, worker, now) == "new"
    one, other = (bytes(visitor.digest) for visitor in Visitor.objects.order_by("pk"))
    assert (one == other, len(one)) == (False, 32)


def next_year(now):
    return datetime(now.year + 1, 1, 2, 10, tzinfo=ZoneInfo("Europe/Warsaw"))


def test_after_the_year_no_match_is_possible(asking, worker, now):
    today = asking.today(now)
    record(asking, worker, now)
    record(asking, worker, now, "Anko 0507")
    kept = bytes(Visitor.objects.earliest("pk").digest)
    salt = bytes(Salt.objects.get().salt)
    assert pseudonyms.digest(salt, "olko0507") == kept
    # Not before the year is over.
    assert pseudonyms.destroy_due(actor=SYSTEM, now=now) == 0
    later = next_year(now)
    assert pseudonyms.destroy_due(actor=SYSTEM, now=later) == 1
    gone = Salt.objects.get()
    assert (gone.salt, gone.visitors, gone.destroyed_at) == (None, 2, later)
    assert Visitor.objects.count() == 0
    entry = Entry.objects.get(verb="salt.destroyed")
    assert (entry.actor_key, entry.after) == (
        "system",
        {"year": today.year, "visitors": 2},
    )
    # A late form of the old year says what was ticked; the new year begins anew.
    assert record(asking, worker, later, day=today) == "unknown"
    assert record(asking, worker, later) == "new"
    assert bytes(Visitor.objects.get().digest) != kept
    assert pseudonyms.destroy_due(actor=SYSTEM, now=later) == 0


def test_no_salt_is_made_of_a_year_that_is_over(asking, worker, now):
    later = next_year(now)
    assert record(asking, worker, later, day=asking.today(now)) == "unknown"
    assert Salt.objects.count() == 0


def test_the_database_gives_no_salt_back(asking, worker, now):
    record(asking, worker, now)
    salt = Salt.objects.get()

    def refused(act):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()

    of_salt = Salt.objects.filter(pk=salt.pk)
    refused(lambda: of_salt.update(salt=b"other"))
    refused(lambda: of_salt.update(salt=None))
    refused(of_salt.delete)
    pseudonyms.destroy_due(actor=SYSTEM, now=next_year(now) + timedelta(days=9))
    refused(lambda: of_salt.update(salt=b"x", destroyed_at=None))
    refused(lambda: Visitor.objects.create(salt=salt, digest=b"x"))


def test_the_form_asks_only_where_it_is_switched_on(
    point, worker, lead, signed_in, now
):
    address = reverse("infopoint:record", args=[point.slug])
    client = signed_in(worker)
    assert 'name="sign"' not in client.get(address).content.decode()
    settings = {
        "name_0": "Point", "languages": ["pl"], "opened_on": "2020-01-01",
        "pseudonyms": "on",
    }  # fmt: skip
    answer = signed_in(lead).post(
        reverse("infopoint:settings", args=[point.slug]), settings
    )
    assert answer.status_code == 302
    assert Entry.objects.get(verb="point.changed").after["pseudonyms"] is True
    assert 'name="sign"' in client.get(address).content.decode()
    sent = {**CODES, "topic": "stay", "sign": SIGN}
    client.post(address, sent)
    client.post(address, sent)
    assert sorted(one.returning for one in Consultation.objects.all()) == [
        "new",
        "returning",
    ]
    # What is wrong loses nothing; a correction asks for no sign.
    page = client.post(address, {**sent, "channel": "pigeon"})
    assert page.context["page"].sign == SIGN
    key = Consultation.objects.earliest("pk").pk
    correct = client.get(reverse("infopoint:correct", args=[point.slug, key]))
    assert 'name="sign"' not in correct.content.decode()
