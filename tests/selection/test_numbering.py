"""A draw in public: its list is published first, the number decides, all of it is kept."""

import json
from datetime import timedelta
from hashlib import sha256

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from mosty.audit.actors import SYSTEM
from mosty.audit.models import Entry
from mosty.engines import selection as engine
from mosty.engines.selection.public_copy import public_copy, verify_copy
from mosty.nominations.actions import seeds
from mosty.nominations.models import Call, Nomination
from mosty.selection.actions import calculations, numbering, runs
from mosty.selection.models import Calculation, Decision, NumberedList, Run
from mosty.selection.queries import pool, records
from mosty.selection.queries.lists import list_page


@pytest.fixture
def public(closed):
    """Return the closed call, whose lot is cast by a number drawn in public."""
    rows = Call.objects.filter(pk=closed.pk)
    rows.update(state="draft")
    rows.update(casting="public", seed="", seed_entered_at=None)
    rows.update(state="published")
    return Call.objects.select_related("course__programme").get(pk=closed.pk)


@pytest.fixture
def listed(public, coordinator, now):
    asked = calculations.ask_list(call=public, actor=coordinator, now=now)
    calculations.carry_out(calculation=asked.pk, actor=SYSTEM, now=now)
    public.refresh_from_db()
    return NumberedList.objects.select_related("call").get()


@pytest.fixture
def numbered(listed, public, coordinator, now):
    return numbering.enter_number(
        call=public, number=417, actor=coordinator, now=now + timedelta(hours=1)
    )


def codes(run):
    rows = Decision.objects.filter(run=run, outcome="selected")
    return sorted(rows.values_list("nomination__code", flat=True))


# The list -------------------------------------------------------------------------


def test_the_list_is_kept_with_its_digest_and_a_ledger_entry(listed, public, now):
    assert listed.digest == sha256(listed.text.encode()).hexdigest()
    assert len(json.loads(listed.text)["cohorts"]) == 1000
    assert (public.seed, public.seed_entered_at) == (public.slug, now)
    assert [
        (entry.verb, entry.actor_label, entry.after.get("sha256"))
        for entry in Entry.objects.filter(
            verb__in=("call.settled", "selection.numbered")
        ).order_by("pk")
    ] == [
        ("call.settled", "Alice Adams", None),
        ("selection.numbered", "Alice Adams", listed.digest),
    ]
    asked = Calculation.objects.get()
    assert (asked.state, asked.answer) == ("done", {"sha256": listed.digest})


def test_nobody_is_named_in_it(listed):
    people = Nomination.objects.values_list("code", "family_name", "email")
    assert [part for row in people for part in row if part in listed.text] == []


def test_it_is_asked_for_once(public, coordinator, now):
    first = calculations.ask_list(call=public, actor=coordinator, now=now)

    assert calculations.ask_list(call=public, actor=coordinator, now=now) == first
    calculations.carry_out(calculation=first.pk, actor=SYSTEM, now=now)
    with pytest.raises(runs.CannotRun, match="cannot be exchanged"):
        calculations.ask_list(call=public, actor=coordinator, now=now)


def test_what_enters_it_is_settled_first(public, coordinator, now):
    Nomination.objects.filter(call=public).update(checked_at=None)
    with pytest.raises(runs.CannotRun, match="must be settled"):
        calculations.ask_list(call=public, actor=coordinator, now=now)
    public.refresh_from_db()
    assert (public.seed, Calculation.objects.count()) == ("", 0)


def test_where_a_seed_decides_there_is_no_list(closed, coordinator, now):
    with pytest.raises(runs.CannotRun):
        calculations.ask_list(call=closed, actor=coordinator, now=now)


def test_where_a_number_decides_no_seed_is_entered(public, coordinator, now):
    with pytest.raises(seeds.CannotDraw, match="a number drawn in public"):
        seeds.enter_seed(call=public, seed="1 2", actor=coordinator, now=now)


@pytest.mark.parametrize(
    "change",
    (
        {"text": "x"},
        {"digest": "0" * 64},
        {"numbered": {}},
        {"odds": {}},
        {"problem": {}},
    ),
)
def test_a_published_list_never_changes(listed, change):
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        NumberedList.objects.update(**change)


def test_a_published_list_is_never_deleted(listed):
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        NumberedList.objects.all().delete()


def test_how_the_lot_is_cast_is_kept_once_published(public):
    with pytest.raises(IntegrityError, match="is kept"), transaction.atomic():
        Call.objects.filter(pk=public.pk).update(casting="seed")


def test_the_page_tells_the_largest_difference(listed):
    page = list_page(listed, with_codes=True)

    assert sum(len(group.numbers) for group in page.groups) == 1000
    assert {len(group.people) for group in page.groups} == {4}
    assert sum(person.numbers for person in page.people) == 4000
    assert page.deviation in {person.difference for person in page.people}
    assert list_page(listed, with_codes=False).people == []


# The number -----------------------------------------------------------------------


def test_the_number_is_entered_once_with_a_ledger_entry(
    numbered, public, coordinator, now
):
    assert numbered.number == 417
    entry = Entry.objects.get(verb="selection.number_entered")
    assert entry.after["number"] == "417"
    with pytest.raises(numbering.CannotEnter, match="already"):
        numbering.enter_number(call=public, number=1, actor=coordinator, now=now)


def test_no_number_before_the_list(public, coordinator, now):
    with pytest.raises(numbering.CannotEnter, match="before a number"):
        numbering.enter_number(call=public, number=1, actor=coordinator, now=now)


def test_no_number_under_a_clock_that_was_set_back(listed, public, coordinator, now):
    earlier = listed.made_at - timedelta(hours=1)
    with pytest.raises(numbering.CannotEnter, match="once the clock is right"):
        numbering.enter_number(call=public, number=1, actor=coordinator, now=earlier)


@pytest.mark.parametrize("number", (-1, 1000))
def test_only_three_digits(listed, public, coordinator, now, number):
    with pytest.raises(numbering.CannotEnter, match="000 to 999"):
        numbering.enter_number(call=public, number=number, actor=coordinator, now=now)


@pytest.mark.parametrize(
    ("change", "message"),
    (
        ({"number": 1000}, "list_number_is_listed"),
        ({"number": 7}, "list_number_comes_after_the_list"),
    ),
)
def test_what_a_number_cannot_be(listed, now, change, message):
    if change["number"] == 1000:
        change = {**change, "number_entered_at": now + timedelta(hours=1)}
    with pytest.raises(IntegrityError, match=message), transaction.atomic():
        NumberedList.objects.update(**change)


def test_a_number_is_never_exchanged(numbered):
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        NumberedList.objects.update(number=3)


def test_what_a_draw_in_public_lacks(public, coordinator, now):
    def lacking():
        return [one.code for one in pool.obstacles(public, now)]

    seen = [lacking()]
    asked = calculations.ask_list(call=public, actor=coordinator, now=now)
    calculations.carry_out(calculation=asked.pk, actor=SYSTEM, now=now)
    seen.append(lacking())
    later = now + timedelta(hours=1)
    numbering.enter_number(call=public, number=0, actor=coordinator, now=later)
    assert [*seen, lacking()] == [["no_list"], ["no_number"], []]


# The draw -------------------------------------------------------------------------


def test_who_sits_is_the_group_of_the_number(numbered, public, coordinator, now):
    run = runs.draw(call=public, actor=coordinator, now=now)

    stored = numbered.numbered
    assert codes(run) == stored["distinct"][stored["cohorts"][417]]
    assert run.input_digest == numbered.input_digest
    lottery = run.record["public_lottery"]
    assert (lottery["number"], lottery["sha256"]) == (417, numbered.digest)
    assert engine.verify(records.text_of(run), full=True) == []
    assert verify_copy(public_copy(records.text_of(run)).text)[0] == []


def test_who_withdraws_after_the_list_changes_no_number(
    numbered, public, coordinator, now
):
    stored = numbered.numbered
    seated = stored["distinct"][stored["cohorts"][417]]
    Nomination.objects.filter(code=seated[0]).update(
        state="withdrawn", withdrawn_at=now
    )
    run = runs.draw(call=public, actor=coordinator, now=now)
    assert (codes(run), run.input_digest) == (seated, numbered.input_digest)


def test_there_is_no_draw_without_the_number(listed, public, coordinator, now):
    with pytest.raises(runs.CannotRun):
        runs.draw(call=public, actor=coordinator, now=now)
    assert Run.objects.count() == 0


# Who ------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ("partner", "secretariat", "city", "stranger"))
def test_only_the_coordinator_lists_and_enters(request, public, now, who):
    actor = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        calculations.ask_list(call=public, actor=actor, now=now)
    with pytest.raises(PermissionDenied):
        numbering.enter_number(call=public, number=1, actor=actor, now=now)


def test_everybody_reads_the_list_and_partners_the_codes(
    client, signed_in, partner, city, listed
):
    path = reverse("selection:numbers", args=["closed"])
    code = next(iter(listed.odds))
    pages = [
        client.get(path),
        signed_in(city).get(path),
        signed_in(partner).get(path),
    ]
    assert [page.status_code for page in pages] == [200, 200, 200]
    assert [code in page.content.decode() for page in pages] == [False, False, True]
    assert listed.digest in pages[0].content.decode()


def test_the_file_has_the_published_digest(client, listed):
    answer = client.get(reverse("selection:published", args=["closed"]))
    assert sha256(answer.content).hexdigest() == listed.digest


@pytest.mark.parametrize("name", ("numbers", "published"))
def test_there_is_nothing_to_read_before(client, public, name):
    assert client.get(reverse(f"selection:{name}", args=["closed"])).status_code == 404


@pytest.mark.parametrize("name", ("numbers", "published"))
def test_the_list_of_a_cancelled_call_is_not_read(client, listed, name, now):
    Call.objects.update(state="cancelled", cancelled_at=now, cancel_reason="x")
    assert client.get(reverse(f"selection:{name}", args=["closed"])).status_code == 404


@pytest.mark.parametrize(
    ("who", "status"),
    (("coordinator", 302), ("partner", 403), ("city", 404), ("stranger", 404)),
)
def test_who_may_press_the_buttons(request, signed_in, public, who, status):
    client = signed_in(request.getfixturevalue(who))
    make = reverse("selection:make_list", args=["closed"])
    assert client.get(make).status_code == 405
    enter = reverse("selection:number", args=["closed"])
    seen = client.get(enter).status_code, client.post(make).status_code
    assert seen == (200 if status == 302 else status, status)
    assert client.put(enter).status_code == 405


def test_the_pages_from_the_button_to_the_draw(signed_in, coordinator, public, work):
    client = signed_in(coordinator)
    call_page = reverse("selection:call", args=["closed"])
    assert "Make and publish the list" in client.get(call_page).content.decode()
    asked = client.post(reverse("selection:make_list", args=["closed"]))
    assert "is being made" in client.get(call_page).content.decode()
    work()
    assert client.get(asked.url).url == reverse("selection:numbers", args=["closed"])
    assert "Enter the number" in client.get(call_page).content.decode()

    enter = reverse("selection:number", args=["closed"])
    wrong = client.post(enter, {"number": "12", "again": "12"})
    assert list(wrong.context["form"].errors) == ["number"]
    other = client.post(enter, {"number": "012", "again": "013"})
    assert list(other.context["form"].errors) == ["again"]
    client.post(enter, {"number": "012", "again": "012"})
    assert NumberedList.objects.get().number == 12
    assert "Ready for the draw" in client.get(call_page).content.decode()
    page = client.get(reverse("selection:numbers", args=["closed"])).content.decode()
    assert "The number drawn in public: 012" in page
    drawn = client.post(reverse("selection:draw", args=["closed"]))
    work()
    run_page = client.get(client.get(drawn.url).url).content.decode()
    assert "The number 012, drawn in public, picked the group" in run_page
