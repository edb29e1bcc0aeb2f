"""A run is solved again in the background, and what came of it is kept and shown."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from mosty.audit.actors import SYSTEM
from mosty.audit.models import Entry
from mosty.engines import selection as engine
from mosty.engines.reading import canonical
from mosty.selection.actions import calculations, runs
from mosty.selection.models import Calculation
from mosty.selection.queries import records
from mosty.selection.queries.calculations import Difference, last_repetition


@pytest.fixture
def trial(closed, coordinator, now):
    return runs.what_if(
        call=closed, rules=closed.rules.as_json(), actor=coordinator, now=now
    )


@pytest.fixture
def spoiled(monkeypatch):
    """Let every record be another than was drawn: the reserve list is reversed."""
    real = records.text_of

    def text_of(run):
        stored = json.loads(real(run))
        stored["reserve"].reverse()
        return canonical(stored)

    monkeypatch.setattr(records, "text_of", text_of)


def made(run, actor, now):
    asked = calculations.ask_again(run=run, actor=actor, now=now)
    calculations.carry_out(calculation=asked.pk, actor=SYSTEM, now=now)
    asked.refresh_from_db()
    return asked


def test_what_is_the_same_is_kept_as_the_same(run, partner, now):
    asked = made(run, partner, now)

    assert (asked.state, asked.answer) == ("done", {"count": 0, "first": []})
    last = last_repetition(run)
    assert (last.count, last.first, last.more) == (0, [], 0)
    assert last.asked_by == "Bob Brown"
    entry = Entry.objects.get(verb="selection.solved_again")
    assert (entry.actor_key, entry.after) == (
        partner.ledger_key,
        {"kind": "again", "number": 1, "differences": 0},
    )


def test_what_differs_is_kept_with_its_places(run, partner, now, spoiled):
    asked = made(run, partner, now)

    assert asked.answer["count"] == len(asked.answer["first"])
    assert [one["path"] for one in asked.answer["first"]][:2] == [
        "record.digests",
        "record.reserve",
    ]
    assert last_repetition(run).first[0] == Difference(**asked.answer["first"][0])


def test_only_the_first_differences_are_kept(run, partner, now, monkeypatch):
    many = [engine.Difference(f"p{i}", "1" * 300, "2") for i in range(130)]
    monkeypatch.setattr(engine, "verify", lambda *_args, **_options: many)
    asked = made(run, partner, now)

    last = last_repetition(run)
    assert (last.count, len(last.first), last.more) == (130, 100, 30)
    assert asked.answer["first"][0] == {
        "path": "p0",
        "recorded": "1" * 200,
        "computed": "2",
    }


def test_one_of_a_person_at_a_time(run, trial, coordinator, partner, now):
    first = calculations.ask_again(run=run, actor=coordinator, now=now)

    assert calculations.ask_again(run=run, actor=coordinator, now=now) == first
    with pytest.raises(runs.CannotRun, match="Another run"):
        calculations.ask_again(run=trial, actor=coordinator, now=now)
    assert calculations.ask_again(run=run, actor=partner, now=now) != first


def test_nothing_is_kept_of_what_was_cancelled(run, partner, now, monkeypatch):
    asked = calculations.ask_again(run=run, actor=partner, now=now)

    def cancelled(*args, **options):
        Calculation.objects.update(cancel_asked=True)
        return []

    monkeypatch.setattr(engine, "verify", cancelled)
    calculations.carry_out(calculation=asked.pk, actor=SYSTEM, now=now)
    asked.refresh_from_db()
    assert (asked.state, asked.answer) == ("cancelled", None)


def test_a_solver_that_fails_is_said(run, partner, now, monkeypatch):
    def fails(*args, **options):
        raise engine.SolverFailed("no")

    monkeypatch.setattr(engine, "verify", fails)
    asked = made(run, partner, now)
    assert (asked.state, asked.failure) == ("failed", "broken")


def test_the_worker_tells_and_is_told(run, partner, now, monkeypatch):
    watched = []
    monkeypatch.setattr(
        engine, "verify", lambda *_args, watch, **_options: watched.append(watch) or []
    )
    made(run, partner, now)
    assert [type(one) for one in watched] == [engine.Watch]


@pytest.mark.parametrize(
    ("who", "allowed"),
    (
        ("coordinator", True),
        ("partner", True),
        ("secretariat", True),
        ("city", False),
        ("stranger", False),
    ),
)
def test_who_may_have_a_draw_solved_again(request, run, now, who, allowed):
    actor = request.getfixturevalue(who)
    if allowed:
        calculations.ask_again(run=run, actor=actor, now=now)
    else:
        with pytest.raises(PermissionDenied):
            calculations.ask_again(run=run, actor=actor, now=now)
    assert Calculation.objects.count() == int(allowed)


def test_a_trial_is_solved_again_for_its_coordinator_only(trial, partner, now):
    with pytest.raises(PermissionDenied):
        calculations.ask_again(run=trial, actor=partner, now=now)


def test_who_may_no_longer_see_the_run_gets_nothing(run, partner, now):
    asked = calculations.ask_again(run=run, actor=partner, now=now)
    partner.grants.all().delete()
    calculations.carry_out(calculation=asked.pk, actor=SYSTEM, now=now)
    asked.refresh_from_db()
    assert (asked.state, asked.failure) == ("failed", "not_allowed")


def test_the_pages_from_the_button_to_the_result(signed_in, partner, run, work):
    client = signed_in(partner)
    path = reverse("selection:verify", args=[run.pk])
    assert "Nobody has had this run solved again" in client.get(path).content.decode()

    asked = client.post(path)
    waiting = client.get(asked.url)
    assert "The run is being solved again" in waiting.content.decode()
    work()
    assert client.get(asked.url).url == path
    done = client.get(path).content.decode()
    assert "Run again: identical" in done
    assert "Asked for by: Bob Brown" in done


def test_the_page_names_what_differs(signed_in, partner, run, work, spoiled):
    client = signed_in(partner)
    path = reverse("selection:verify", args=[run.pk])
    client.post(path)
    work()
    page = client.get(path)
    assert "The result differs" in page.content.decode()
    assert page.context["last"].first[1].path == "record.reserve"


def test_a_second_run_at_once_is_refused_on_its_page(
    signed_in, coordinator, run, trial
):
    client = signed_in(coordinator)
    client.post(reverse("selection:verify", args=[run.pk]))
    path = reverse("selection:verify", args=[trial.pk])
    assert client.post(path).url == path
    assert "Another run is being solved again" in client.get(path).content.decode()


def test_who_asked_watches_and_cancels_it(
    request, signed_in, partner, secretariat, stranger, run, now
):
    asked = calculations.ask_again(run=run, actor=partner, now=now)
    path = reverse("selection:calculation", args=[asked.pk])
    seen = [signed_in(one).get(path).status_code for one in (secretariat, stranger)]
    assert seen == [404, 404]
    assert signed_in(partner).get(path).status_code == 200
    cancel = reverse("selection:cancel", args=[asked.pk])
    assert signed_in(secretariat).post(cancel).status_code == 404
    page = signed_in(partner).post(cancel, follow=True).content.decode()
    assert "The run was not solved again" in page
    asked.refresh_from_db()
    assert asked.state == "cancelled"
