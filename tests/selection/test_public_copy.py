"""The public copy on the run page: after the announcement, for who may see the run."""

from datetime import timedelta

import pytest
from django.urls import reverse

from mosty.audit.models import Entry
from mosty.engines.selection.public_copy import NOT_SHOWN, verify_copy
from mosty.nominations.models import Nomination
from mosty.selection.actions import deciding
from tests.selection.test_access import statuses
from tests.selection.test_rule_costs import gdansk

__all__ = ["gdansk"]


def path_of(run):
    return reverse("selection:public_copy", args=[run.pk])


def test_it_is_for_partners_after_the_announcement_only(request, signed_in, signed):
    assert statuses(request, signed_in, path_of(signed)) == (404,) * 5
    page = signed_in(request.getfixturevalue("partner")).get(
        reverse("selection:run", args=[signed.pk])
    )
    assert path_of(signed) not in page.content.decode()


def test_who_gets_it_once_announced(request, signed_in, announced):
    assert statuses(request, signed_in, path_of(announced)) == (
        200,
        200,
        200,
        404,
        404,
    )
    assert signed_in(request.getfixturevalue("partner")).post(
        path_of(announced)
    ).status_code == (405)
    entries = Entry.objects.filter(verb="run_copy.exported")
    assert [(one.target_key, one.after) for one in entries] == [
        (str(announced.pk), {"form": "json", "rows": 12})
    ] * 3


def test_it_names_nobody_and_checks(signed_in, partner, announced):
    answer = signed_in(partner).get(path_of(announced))
    assert answer["Content-Disposition"] == (
        'attachment; filename="closed-draw-1-public.json"'
    )
    text = answer.content.decode()
    named = Nomination.objects.values_list("code", "family_name", "email")
    assert [part for row in named for part in row if part in text] == []
    # One person of each unit in each city: too few to show anything of them.
    assert verify_copy(text) == ([], list(NOT_SHOWN.values()))


def test_the_run_says_how_to_repeat_it(signed_in, partner, announced):
    page = signed_in(partner).get(reverse("selection:run", args=[announced.pk]))
    text = page.content.decode()
    assert path_of(announced) in text
    assert [
        line in text
        for line in (
            "mosty verify closed-draw-1.json\n",
            "mosty verify closed-draw-1.json --full\n",
            "mosty explain closed-draw-1.json --person CODE --lang en<",
        )
    ] == [True] * 3
    assert page.context["lines"].count("\n") < 20
    assert "without what was changed by hand" not in text


@pytest.fixture
def changed(run, coordinator, partner, odihr, unhcr, now):
    """Return an announced draw in which one seat was given to another by hand."""
    leaves = run.decisions.filter(outcome="selected").first()
    # Three of a city may sit: any exchange keeps the limits.
    enters = run.decisions.filter(outcome="reserve").first()
    deciding.exchange(
        run=run, leaves=leaves, enters=enters, reason="x", actor=coordinator, now=now
    )
    deciding.sign(run=run, organisation=odihr, actor=coordinator, now=now)
    deciding.sign(run=run, organisation=unhcr, actor=partner, now=now)
    return deciding.announce(
        run=run, answer_by=now + timedelta(days=7), actor=coordinator, now=now
    )


def test_after_a_change_by_hand_the_page_says_what_the_copy_shows(
    signed_in, partner, changed
):
    page = signed_in(partner).get(reverse("selection:run", args=[changed.pk]))
    assert "It shows the draw, without what was changed by hand." in (
        page.content.decode()
    )
