"""Certificates asked for twice in one moment are issued once."""

from functools import partial

import pytest
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from mosty.audit.actors import SYSTEM
from mosty.audit.models import Entry
from mosty.training.actions import issuing
from mosty.training.models import Certificate, Issuing
from tests.fixtures.together import at_the_ledger

pytestmark = pytest.mark.django_db(transaction=True)


def test_issuing_by_a_double_click_is_one_batch(
    designed, held, coordinator, signed_in, now
):
    address = reverse("training:issue", args=[held.pk])
    said = at_the_ledger([partial(signed_in(coordinator).post, address)] * 2)
    asked = Issuing.objects.get()
    where = reverse("training:issuing", args=[asked.pk])
    assert [(one.status_code, one.url) for one in said] == [(302, where)] * 2
    assert Entry.objects.filter(verb="certificates.asked").count() == 1
    jobs = ProcrastinateJob.objects.filter(task_name=issuing.TASK)
    assert jobs.count() == 1
    # Two workers that take the one job, as when the first is thought lost.
    at_the_ledger(
        [lambda: issuing.carry_out(issuing=asked.pk, actor=SYSTEM, now=now)] * 2
    )
    issued = Entry.objects.filter(verb="certificate.issued").count()
    assert (Certificate.objects.count(), issued) == (2, 2)
