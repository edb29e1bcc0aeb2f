"""A consultation sent twice in one moment is one; a record that two correct is whole."""

from functools import partial
from uuid import uuid4

import pytest
from django.urls import reverse

from mosty.audit.models import Entry
from mosty.infopoint.models import Consultation
from tests.fixtures.together import at_the_ledger
from tests.infopoint.conftest import CODES

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_consultation_by_a_double_click_is_one(point, worker, signed_in):
    address = reverse("infopoint:record", args=[point.slug])
    sent = {**CODES, "topic": "stay", "key": str(uuid4())}
    said = at_the_ledger([partial(signed_in(worker).post, address, sent)] * 2)
    assert [(one.status_code, one.url) for one in said] == [(302, address)] * 2
    assert Consultation.objects.count() == 1
    assert Entry.objects.filter(verb="consultation.recorded").count() == 1


def test_of_two_who_correct_one_record_the_second_is_told(
    point, recorded, worker, lead, signed_in
):
    record = recorded()
    address = reverse("infopoint:correct", args=[point.slug, record.pk])
    page = signed_in(worker).get(address)
    assert page.status_code == 200

    def correct(who, outcome):
        own = signed_in(who)
        sent = {
            **CODES, "outcome": outcome, "topic": "stay", "reason": "Misheard.",
            "version": "1", "seen": "1", "key": str(uuid4()),
        }  # fmt: skip
        return lambda: own.post(address, sent)

    said = at_the_ledger([correct(worker, "referred"), correct(lead, "helped")])
    assert sorted(one.status_code for one in said) == [200, 302]
    record.refresh_from_db()
    assert record.version == 2
    assert Entry.objects.filter(verb="consultation.corrected").count() == 1
