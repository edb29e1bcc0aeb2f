"""The demo's maps: three cities', one with two versions, one agreement due for review."""

from datetime import UTC, datetime

import pytest

from mosty.demo import load, partnerships
from mosty.partnerships.comparing import compare
from mosty.partnerships.content import from_json
from mosty.partnerships.models import Agreement, StakeholderMap
from mosty.partnerships.queries import agreements
from mosty.partnerships.queries.saying import said_by

pytestmark = pytest.mark.django_db


def test_the_maps_and_agreements():
    now = datetime(2026, 11, 20, 9, tzinfo=UTC)
    load.load(now)
    krakow = partnerships.play(now, lambda said: None)

    found = {
        (str(one.city.slug), one.visibility, one.versions.count())
        for one in StakeholderMap.objects.select_related("city")
    }
    assert found == {
        ("krakow", "city", 2),
        ("lodz", "network", 1),
        ("hrubieszow", "city", 0),
    }
    marked = [*StakeholderMap.objects.values_list("title", flat=True)]
    marked += Agreement.objects.values_list("title", flat=True)
    assert [title for title in marked if "(przykład)" not in title] == []
    first, second = (
        from_json(row.content) for row in krakow.versions.order_by("number")
    )
    changed = compare(first, second)
    assert [one.name for one in changed.added] == ["Centrum Wielokulturowe"]
    assert [one.name for one in changed.gone] == ["Parafia wielojęzyczna"]
    assert len(changed.moved) == 2
    assert len(said_by(krakow).ties) == 14
    due = agreements.due_for(partnerships.contact("krakow"), now.date())
    assert [one.title for one in due] == [partnerships.PACT]
