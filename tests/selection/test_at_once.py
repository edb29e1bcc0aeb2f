"""A button of the selection pressed twice in one moment counts once."""

from collections import Counter
from datetime import timedelta
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from mosty.audit.models import Entry
from mosty.outbox.models import Link, Message
from mosty.selection.models import Offer, Signature
from tests.fixtures.together import at_the_ledger

pytestmark = pytest.mark.django_db(transaction=True)


def verbs(*known: str) -> dict[str, int]:
    return dict(
        Counter(Entry.objects.filter(verb__in=known).values_list("verb", flat=True))
    )


def test_a_seat_accepted_by_a_double_click(announced):
    offer = Offer.objects.order_by("pk").first()
    token = Link.objects.get(purpose="offer", subject=offer.code).token
    address = reverse("selection:link_offer", args=[token])
    before = Message.objects.count()
    said = at_the_ledger(
        [lambda: Client().post(address, {"act": "accept"}) for _n in range(2)]
    )
    assert [(one.status_code, one.url) for one in said] == [(302, address)] * 2
    offer.refresh_from_db()
    assert offer.state == "accepted"
    assert verbs("offer.accepted") == {"offer.accepted": 1}
    assert Message.objects.count() - before == 1


def test_a_seat_accepted_and_declined_in_one_moment(announced):
    offer = Offer.objects.order_by("pk").first()
    token = Link.objects.get(purpose="offer", subject=offer.code).token
    address = reverse("selection:link_offer", args=[token])
    said = at_the_ledger(
        [
            lambda act=act: Client().post(address, {"act": act})
            for act in ("accept", "decline")
        ]
    )
    assert sorted(one.status_code for one in said) == [200, 302]
    offer.refresh_from_db()
    first = [one.status_code for one in said].index(302)
    assert offer.state == ("accepted", "declined")[first]
    assert sum(verbs("offer.accepted", "offer.declined").values()) == 1


def test_an_announcement_by_a_double_click_writes_each_letter_once(
    signed, coordinator, signed_in, now
):
    address = reverse("selection:announce", args=[signed.pk])
    soon = (now + timedelta(days=7)).strftime("%Y-%m-%dT12:30")
    press = partial(signed_in(coordinator).post, address, {"answer_by": soon})
    said = at_the_ledger([press, press])
    assert sorted(one.status_code for one in said) == [200, 302]
    told = next(one for one in said if one.status_code == 200)
    assert told.context["form"].non_field_errors() == [
        "This run has been announced or discarded."
    ]
    assert verbs("selection.announced") == {"selection.announced": 1}
    assert Offer.objects.count() == 4
    kinds = Counter(Message.objects.values_list("kind", flat=True))
    assert len(Message.objects.values("key").distinct()) == sum(kinds.values())


def test_a_signature_by_a_double_click_is_one(run, partner, unhcr, signed_in):
    address = reverse("selection:sign", args=[run.pk])
    seen = signed_in(partner).get(reverse("selection:run", args=[run.pk]))
    sent = {"organisation": unhcr.slug, "seen": seen.context["page"].digest}
    said = at_the_ledger([partial(signed_in(partner).post, address, sent)] * 2)
    assert [one.status_code for one in said] == [302, 302]
    assert Signature.objects.count() == 1
    assert verbs("selection.signed") == {"selection.signed": 1}
