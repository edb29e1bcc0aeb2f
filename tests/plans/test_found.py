"""A plan is found by everybody as long, and as far, as everybody may read it."""

import pytest
from django.core.management import call_command

from mosty.library.models import SearchDocument
from mosty.plans.actions import drafting, signing
from mosty.plans.models import Action, Visibility
from mosty.programmes import actions as programmes
from mosty.programmes.models import Programme
from tests.plans.conftest import sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def open_plan(plan, city, now):
    """Return a signed plan that everybody sees, with both of its lines."""
    Programme.objects.update(is_published=True)
    plan = sign(plan, city, now)
    share(plan, Visibility.PUBLIC, city, now, with_lines=True)
    return plan


def share(plan, level, actor, now, *, with_lines=False):
    signing.share(
        plan=plan, visibility=level, with_lines=with_lines, actor=actor, now=now
    )


def found():
    """Return what the index holds of plans: title, and which lines of the plan."""
    lines = list(Action.objects.order_by("pk").values_list("what", flat=True))
    return [
        (one.title, [what for what in lines if what in one.body])
        for one in SearchDocument.objects.filter(kind="plan")
    ]


def test_a_public_plan_is_found_with_its_lines(open_plan):
    both = list(Action.objects.order_by("pk").values_list("what", flat=True))
    assert len(both) == 2
    assert found() == [("Welcome in Krak\u00f3w", both)]


@pytest.mark.parametrize("level", (Visibility.PRIVATE, Visibility.NETWORK))
def test_what_is_not_for_everybody_is_found_by_nobody(open_plan, city, now, level):
    share(open_plan, level, city, now)
    assert found() == []


def test_a_draft_is_not_found(plan, city, now):
    Programme.objects.update(is_published=True)
    share(plan, Visibility.PUBLIC, city, now, with_lines=True)
    assert found() == []


def test_a_line_drawn_in_is_found_no_longer(open_plan, city, now):
    first, second = Action.objects.order_by("pk")
    signing.share_line(action=first, visibility=Visibility.COURSE, actor=city, now=now)
    assert found() == [("Welcome in Krak\u00f3w", [second.what])]


def test_a_line_taken_out_or_drawn_in_while_revising_is_found_no_longer(
    open_plan, city, now
):
    signing.revise(plan=open_plan, reason="New year.", actor=city, now=now)
    first, second = Action.objects.order_by("pk")
    drafting.save_action(
        action=first,
        values={"what": first.what},
        visibility=Visibility.COURSE,
        seen=first.version,
        actor=city,
        now=now,
    )
    assert found() == [("Welcome in Krak\u00f3w", [second.what])]
    drafting.remove(row=second, seen=second.version, actor=city, now=now)
    assert [what for _title, what in found()] == [[]]


def test_a_plan_goes_with_its_programme(open_plan, coordinator, now):
    programmes.unpublish_programme(
        programme=open_plan.programme, reason="x", actor=coordinator, now=now
    )
    assert found() == []


def test_the_index_is_made_anew_with_plans(open_plan):
    before = found()
    SearchDocument.objects.all().delete()
    call_command("reindex", "--commit", verbosity=0)
    assert found() == before != []
