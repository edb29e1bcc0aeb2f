"""
What a city thinks of others never leaves it: not to a page, a file or a picture.

Everything that is private is changed, and nothing that others get may change with it.
The addresses are those that there are: a new one is asked as well.
"""

import re

import pytest
from django.urls import reverse

from mosty.audit.models import Entry
from mosty.partnerships.actions import actors, ties, versions
from mosty.partnerships.models import Tie
from tests.partnerships.conftest import SECRETS, share
from tests.structure import addresses

pytestmark = pytest.mark.django_db
OTHERS = ("other_city", "coordinator", "partner", "secretariat", "auditor", "trainer")
NAMES = sorted(
    {
        address.name
        for address in addresses()
        if address.name.startswith("partnerships:") and "/link/" not in address.path
    }
)
# Differs from one answer to the next by itself.
NOISE = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"|nonce-[\w+/=-]+')


def asked(client, found, row, tie, agreement):
    """Return every answer there is: of each address, with each way of asking."""
    answers = {}
    for name in NAMES:
        args = {
            "actor": [found.pk, row.key],
            "actor_remove": [found.pk, row.key],
            "tie": [found.pk, tie.pk],
            "tie_remove": [found.pk, tie.pk],
            "version": [found.pk, 1],
            "document": [agreement.pk, 1],
        }
        short = name.partition(":")[2]
        if short in args:
            path = reverse(name, args=args[short])
        elif short.startswith(("agreement_make", "agreements", "maps", "make")):
            path = reverse(name)
        elif short.startswith(("agreement", "document")):
            path = reverse(name, args=[agreement.pk])
        else:
            path = reverse(name, args=[found.pk])
        for query in ("", "?version=1&export=csv&before=1&after=0&theme=dark"):
            answer = client.get(path + query)
            answers[name, query] = answer.status_code, NOISE.sub(b"", answer.content)
    return answers


@pytest.mark.parametrize("who", OTHERS)
def test_others_get_the_same_whatever_the_city_thinks(
    request, city_map, frozen, school, club, agreement, city, signed_in, now, who
):
    tie = Tie.objects.get()
    share(city_map, city, now)
    client = signed_in(request.getfixturevalue(who))
    before = asked(client, city_map, school, tie, agreement)

    base = actors.said_of(school)
    other = {"interest": "low", "influence": "low"}
    other |= {name: f"other-{name}" for name in SECRETS}
    actors.change(
        stakeholder=school, details=actors.Details(**{**base, **other}), seen=1,
        base=base, actor=city, now=now,
    )  # fmt: skip
    said = ties.said_of(tie)
    ties.change(
        tie=tie,
        details=ties.Details(**{**said, "strength": 1, "agreement": agreement.pk}),
        seen=1, base=said, actor=city, now=now,
    )  # fmt: skip
    # So that the newest version holds it all.
    versions.freeze(
        found=city_map, day=now.date(), note_text="secret-note", actor=city, now=now
    )
    after = asked(client, city_map, school, tie, agreement)

    shared = [name for name, answer in before.items() if answer[0] == 200]
    if who in {"other_city", "coordinator", "partner", "secretariat"}:
        assert ("partnerships:shared_actors", "") in shared
    # That there is a second version is no secret.
    assert {
        name: re.sub(rb"[Vv]ersion \d", b"", body)
        for name, (_status, body) in after.items()
    } == {
        name: re.sub(rb"[Vv]ersion \d", b"", body)
        for name, (_status, body) in before.items()
    }
    words = [b"secret-", b"other-contribution"]
    found = [
        (name, word)
        for name, (_status, body) in (before | after).items()
        for word in words
        if word in body
    ]
    assert found == []


def test_others_get_names_services_and_ties(
    city_map, frozen, school, city, other_city, signed_in, now
):
    share(city_map, city, now)
    client = signed_in(other_city)

    def lines(name):
        answer = client.get(reverse(f"partnerships:{name}", args=[city_map.pk]))
        return answer.content.decode("utf-8-sig").splitlines()

    assert lines("shared_actors") == [
        '"Label","Type","Tags","Description","Level"',
        '"Club of Neighbours","migrant-led","","","local"',
        '"School No. 5","public","children","Polish lessons","local"',
    ]
    assert lines("shared_ties")[0] == '"From","To","Type","Direction"'
    exported = Entry.objects.filter(verb="map.exported").order_by("pk")
    assert [(e.target_key, e.after) for e in exported] == [
        (str(city_map.pk), {"form": "csv", "rows": 2}),
        (str(city_map.pk), {"form": "csv", "rows": 1}),
    ]


def test_work_in_progress_is_not_shared(
    city_map, frozen, put, city, other_city, signed_in, now
):
    share(city_map, city, now)
    put("Not yet decided")
    answer = signed_in(other_city).get(
        reverse("partnerships:shared", args=[city_map.pk])
    )
    assert [row.name for row in answer.context["page"].actors] == [
        "Club of Neighbours",
        "School No. 5",
    ]
