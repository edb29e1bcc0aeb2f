"""Signing off, revising, sharing, closing."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from mosty.audit.models import Entry
from mosty.outbox.models import Link
from mosty.plans.actions import drafting, signing, tending
from mosty.plans.actions.signing import CannotSign, months_after
from mosty.plans.content import as_json, digest, read
from mosty.plans.models import Action, CheckIn, Plan, PlanVersion
from mosty.plans.queries.contents import live
from tests.plans.conftest import sign

pytestmark = pytest.mark.django_db


def test_what_is_signed_is_kept_whole_and_check_ins_are_planned(plan, city, now):
    before = live(plan)
    sign(plan, city, now)
    version = PlanVersion.objects.get(plan=plan)
    assert read(version.content) == before
    assert (version.number, version.sha256) == (1, digest(as_json(before)))
    day = plan.programme.local(now).date()
    assert list(CheckIn.objects.filter(plan=plan).values_list("months", "due_on")) == [
        (months, months_after(day, months)) for months in (3, 6, 12)
    ]
    entry = Entry.objects.filter(verb="plan.signed").get()
    assert (entry.scope, entry.after) == ("plans:academy", {"version": 1})


@pytest.mark.parametrize(
    ("day", "months", "after"),
    (
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 1, 31), 12, date(2027, 1, 31)),
        (date(2026, 12, 31), 3, date(2027, 3, 31)),
    ),
)
def test_months_end_where_the_month_does(day, months, after):
    assert months_after(day, months) == after


def test_only_what_was_read_is_signed_and_only_by_the_contact(
    plan, anna, city, other_city, now
):
    seen = digest(as_json(live(plan)))
    with pytest.raises(PermissionDenied):
        signing.sign(plan=plan, seen=seen, actor=other_city, now=now)
    drafting.save_head(
        plan=plan, values={"title": "Another"}, seen=1, actor=anna, now=now
    )
    with pytest.raises(CannotSign, match="since you read it"):
        signing.sign(plan=plan, seen=seen, actor=city, now=now)
    sign(plan, city, now)
    with pytest.raises(CannotSign, match="signed off already"):
        sign(plan, city, now)


def test_an_empty_plan_is_not_signed(plan, anna, city, now):
    for action in Action.objects.filter(plan=plan):
        drafting.remove(row=action, seen=1, actor=anna, now=now)
    with pytest.raises(CannotSign, match="no action yet"):
        sign(plan, city, now)


def test_a_revision_makes_the_next_version_and_no_new_check_ins(signed, city, now):
    first = signed.first_signed_at
    signing.revise(plan=signed, reason="New money", actor=city, now=now)
    with pytest.raises(CannotSign):
        signing.revise(plan=signed, reason="Twice", actor=city, now=now)
    drafting.save_head(
        plan=signed, values={"title": "Next"}, seen=1, actor=city, now=now
    )
    sign(signed, city, now)
    assert (signed.signed_version, signed.first_signed_at) == (2, first)
    assert [one.content["title"] for one in signed.versions.all()] == [
        "Next",
        "Welcome in Kraków",
    ]
    assert signed.check_ins.count() == 3


def test_sharing_widens_lines_only_when_asked_and_narrows_them_always(plan, city, now):
    def share(level, *, with_lines=False):
        signing.share(
            plan=plan, visibility=level, with_lines=with_lines, actor=city, now=now
        )
        lines = Action.objects.filter(plan=plan).values_list("visibility", flat=True)
        return (Plan.objects.get().visibility, *lines)

    assert share(3) == (3, 1, 1)
    assert share(3, with_lines=True) == (3, 3, 3)
    line = Action.objects.filter(plan=plan).first()
    signing.share_line(action=line, visibility=0, actor=city, now=now)
    assert sorted(share(2)) == [0, 2, 2]
    signing.share_line(action=line, visibility=3, actor=city, now=now)
    line.refresh_from_db()
    assert line.visibility == 2
    assert share(0) == (0, 0, 0)


def test_a_plan_from_home_has_no_cities_of_the_course(held, krakow, city, now):
    plan = drafting.begin(
        programme=held.programme, owner=krakow, course=None, title="From home",
        language="pl", actor=city, now=now,
    )  # fmt: skip
    with pytest.raises(CannotSign, match="drafted at no course"):
        signing.share(plan=plan, visibility=1, with_lines=False, actor=city, now=now)


def test_closing_says_what_came_of_it_and_ends_open_links(signed, city, anna, now):
    tending.tend(actor=tending_system(), now=now)
    with pytest.raises(CannotSign) as caught:
        signing.close(plan=signed, note=" ", actor=city, now=now)
    assert list(caught.value.fields) == ["note"]
    signing.close(plan=signed, note="It worked", actor=city, now=now)
    signed.refresh_from_db()
    assert (signed.state, signed.closing_note) == ("closed", "It worked")
    live_links = Link.objects.filter(purpose="plan", revoked_at__isnull=True)
    assert live_links.count() == 0


def tending_system():
    from mosty.audit.actors import SYSTEM

    return SYSTEM


def test_signing_days_count_where_the_programme_is(plan, city, now):
    late = now.replace(hour=23, minute=30)
    sign(plan, city, late)
    first = CheckIn.objects.get(plan=plan, months=12)
    assert first.due_on == months_after(plan.programme.local(late).date(), 12)
    assert first.due_on - late.date() >= timedelta(days=364)
