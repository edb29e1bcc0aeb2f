"""Two people in the form of a programme's partners: one is told, nothing is written over."""

import pytest
from django.urls import reverse

from mosty.accounts.models import Role
from mosty.audit.models import Entry
from tests.factories import make_user
from tests.fixtures.together import at_the_ledger
from tests.programmes.test_row_views import sent_rows

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_set_the_partners_the_second_is_told(
    programme, coordinator, odihr, unhcr, ump, signed_in
):
    other = make_user("Olga Obok", role=Role.COORDINATOR, organisation=odihr)
    address = reverse("programmes:partners", args=["academy"])
    clients = [signed_in(who) for who in (coordinator, other)]
    stood = clients[0].get(address).context["rows"].stands_on
    roles = ("host", "funder")

    def press(own, role):
        rows = [
            {"organisation": odihr.pk, "role": "coordinator", "ORDER": 1},
            {"organisation": unhcr.pk, "role": role, "ORDER": 2},
            {"organisation": ump.pk, "role": "channel", "ORDER": 3},
        ]
        return lambda: own.post(
            address, {**sent_rows(*rows, initial=3), "stood": stood}
        )

    said = at_the_ledger([press(*pair) for pair in zip(clients, roles, strict=True)])
    statuses = [one.status_code for one in said]
    assert sorted(statuses) == [200, 302]
    partner = programme.partnerships.get(organisation=unhcr)
    assert partner.role == roles[statuses.index(302)]
    assert Entry.objects.filter(verb="programme.partners_set").count() == 1
