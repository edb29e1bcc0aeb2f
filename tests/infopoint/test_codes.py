"""A city keeps lists of its own; a code in use is ended, never lost."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from i18nfield.strings import LazyI18nString

from mosty.audit.models import Entry
from mosty.infopoint.actions import codes
from mosty.infopoint.actions.codes import CannotKeepList, Details
from mosty.infopoint.models import Code, Kind
from mosty.infopoint.queries import lists
from tests.factories import make_user

pytestmark = pytest.mark.django_db
WORDS = Details(LazyI18nString({"pl": "Gorąca linia", "en": "Hotline"}))


@pytest.fixture
def phone(point):
    return Code.objects.get(owner=None, kind="channel", code="phone")


def add(city, actor, now, code="hotline", details=WORDS):
    return codes.add(
        city=city, kind=Kind.CHANNEL, code=code, details=details, actor=actor, now=now
    )


def test_a_city_s_first_code_replaces_the_common_list(
    point, krakow, lead, today, now, phone
):
    details = Details(WORDS.label, common=phone)
    added = add(krakow, lead, now, details=details)
    offered = lists.offered(point, today)["channel"]
    assert [(one.code, one.label) for one in offered] == [("hotline", "Hotline")]
    entry = Entry.objects.get(verb="code.added")
    assert (entry.target_key, entry.scope, entry.after) == (
        "hotline",
        "krakow",
        {
            "list": "channel",
            "since": "",
            "until": "",
            "counts_as": "phone",
            "sensitive": False,
        },
    )
    assert added.common == phone


def test_a_code_that_counts_as_sensitive_is_sensitive(krakow, point, lead, now):
    violence = Code.objects.get(code="violence")
    added = codes.add(
        city=krakow,
        kind=Kind.TOPIC,
        code="home",
        details=Details(WORDS.label, common=violence),
        actor=lead,
        now=now,
    )
    assert added.sensitive is True


def test_what_is_refused(krakow, lead, worker, phone, today, now):
    for actor in (worker, make_user("Sid Stray")):
        with pytest.raises(PermissionDenied):
            add(krakow, actor, now)
    added = add(krakow, lead, now)
    topic = Code.objects.get(owner=None, code="stay")
    for code, details, field in (
        ("hotline", WORDS, "code"),
        ("Hot line", WORDS, "code"),
        ("x", Details(WORDS.label, common=topic), "common"),
        ("x", Details(WORDS.label, common=added), "common"),
        ("x", Details(WORDS.label, today, today - timedelta(days=1)), "until"),
    ):
        with pytest.raises(CannotKeepList) as caught:
            add(krakow, lead, now, code, details)
        assert list(caught.value.fields) == [field]
    with pytest.raises(PermissionDenied):
        codes.change(code=phone, details=WORDS, actor=lead, now=now)
    assert Code.objects.filter(owner=krakow).count() == 1


def test_a_code_in_use_is_ended_after_its_records(krakow, lead, recorded, today, now):
    added = add(krakow, lead, now)
    recorded(channel="hotline")
    early = Details(WORDS.label, until=today - timedelta(days=1))
    with pytest.raises(CannotKeepList):
        codes.change(code=added, details=early, actor=lead, now=now)
    ended = codes.change(
        code=added, details=Details(WORDS.label, until=today), actor=lead, now=now
    )
    assert ended.until == today
    assert Entry.objects.get(verb="code.changed").after["until"] == str(today)


@pytest.mark.parametrize("name", ("lists", "codes", "code_add", "code"))
def test_only_the_lead_keeps_lists(point, krakow, lead, now, signed_in, request, name):
    added = add(krakow, lead, now)
    args = {"lists": [], "code": [added.pk]}.get(name, ["channel"])
    url = reverse(f"infopoint:{name}", args=[point.slug, *args])
    asked = {"lead": 200, "worker": 403, "other_worker": 404, "stranger": 404}
    answers = {
        who: signed_in(request.getfixturevalue(who)).get(url).status_code
        for who in asked
    }
    assert answers == asked
    assert signed_in(lead).put(url).status_code == 405


def test_codes_are_kept_on_their_pages(point, lead, signed_in, phone):
    client = signed_in(lead)
    url = reverse("infopoint:code_add", args=[point.slug, "channel"])
    sent = {"label_0": "Gorąca linia", "code": "hotline", "order": 1}
    answer = client.post(url, {**sent, "common": phone.pk})
    assert answer.url == reverse("infopoint:codes", args=[point.slug, "channel"])
    (row,) = client.get(answer.url).context["rows"]
    assert (row.code, row.common, row.is_own) == ("hotline", "phone", True)
    url = reverse("infopoint:code", args=[point.slug, row.pk])
    client.post(url, {**sent, "until": "2030-01-01"})
    (row,) = client.get(answer.url).context["rows"]
    assert (str(row.until), row.common) == ("2030-01-01", "")
    counts = client.get(reverse("infopoint:lists", args=[point.slug])).context["lists"]
    assert [(one.own, one.common) for one in counts if one.kind == "channel"] == [
        (1, 7)
    ]
    unknown = reverse("infopoint:codes", args=[point.slug, "weather"])
    assert client.get(unknown).status_code == 404


def test_another_city_s_code_is_not_there(point, lodz, lead, signed_in):
    other = Code.objects.create(owner=lodz, kind="district", code="x", label="X")
    url = reverse("infopoint:code", args=[point.slug, other.pk])
    assert signed_in(lead).get(url).status_code == 404
