"""Many at one moment: nobody is lost, nobody is counted twice."""

import re
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from mosty.accounts.models import User
from mosty.audit.models import Entry
from mosty.directory.models import Organisation
from mosty.inbox.models import Receipt
from mosty.nominations.models import Call
from mosty.programmes.models import Session
from mosty.selection.models import Offer
from mosty.training import checkin
from mosty.training.actions import attendance
from mosty.training.actions import checkin as checking_in
from mosty.training.actions.attendance import Participant, Wanted
from mosty.training.actions.checkin import Scanned
from mosty.training.models import Mark
from mosty.training.models.attendance import Way
from tests.factories import make_nomination
from tests.fixtures.together import at_the_ledger, together
from tests.training.conftest import take_seat

pytestmark = pytest.mark.django_db(transaction=True)
PHONES = 300
AT_ONCE = 50


@pytest.fixture
def scanned(begun: Session, now: datetime) -> Callable[[Offer, str], Callable[[], Any]]:
    """Return what makes the check-in of a participant with a phone."""

    def prepared(offer: Offer, phone: str) -> Callable[[], Any]:
        ticket = checkin.read_ticket(checkin.new_ticket(begun, phone, now))
        return lambda: checking_in.check_in(
            scanned=Scanned(begun, ticket, phone, now),
            actor=Participant(offer),
            now=now,
        )["marked"]

    return prepared


def test_a_form_sent_from_two_tabs_at_once(
    scanned: Callable[..., Any], people: dict[str, Offer]
) -> None:
    act = scanned(people["Anna"], "phone")
    assert together([act] * 4) == [1] * 4
    assert (Mark.objects.count(), Receipt.objects.count()) == (1, 1)
    assert Entry.objects.count() == 1


def test_one_phone_for_three_people_at_once(
    scanned: Callable[..., Any], people: dict[str, Offer]
) -> None:
    said = together([scanned(offer, "phone") for offer in people.values()])
    assert sorted(map(str, said)) == ["1", "DeviceUsed", "DeviceUsed"]
    assert Mark.objects.count() == 1


def test_trainer_and_participant_at_once(
    scanned: Callable[..., Any],
    people: dict[str, Offer],
    begun: Session,
    trainer: User,
    now: datetime,
) -> None:
    anna = people["Anna"]

    def by_trainer() -> Any:
        return attendance.mark(
            session=begun,
            wanted=[Wanted(anna.code, "present")],
            way=Way.ROSTER,
            key=uuid4(),
            actor=trainer,
            now=now,
        )["marked"]

    assert sorted(together([by_trainer, scanned(anna, "phone")])) == [0, 1]
    assert Mark.objects.get().version == 1


def test_a_check_in_sent_by_a_double_click_marks_once(
    begun: Session, people: dict[str, Offer]
) -> None:
    """The whole way over the site, two requests of one phone at the worst moment."""
    phone = Client()
    address = reverse(
        "training:check_in", args=[begun.pk, checkin.code(begun, timezone.now())]
    )
    anna = people["Anna"]
    sent = {
        "ticket": phone.get(address).context["ticket"],
        "code": anna.code,
        "family_name": anna.nomination.family_name,
    }

    def press() -> tuple[int, str]:
        own = Client()
        own.cookies = phone.cookies
        answer = own.post(address, sent)
        return answer.status_code, answer.headers.get("Location", "")

    done = reverse("training:checked_in", args=[begun.pk])
    assert at_the_ledger([press, press]) == [(302, done)] * 2
    assert (Mark.objects.count(), Receipt.objects.count()) == (1, 1)
    assert list(Entry.objects.values_list("verb", flat=True)) == ["attendance.marked"]


def test_a_full_hall(
    live_server: LiveServer, call: Call, krakow: Organisation, begun: Session
) -> None:
    """Three hundred phones, fifty at a time, over the network of this machine."""
    offers = [
        take_seat(call, 10 + n, make_nomination(call, krakow, "Ewa", f"Nowak{n}"))
        for n in range(PHONES)
    ]

    def check_in(offer: Offer) -> tuple[str, float]:
        """Scan, fill in, send; return where that led, and how long sending took."""
        phone = build_opener(HTTPCookieProcessor())
        code = checkin.code(begun, timezone.now())
        url = f"{live_server.url}/en/check-in/{begun.pk}/{code}/"
        with phone.open(url) as page:
            text = page.read().decode()
        fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', text))
        names = {"code": offer.code, "family_name": offer.nomination.family_name}
        began = time.perf_counter()
        with phone.open(url, urlencode({**fields, **names}).encode()) as page:
            where = page.url
        return where, time.perf_counter() - began

    began = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = list(pool.map(check_in, offers))
    took = time.perf_counter() - began
    times = [seconds * 1000 for _where, seconds in found]
    # For whoever runs the tests with -s.
    print(  # noqa: T201
        f"{PHONES} phones in {took:.1f} s, {AT_ONCE} at once: median"
        f" {statistics.median(times):.0f} ms,"
        f" 95 % {statistics.quantiles(times, n=20)[-1]:.0f} ms"
    )
    done = f"{live_server.url}/en/check-in/{begun.pk}/done/"
    assert {where for where, _seconds in found} == {done}
    assert Mark.objects.count() == PHONES
    assert Mark.objects.values("offer").distinct().count() == PHONES
    assert took < 60
