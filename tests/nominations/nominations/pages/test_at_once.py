"""One form sent twice in one moment, and one form sent by two people."""

from functools import partial

import pytest
from django.test import Client

from mosty.audit.models import Entry
from mosty.nominations.models import Nomination
from mosty.outbox.models import Link, Message
from tests.fixtures.together import at_the_ledger
from tests.nominations.nominations.pages.given import CITY, ONE
from tests.nominations.nominations.people import filled

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("was_written_to", (True, False))
def test_a_nomination_sent_by_a_double_click_is_one(
    city, call, krakow, signed_in, was_written_to
):
    if was_written_to:
        call.invitations.create(organisation=krakow, code="INV0-KR")
    given = filled()
    said = at_the_ledger([partial(signed_in(city).post, f"{CITY}new/", given)] * 2)
    assert [(answer.status_code, answer.url) for answer in said] == [(302, CITY)] * 2
    assert list(Entry.objects.values_list("verb", flat=True)) == [
        "nomination.submitted"
    ]
    assert (
        Nomination.objects.count(),
        Message.objects.count(),
        Link.objects.count(),
    ) == (1, 1, 1)


def test_of_two_who_save_one_nomination_the_second_is_told(
    city, secretariat, own, signed_in
):
    address = f"{ONE.format(code=own.code)}edit/"
    seen = signed_in(city).get(address).context["form"]["seen"].value()

    def save(who: Client, position: str):
        given = filled("save", email=own.email, seen=seen, position=position)
        return lambda: who.post(address, given)

    texts = ("Head", "Clerk")
    said = at_the_ledger(
        [
            save(signed_in(who), text)
            for who, text in zip((city, secretariat), texts, strict=True)
        ]
    )
    assert sorted(answer.status_code for answer in said) == [200, 302]
    first, second = (
        [answer.status_code for answer in said].index(status) for status in (302, 200)
    )
    own.refresh_from_db()
    assert own.position == texts[first]
    form = said[second].context["form"]
    assert form["position"].value() == texts[second]
    assert " ".join(form.non_field_errors()) == (
        "Somebody else has changed this nomination meanwhile. What you typed is "
        "still here: compare, then save again."
    )
    assert Entry.objects.filter(verb="nomination.changed").count() == 1
