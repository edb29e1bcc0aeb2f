"""Who gets in where, what is a 404, a 403 or a 405, and that reading changes nothing."""

from datetime import timedelta

import pytest
from django.urls import reverse

from mosty.accounts.models import Role
from mosty.audit.models import Entry
from mosty.nominations.models import Nomination
from mosty.outbox.models import Message
from mosty.selection.actions import calculations, deciding, runs
from mosty.selection.models import Calculation, Decision, Offer, Run, Seat, Signature
from mosty.selection.queries.signing import digest_of
from tests.factories import make_user

READERS = ("coordinator", "partner", "secretariat", "gdansk", "stranger")


@pytest.fixture
def gdansk(closed):
    """Return the contact of a city with nominees in the call."""
    city = Nomination.objects.get(
        call=closed, family_name="Education gdansk"
    ).organisation
    return make_user("Gerda Gdańska", role=Role.CITY, organisation=city)


def statuses(request, signed_in, path, *, post=None):
    """Return what each reader gets."""
    found = []
    for reader in READERS:
        page = signed_in(request.getfixturevalue(reader))
        answer = page.get(path) if post is None else page.post(path, post)
        found.append(answer.status_code)
    return tuple(found)


def everything():
    """Return all that reading must leave as it is."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (
            Run,
            Decision,
            Signature,
            Calculation,
            Seat,
            Offer,
            Message,
            Entry,
            Nomination,
        )
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    (
        ("call", (200, 200, 200, 404, 404)),
        ("try", (200, 403, 403, 404, 404)),
        ("offers", (200, 200, 200, 200, 404)),
    ),
)
def test_pages_of_a_call(request, signed_in, run, name, expected):
    path = reverse(f"selection:{name}", args=[run.call.slug])
    before = everything()
    assert statuses(request, signed_in, path) == expected
    assert everything() == before


def test_the_list_is_for_those_who_sign(request, signed_in, run):
    path = reverse("selection:runs")
    assert statuses(request, signed_in, path) == (200, 200, 200, 403, 403)


@pytest.mark.parametrize(
    ("name", "expected"),
    (
        ("run", (200, 200, 200, 404, 404)),
        # Loaded anew, or in the other language, it says the same.
        ("verify", (200, 200, 200, 404, 404)),
        ("exchange", (200, 403, 403, 404, 404)),
        ("announce", (200, 403, 403, 404, 404)),
        ("discard", (200, 403, 403, 404, 404)),
    ),
)
def test_pages_of_a_proposed_draw(request, signed_in, run, name, expected):
    path = reverse(f"selection:{name}", args=[run.pk])
    before = everything()
    assert statuses(request, signed_in, path) == expected
    assert everything() == before


def test_the_record_is_for_partners(request, signed_in, run):
    path = reverse("selection:record", args=[run.pk])
    assert statuses(request, signed_in, path) == (200, 200, 200, 404, 404)
    assert Entry.objects.filter(verb="run.exported").count() == 3


@pytest.mark.parametrize("attribute", ("city", "department"))
def test_pictures(request, signed_in, run, attribute):
    path = reverse("selection:picture", args=[run.pk, attribute])
    assert statuses(request, signed_in, path) == (200, 200, 200, 404, 404)


def test_there_is_no_picture_of_anything_else(signed_in, coordinator, run):
    path = reverse("selection:picture", args=[run.pk, "email"])
    assert signed_in(coordinator).get(path).status_code == 404


def test_trials_are_the_coordinator_s_own(request, signed_in, closed, coordinator, now):
    trial = runs.what_if(
        call=closed, rules=closed.rules.as_json(), actor=coordinator, now=now
    )
    path = reverse("selection:run", args=[trial.pk])
    assert statuses(request, signed_in, path) == (200, 404, 404, 404, 404)
    # Nor has a trial what only a draw has.
    for name in ("exchange", "announce"):
        page = signed_in(coordinator).get(reverse(f"selection:{name}", args=[trial.pk]))
        assert page.status_code == 404


@pytest.mark.parametrize("name", ("draw", "sign"))
def test_acts_are_posts(signed_in, client, coordinator, run, name):
    args = [run.call.slug] if name == "draw" else [run.pk]
    path = reverse(f"selection:{name}", args=args)
    before = everything()
    assert signed_in(coordinator).get(path).status_code == 405
    assert client.post(path).status_code == 302
    assert everything() == before


@pytest.mark.parametrize(
    ("name", "method"),
    (
        ("run", "post"),
        ("verify", "put"),
        ("compare", "post"),
        ("exchange", "put"),
        ("record", "post"),
    ),
)
def test_wrong_methods(signed_in, coordinator, run, name, method):
    args = [run.pk, run.pk] if name == "compare" else [run.pk]
    answer = getattr(signed_in(coordinator), method)(
        reverse(f"selection:{name}", args=args)
    )
    assert answer.status_code == 405


def test_only_the_coordinator_draws_by_the_button(request, signed_in, closed):
    path = reverse("selection:draw", args=[closed.slug])
    assert statuses(request, signed_in, path, post={}) == (302, 403, 403, 404, 404)
    assert Calculation.objects.get().asked_by == "Alice Adams"


def test_what_is_being_made_is_the_coordinator_s_own(
    request, signed_in, closed, coordinator, now
):
    asked = calculations.ask_draw(call=closed, actor=coordinator, now=now)
    path = reverse("selection:calculation", args=[asked.pk])
    before = everything()
    assert statuses(request, signed_in, path) == (200, 404, 404, 404, 404)
    assert signed_in(coordinator).post(path).status_code == 405
    path = reverse("selection:cancel", args=[asked.pk])
    assert signed_in(coordinator).get(path).status_code == 405
    assert everything() == before
    # Others first: what is cancelled answers the same.
    assert statuses(request, signed_in, path, post={})[1:] == (404, 404, 404, 404)
    asked.refresh_from_db()
    assert asked.state == "cancelled"


def test_signing_by_the_button(request, signed_in, run):
    path = reverse("selection:sign", args=[run.pk])
    # Everybody tries to sign for the partner; only its own officer may.
    form = {"organisation": "unhcr", "seen": digest_of(run)}
    assert statuses(request, signed_in, path, post=form) == (
        404,
        302,
        404,
        404,
        404,
    )
    assert Signature.objects.get().organisation.slug == "unhcr"


def test_a_result_is_seen_by_its_city_only_once_announced(
    request, signed_in, signed, gdansk, coordinator, now
):
    own = signed.decisions.filter(nomination__organisation__slug="gdansk").first()
    foreign = signed.decisions.filter(nomination__organisation__slug="leszno").first()
    paths = [
        reverse("selection:decision", args=[signed.pk, decision.nomination.code])
        for decision in (own, foreign)
    ]
    before = [statuses(request, signed_in, path) for path in paths]
    deciding.announce(
        run=signed, answer_by=now + timedelta(days=7), actor=coordinator, now=now
    )
    after = [statuses(request, signed_in, path) for path in paths]
    assert before == [(200, 200, 200, 404, 404)] * 2
    assert after == [(200, 200, 200, 200, 404), (200, 200, 200, 404, 404)]


def test_a_city_learns_nothing_of_a_proposed_draw(signed_in, gdansk, closed, run):
    page = signed_in(gdansk).get(reverse("selection:offers", args=[closed.slug]))
    with_draw = page.content.decode()
    Decision.objects.all().delete()
    Run.objects.all().delete()
    page = signed_in(gdansk).get(reverse("selection:offers", args=[closed.slug]))
    assert page.context["page"].run is None
    assert with_draw.split("<main")[1] == page.content.decode().split("<main")[1]
    codes = Nomination.objects.values_list("code", flat=True)
    assert [code for code in codes if code in with_draw] == []


@pytest.mark.parametrize(
    ("name", "expected"),
    (
        ("answer", (200, 403, 200, 403, 404)),
        ("give_back", (200, 403, 200, 200, 404)),
    ),
)
def test_pages_of_an_offer(request, signed_in, announced, gdansk, name, expected):
    offer = Offer.objects.get(nomination__organisation__slug="gdansk")
    before = everything()
    path = reverse(f"selection:{name}", args=[offer.code])
    assert statuses(request, signed_in, path) == expected
    assert everything() == before


def test_another_city_s_offer_does_not_exist(signed_in, announced, gdansk):
    offer = Offer.objects.get(nomination__organisation__slug="leszno")
    for name in ("answer", "give_back"):
        path = reverse(f"selection:{name}", args=[offer.code])
        assert signed_in(gdansk).get(path).status_code == 404
        assert signed_in(gdansk).post(path).status_code == 404


def test_everybody_may_read_how_the_draw_works(client, db):
    assert client.get(reverse("selection:draw_explained")).status_code == 200


@pytest.mark.parametrize(
    ("name", "asked", "form"),
    (("run", {"export": "csv"}, "csv"), ("record", {}, "json")),
)
def test_a_run_that_is_taken_away_is_noted(signed_in, partner, run, name, asked, form):
    signed_in(partner).get(reverse(f"selection:{name}", args=[run.pk]), asked)
    entry = Entry.objects.get(verb="run.exported")
    assert (entry.target_key, entry.scope, entry.actor_label, entry.after) == (
        str(run.pk),
        run.call.slug,
        "Bob Brown",
        {"form": form, "rows": 12},
    )
