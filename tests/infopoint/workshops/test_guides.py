"""How a guide is told, corrected and ended."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from mosty.audit.models import Entry
from mosty.infopoint.actions import guides, periods
from mosty.infopoint.actions.guides import CannotTell
from mosty.infopoint.models import (
    Guide,
)
from mosty.infopoint.queries.workshops import editions_to_choose
from tests.infopoint.conftest import last_month
from tests.infopoint.workshops.given import details_of, publish, refused, url


def test_a_guide_is_told_corrected_and_ended(point, worker, lead, now, today):
    guide = publish(point, worker, now, today, url="https://example.org/a")
    guides.correct(
        guide=guide, details=details_of(today, languages=("pl",)), seen=1, reason="",
        actor=lead, now=now,
    )  # fmt: skip
    guides.end(
        guide=guide, last_day=today, seen=2, reason="New law", actor=worker, now=now
    )
    row = Guide.objects.get()
    assert (row.languages, row.url, row.ended_on, row.version) == (["pl"], "", today, 3)
    entry = Entry.objects.get(verb="guide.corrected")
    assert (entry.before["languages"], entry.after["languages"]) == (
        ["pl", "uk"],
        ["pl"],
    )
    assert Entry.objects.get(verb="guide.ended").reason == "New law"


def test_what_cannot_be_told_of_a_guide(point, worker, other_worker, now, today):
    for day in (today + timedelta(days=1), point.opened_on - timedelta(days=1)):
        with pytest.raises(CannotTell):
            publish(point, worker, now, day)
    guide = publish(point, worker, now, today)
    with pytest.raises(PermissionDenied):
        publish(point, other_worker, now, today)
    same = details_of(today)
    for given in (
        {"details": same, "seen": 1},
        {"details": replace(same, languages=("en",)), "seen": 2},
    ):
        with pytest.raises(CannotTell):
            guides.correct(guide=guide, reason="", actor=worker, now=now, **given)
    with pytest.raises(CannotTell):
        guides.end(
            guide=guide, last_day=today - timedelta(days=1), seen=1, reason="",
            actor=worker, now=now,
        )  # fmt: skip


def test_a_closed_period_s_guides_change_with_the_lead_s_reason(
    point, worker, lead, now, today
):
    day = last_month(today)
    guide = publish(point, worker, now, day)
    periods.close(point=point, year=day.year, month=day.month, actor=lead, now=now)
    changed = details_of(day, languages=("pl", "uk", "en"))
    for actor, reason in ((worker, "x"), (lead, " ")):
        with pytest.raises(CannotTell):
            publish(point, actor, now, day, reason)
        with pytest.raises(CannotTell):
            guides.correct(
                guide=guide,
                details=changed,
                seen=1,
                reason=reason,
                actor=actor,
                now=now,
            )
    guides.correct(
        guide=guide, details=changed, seen=1, reason="English came", actor=lead, now=now
    )
    row = Guide.objects.get()
    assert (row.late_reason, len(row.languages)) == ("English came", 3)
    # Ending it changes no figure of the period.
    guides.end(guide=row, last_day=today, seen=2, reason="", actor=worker, now=now)
    refused(lambda: Guide.objects.update(title="x"))
    refused(lambda: Guide.objects.all().delete())


def test_a_guide_leads_to_its_edition_in_the_library(
    point, worker, lead, signed_in, now, today, edition
):
    guide = publish(point, worker, now, today, edition=edition)
    assert Entry.objects.get(verb="guide.published").after["tool"] == "handbook"
    client = signed_in(lead)
    (row,) = client.get(url("guides", point.slug)).context["guides"]
    assert row.in_library == "/en/tools/handbook/pl/"
    # Nobody has published it: it can be chosen no more.
    sent = {
        "title_0": "x", "languages": ["pl"], "published_on": today.isoformat(),
        "edition": edition.pk, "seen": "1",
    }  # fmt: skip
    page = url("guide_correct", point.slug, guide.pk)
    assert [*client.post(page, sent).context["form"].errors] == ["edition"]
    assert list(editions_to_choose()) == []
    edition.tool.retired_at = now
    edition.tool.retired_by, edition.tool.retired_reason = "Alice", "Old"
    edition.tool.save()
    (row,) = client.get(url("guides", point.slug)).context["guides"]
    assert row.in_library == ""
