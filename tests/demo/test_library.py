"""The demo's library: what is made up says so, and keeps to the template."""

from datetime import UTC, datetime

import pytest

from mosty.demo import library, load
from mosty.demo.cast import gather
from mosty.library import policies
from mosty.library.models import AdoptionReport, EditionVersion, PracticeVersion
from mosty.library.queries.tools import editions_of

pytestmark = pytest.mark.django_db


def test_the_library_has_everything_in_every_state():
    now = datetime(2026, 11, 20, 9, tzinfo=UTC)
    load.load(now)
    library.play(gather(), now, lambda said: None)

    states = PracticeVersion.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["published", "published", "submitted", "draft"]
    outcomes = AdoptionReport.objects.order_by("pk").values_list("outcome", flat=True)
    assert list(outcomes) == ["works", "failed", "trying"]
    unmarked = PracticeVersion.objects.exclude(title__contains="(przykład)")
    assert list(unmarked) == []
    tools = list(policies.tools_published().order_by("pk"))
    behind = [
        [
            bool(row.standing and row.standing.is_behind)
            for row in editions_of([tool])[tool.pk]
        ]
        for tool in tools
    ]
    assert behind == [[False, False], [False, False], [False, True], [False, True]]
    # Of what others have published no text is kept.
    theirs = EditionVersion.objects.filter(edition__tool__issuer=library.COUNCIL)
    assert sum(version.sections.count() for version in theirs) == 0
