"""Cities side by side: with consent, of published numbers, on the common list."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from mosty.accounts.models import Role
from mosty.audit.actors import SYSTEM
from mosty.audit.models import Entry
from mosty.engines import disclosure as engine
from mosty.figures.actions import releases as figures
from mosty.figures.queries.releases import published
from mosty.figures.releases.document import Code, of_json
from mosty.figures.releases.making import make
from mosty.figures.releases.system import after
from mosty.infopoint.actions import consents, periods, releases
from mosty.infopoint.models import Code as Listed
from mosty.infopoint.models import Consent
from mosty.infopoint.queries import comparing
from mosty.kernel.languages import EVERYONE
from tests.factories import make_user
from tests.figures.releases.documents import document
from tests.infopoint.test_releases import RULES, ask, closed, fill, quick, year

pytestmark = pytest.mark.django_db
FIXTURES = (ask, closed, quick, year)


@pytest.fixture
def other_lead(lodz):
    return make_user("Lena Lew", role=Role.LEAD, organisation=lodz)


@pytest.fixture
def release(quick, year, now):
    """Return what fills, closes, protects and publishes a point's year."""

    def release(point, lead, count):
        fill(point, [date(year, 3, 4)] * count)
        periods.close(point=point, year=year, month=None, actor=lead, now=now)
        made = releases.ask(
            point=point, year=year, rules=RULES, reason="", actor=lead, now=now
        )
        releases.make(release=made.pk, actor=SYSTEM, now=now)
        made.refresh_from_db()
        figures.publish(release=made, actor=lead, now=now)

    return release


def address(year, language="en"):
    return reverse("points_compared", args=[language, year])


def test_only_who_agreed_is_compared_and_whoever_withdraws_is_gone(
    client, point, other_point, lead, other_lead, release, year, now
):
    release(point, lead, 30)
    release(other_point, other_lead, 60)
    assert client.get(address(year)).status_code == 404
    consents.give(point=point, actor=lead, now=now)
    assert client.get(address(year)).status_code == 404
    consents.give(point=other_point, actor=other_lead, now=now)

    for language in EVERYONE:
        answer = client.get(address(year, language))
        assert answer.headers["Content-Language"] == language
    page = client.get(address(year)).context["page"]
    assert [city.slug for city in page.cities] == ["krakow", "lodz"]
    found = {
        table.key: {
            row.code: (*[one for one, _share in row.cells], row.sum)
            for row in table.rows
        }
        for table in page.tables
    }
    assert found["channel"] == {"phone": (15, 30, 45), "email": (15, 30, 45)}
    # Hidden in one city: so is the sum.
    assert found["nationality"]["nga"] == (None, None, None)
    assert found["nationality"]["ukr"] == (19, 38, 57)
    assert page.tables[0].total.sum == 90

    # Also where the clock was set back meanwhile.
    consents.withdraw(point=point, actor=lead, now=now - timedelta(days=1))
    assert client.get(address(year)).status_code == 404
    assert "max-age" not in client.get(address(year)).headers.get("Cache-Control", "")


def test_who_may_agree(
    point, other_point, lead, worker, other_lead, coordinator, signed_in, now
):
    for actor in (worker, other_lead, coordinator):
        with pytest.raises(PermissionDenied):
            consents.give(point=point, actor=actor, now=now)
        with pytest.raises(PermissionDenied):
            consents.withdraw(point=point, actor=actor, now=now)
    url = {
        name: reverse(f"infopoint:compared_{name}", args=[point.slug])
        for name in ("join", "leave")
    }
    for name in url:
        answers = [
            signed_in(who).post(url[name]).status_code
            for who in (worker, other_lead, coordinator)
        ]
        assert answers == [403, 404, 404]
        assert signed_in(lead).get(url[name]).status_code == 405
    client = signed_in(lead)
    for name, live in (("join", 1), ("join", 1), ("leave", 0), ("leave", 0)):
        client.post(url[name])
        assert Consent.objects.filter(withdrawn_at=None).count() == live
    verbs = Entry.objects.filter(verb__startswith="comparison.").order_by("pk")
    assert [one.verb for one in verbs] == ["comparison.joined", "comparison.left"]


def test_the_database_keeps_consents_true(point, now):
    Consent.objects.create(point=point, given_at=now, given_by="L")
    for fields in ({}, {"withdrawn_at": now}, {"withdrawn_by": "L"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Consent.objects.create(point=point, given_at=now, given_by="L", **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(point).objects.filter(pk=point.pk).update(slug="all")


def test_a_city_s_own_codes_count_as_common_ones(point, lead, release, year, now):
    common = Listed.objects.get(kind="channel", code="phone", owner=None)
    for code, counts_as in (("hotline", common), ("pigeon", None)):
        Listed.objects.create(
            owner=point.city, kind="channel", code=code, label=code, common=counts_as
        )
    fill(point, [date(year, 5, 6)] * 30, ("hotline", "pigeon"))
    release(point, lead, 30)

    found = published(point.subject, year).document
    codes = found.dimension("channel").by_code
    assert {code: one.common for code, one in codes.items()} == {
        "phone": "",
        "email": "",
        "hotline": "phone",
        "pigeon": "_unmapped",
    }
    merged = comparing.on_common(found, found.table("channel"))
    assert merged == {"phone": 30, "email": 15, "_unmapped": 15}


def cells(**numbers):
    return document({("t",): {(code,): number for code, number in numbers.items()}})


def test_codes_are_merged_and_a_hidden_part_hides_the_whole(quick):
    made = cells(phone=9, hotline=7, rare=2, mail=20)
    dimension = made.dimensions[0]
    codes = tuple(
        Code(one.code, one.label, common="phone" if one.code == "hotline" else "")
        for one in dimension.codes
    )
    text = make(replace(made, dimensions=(replace(dimension, codes=codes),))).text
    told = of_json(json.loads(text))
    table = told.tables[0]
    merged = comparing.on_common(told, table)
    hidden = {code for (code,), value in table.by_codes.items() if value is None}
    assert "rare" in hidden
    assert merged["phone"] == (None if hidden & {"phone", "hotline"} else 16)
    assert "hotline" not in merged


def test_nothing_hidden_follows_from_cities_side_by_side(quick):
    """Audited together: every city's tables, and every sum that is told."""
    documents = [
        replace(cells(a=40, b=2, c=9, d=30), subject="one"),
        replace(cells(a=25, b=11, c=12, d=1), subject="two"),
    ]
    made = [of_json(json.loads(make(one).text)) for one in documents]
    shown = comparing.compared(made, [one.tables[0] for one in made], "en")
    tables = [
        table
        for number, one in enumerate(made)
        for table in after(one, mark=str(number))
    ]
    sums = [
        engine.Statement(
            tuple(
                (
                    engine.Key(
                        f"n@{n}", frozenset({("t", row.code), ("release", str(n))})
                    ),
                    1,
                )
                for n in range(2)
            ),
            row.sum,
            row.sum,
            "together",
        )
        for row in shown.rows
        if row.sum is not None
    ]
    assert len(sums) >= 1
    assert engine.audit(tables, also=sums).holds
    told = {row.code: [one for one, _share in row.cells] for row in shown.rows}
    assert all((row.sum is None) == (None in told[row.code]) for row in shown.rows)
