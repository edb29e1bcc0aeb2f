"""Every page stays light, whatever it lists: 150 KiB of HTML at most."""

from datetime import datetime

import pytest
from django.urls import reverse

from mosty.accounts.models import Role
from mosty.audit import actions as audit
from mosty.audit.actors import SYSTEM
from mosty.nominations.models import Call, Nomination
from mosty.outbox import actions as outbox
from mosty.outbox.letters import Copy, Letter, Recipient
from tests.factories import (
    make_city,
    make_nomination,
    make_person,
    make_position,
    make_user,
)

pytestmark = pytest.mark.django_db
MOST = 150 * 1024
CITIES = 300
ROWS = 100
# A name, a post and a reason as long as people write them.
NAME = "Brzęczyszczykiewiczowska-Wawrzyńczakowska"
POST = "Główna specjalistka w Wydziale Polityki Społecznej i Integracji Migrantów"
WHY = "Prowadzi punkt informacyjny dla osób, które przyjechały do miasta. " * 20


@pytest.fixture
def nomination(
    call: Call, ump: object, krakow: object, coordinator: object, now: datetime
) -> Nomination:
    """Return one of a hundred nominations, of a call to 300 cities, with all around it."""
    cities = [
        make_city(
            f"Miasto z długą nazwą {number:03}", terc=f"{number:07}", member_of=ump
        )
        for number in range(CITIES)
    ]
    for city in [krakow, *cities]:
        call.invitations.create(
            organisation=city, code=f"INV-{city.pk}", sent_at=now, contact_name=NAME
        )
    for number, city in enumerate(cities[:ROWS]):
        one = make_nomination(
            call, city, "Aleksandra", f"{NAME} {number}", position=POST, motivation=WHY
        )
        make_position(make_person("Aleksandra", f"{NAME} {number}"), city)
        audit.record(
            actor=SYSTEM,
            verb="nomination.submitted",
            target=one,
            at=now,
            scope=call.slug,
            after={"city": city.slug, "state": "submitted"},
        )
    letter = Letter(
        "nominations.nominated",
        "accounts/messages/welcome.txt",
        {"address": "x"},
        call.slug,
    )
    outbox.put_many(
        [
            Copy(letter, f"m{number}", Recipient(NAME, f"m{number}@example.org", "pl"))
            for number in range(ROWS)
        ],
        now=now,
    )
    for number in range(20):
        make_nomination(call, krakow, "Ewa", f"{NAME} {number}", position=POST)
    return one


SECRETARIAT = (
    "nominations:calls", "nominations:desk", "nominations:cities", "nominations:nominations",
    "nominations:nomination", "nominations:duplicates", "nominations:invite",
    "directory:territories", "directory:organisations", "directory:organisation",
    "directory:people", "programmes:index", "office:today", "office:outbox",
)  # fmt: skip
PAGES = (
    *((name, "secretariat") for name in SECRETARIAT),
    ("nominations:call_rules", "coordinator"),
    ("selection:call", "coordinator"),
    ("programmes:plan", "coordinator"),
    ("programmes:course_plan", "coordinator"),
    ("office:ledger", "coordinator"),
    ("nominations:city", "city"),
    ("nominations:nominate", "city"),
    ("accounts:users", "administrator"),
    ("public:home", ""),
    ("public:calls", ""),
    ("public:programme", ""),
    ("public:course", ""),
    ("nominations:call", ""),
)


def test_no_page_is_heavier_than_150_kib(
    nomination, call, programme, course, ump, signed_in, client, request
):
    for number in range(ROWS):
        make_user(
            f"{NAME} {number}", role=Role.CITY, organisation=nomination.organisation
        )
    given = {
        "nominations:nomination": [nomination.code],
        "nominations:call": [programme.slug, call.slug],
        "nominations:city": [call.slug, "krakow"],
        "nominations:nominate": [call.slug, "krakow"],
        "selection:call": [call.slug],
        "directory:organisation": [ump.slug],
        "public:programme": [programme.slug],
        "public:course": [programme.slug, course.slug],
        "programmes:plan": [programme.slug],
        "programmes:course_plan": [programme.slug, course.slug],
    }
    for name in ("desk", "cities", "nominations", "duplicates", "invite", "call_rules"):
        given[f"nominations:{name}"] = [call.slug]
    weights = {}
    for name, who in PAGES:
        reader = signed_in(request.getfixturevalue(who)) if who else client
        answer = reader.get(reverse(name, args=given.get(name)), {"size": ROWS})
        assert (name, answer.status_code) == (name, 200)
        weights[name] = len(answer.content)

    assert {name: size for name, size in weights.items() if size > MOST} == {}
    # The list is long indeed.
    assert weights["nominations:nominations"] > 50 * 1024
