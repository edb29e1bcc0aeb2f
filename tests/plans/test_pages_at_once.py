"""Pages of plans whose form is sent twice in one moment, or by two people."""

import pytest
from django.test import Client

from mosty.audit.models import Entry
from mosty.plans.actions import tending
from mosty.plans.models import Action, Reply, Report
from tests.fixtures.together import at_the_ledger
from tests.plans.pages import answers, draft_url, of, url

pytestmark = pytest.mark.django_db(transaction=True)


def test_progress_sent_by_a_double_click_is_kept_once(signed, now):
    check_in = signed.check_ins.get(months=3)
    address = url("link_check_in", tending.link_of(check_in, now).token)
    sent = answers(signed)
    said = at_the_ledger([lambda: Client().post(address, sent) for _n in range(2)])
    assert sorted(one.status_code for one in said) == [200, 302]
    assert (Reply.objects.count(), Report.objects.count()) == (1, 2)
    assert Entry.objects.filter(verb="check_in.answered").count() == 1


def test_of_two_who_write_one_line_the_second_sees_both(plan, anna, city, signed_in):
    line = Action.objects.filter(plan=plan).order_by("pk").first()
    sent = {
        "act": "save", "row": f"action-{line.pk}", "what": line.what, "visibility": 1,
        "seen": 1,
    }  # fmt: skip
    own = signed_in(city)
    texts = ("Office", "School")
    said = at_the_ledger(
        [
            lambda: Client().post(draft_url(anna), {**sent, "lead": texts[0]}),
            lambda: own.post(of(plan, "edit"), {**sent, "lead": texts[1]}),
        ]
    )
    statuses = [one.status_code for one in said]
    assert sorted(statuses) == [302, 409]
    first, second = statuses.index(302), statuses.index(409)
    line.refresh_from_db()
    assert (line.lead, line.version) == (texts[first], 2)
    assert said[second].context["form"]["lead"].value() == texts[second]
