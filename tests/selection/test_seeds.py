"""Where a seed came from is said in the language of who reads it."""

import pytest
from django.utils import translation
from i18nfield.strings import LazyI18nString

from mosty.selection.actions import runs
from mosty.selection.queries.seeds import source_of

pytestmark = pytest.mark.django_db

WRITTEN = LazyI18nString({"en": "The first draw", "pl": "Pierwsze losowanie"})


@pytest.fixture
def named(closed):
    """Return the closed call, its source named in two languages."""
    type(closed).objects.filter(pk=closed.pk).update(seed_source=WRITTEN)
    closed.refresh_from_db()
    return closed


def read(run):
    found = []
    for language in ("pl", "en"):
        with translation.override(language):
            found.append(source_of(run))
    return found


@pytest.mark.parametrize("language", ("pl", "en"))
def test_the_call_says_it_in_each_language(named, coordinator, now, language):
    with translation.override(language):
        run = runs.draw(call=named, actor=coordinator, now=now)
    assert read(run) == ["Pierwsze losowanie", "The first draw"]


def test_what_the_call_does_not_say_stays_as_the_record_has_it(named, coordinator, now):
    run = runs.draw(call=named, actor=coordinator, now=now)
    run.seed_source = "Dice"
    assert read(run) == ["Dice", "Dice"]


def test_a_trial_names_itself(named, coordinator, now):
    run = runs.what_if(
        call=named, rules=named.rules.as_json(), actor=coordinator, now=now
    )
    assert read(run) == ["próba, nie losowanie", "a trial, not the draw"]
