"""Guides are found where they can be read, until they end."""

import pytest
from django.urls import reverse

from mosty.infopoint.actions import guides
from mosty.infopoint.queries import found
from mosty.library.actions import search
from mosty.library.models import SearchDocument, Sort
from tests.infopoint.workshops.given import details_of, publish

pytestmark = pytest.mark.django_db
ADDRESS = "https://example.org/guide"


def rows(client, typed):
    page = client.get(reverse("library:search"), {"q": typed}).context["page"]
    return [(row.kind, row.url, row.language, row.city) for row in page.rows]


def test_a_guide_is_found_until_it_ends(client, point, worker, now, today):
    guide = publish(point, worker, now, today, url=ADDRESS)
    assert rows(client, "ochrony międzynarodowej") == [
        ("Guide", ADDRESS, "pl", str(point.city))
    ]
    assert rows(client, "захисту") == [("Guide", ADDRESS, "uk", str(point.city))]
    guides.end(
        guide=guide, last_day=today, seen=1, reason="New law", actor=worker, now=now
    )
    assert rows(client, "ochrona") == []


def test_one_without_an_address_is_not_found(client, point, worker, now, today):
    guide = publish(point, worker, now, today)
    assert rows(client, "ochrona") == []
    guides.correct(
        guide=guide,
        details=details_of(today, languages=("en",), url=ADDRESS),
        seen=1,
        reason="",
        actor=worker,
        now=now,
    )
    # In a language without a title of its own, by the one it has.
    assert rows(client, "ochrona") == [("Guide", ADDRESS, "en", str(point.city))]
    kept = [*found.documents()]
    assert [one.url for one in kept] == [ADDRESS]
    SearchDocument.objects.all().delete()
    assert (search.reindex(Sort.GUIDE), SearchDocument.objects.count()) == (1, 1)
