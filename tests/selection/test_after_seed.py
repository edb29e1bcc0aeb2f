"""Whoever knows the seed can no longer choose what the draw goes by."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from i18nfield.strings import LazyI18nString

from mosty.audit.models import Entry
from mosty.directory import actions as directory
from mosty.directory.models import Membership
from mosty.nominations.actions import calls, seeds
from mosty.nominations.models import Call, DeadEnd, KnownCities, Nomination
from mosty.selection.actions import offers, runs
from mosty.selection.models import Offer, Run, Seat
from mosty.selection.queries import pool
from tests.factories import make_call, make_city, make_course, make_nomination


def enter(call, coordinator, now):
    """Enter the seed as a coordinator does."""
    Call.objects.filter(pk=call.pk).update(seed="", seed_entered_at=None)
    call = Call.objects.select_related("course__programme").get(pk=call.pk)
    seeds.enter_seed(call=call, seed="1 2 3", actor=coordinator, now=now)
    return Call.objects.select_related("course__programme").get(pk=call.pk)


@pytest.fixture
def settled(closed, coordinator, now):
    """Return the call with its seed entered today, and with it what is known."""
    return enter(closed, coordinator, now)


def change_the_directory(cities, coordinator, now):
    """Let a city leave the union, and another one have had experience all along."""
    left, learned, moved, _last = cities
    directory.end_membership(
        membership=Membership.objects.get(member=left),
        until=(now - timedelta(days=100)).date(),
        actor=coordinator,
        now=now,
    )
    fact = learned.territory.facts.get()
    directory.add_fact(
        territory=learned.territory,
        topic=fact.topic,
        value="much",
        as_of=fact.as_of,
        method=LazyI18nString("By mistake."),
        source="A letter",
        illustrative=False,
        actor=coordinator,
        now=now,
    )
    moved.territory = make_city("Elsewhere", terc="0461011").territory
    moved.save()


def test_what_is_known_of_cities_is_kept_with_the_seed(settled):
    assert KnownCities.objects.get(call=settled).cities == {
        "gdansk": {"member_of": ["ump"], "experience": "much"},
        "leszno": {"member_of": ["ump"], "experience": "little"},
        "lublin": {"member_of": ["ump"], "experience": "much"},
        "rzeszow": {"member_of": ["ump"], "experience": "little"},
    }


def test_the_draw_goes_by_what_was_known_when_the_seed_was_entered(
    settled, cities, coordinator, now
):
    before = pool.gather(settled, settled.rules)
    change_the_directory(cities, coordinator, now)
    assert pool.gather(settled, settled.rules) == before
    assert before.barred == {}


def test_without_a_seed_the_directory_of_today_counts(closed, cities, coordinator, now):
    before = pool.gather(closed, closed.rules)
    change_the_directory(cities, coordinator, now)
    after = pool.gather(closed, closed.rules)
    assert (len(before.barred), len(after.barred)) == (0, 3)
    assert [person.attributes["experience"] for person in after.candidates] != [
        person.attributes["experience"] for person in before.candidates
    ]


def test_what_was_known_never_changes(settled):
    with pytest.raises(IntegrityError), transaction.atomic():
        KnownCities.objects.update(cities={})


def change(call, coordinator, now, **rules):
    return calls.change_rules(
        call=call,
        rules={**call.rules.as_json(), **rules},
        reason="Otherwise nobody comes in.",
        actor=coordinator,
        now=now,
    )


def test_rules_stay_once_the_seed_is_known(settled, coordinator, now):
    with pytest.raises(calls.CannotEdit) as refusal:
        change(settled, coordinator, now, seats=3)
    assert str(refusal.value).startswith("The seed of the draw is known")
    assert settled.versions.count() == 1


QUOTA = [{"attribute": "department", "value": "police", "least": 1, "most": 4}]


@pytest.mark.parametrize(
    ("impossible", "limits"),
    (
        # Nobody of the police is nominated.
        ({"quotas": QUOTA}, ["quota_least"]),
        # Nobody at all may come in.
        ({"levels": ["senior"]}, []),
    ),
)
def test_rules_that_a_draw_found_impossible_can_change_once(
    closed, coordinator, now, impossible, limits
):
    change(Call.objects.get(pk=without_seed(closed).pk), coordinator, now, **impossible)
    call = enter(closed, coordinator, now)
    with pytest.raises(calls.CannotEdit):
        change(call, coordinator, now, quotas=[], levels=[])

    for _twice in range(2):
        with pytest.raises(runs.CannotRun):
            runs.draw(call=call, actor=coordinator, now=now)

    found = DeadEnd.objects.get()
    assert (found.version.number, found.found_by) == (2, "Alice Adams")
    assert [limit["code"] for limit in found.limits] == limits
    entry = Entry.objects.get(verb="selection.impossible")
    assert (entry.scope, entry.after["rules"]) == (call.slug, 2)
    assert Run.objects.count() == 0

    change(call, coordinator, now, quotas=[], levels=[])
    call = Call.objects.select_related("course__programme").get(pk=call.pk)
    with pytest.raises(calls.CannotEdit):
        change(call, coordinator, now, seats=3)
    assert runs.draw(call=call, actor=coordinator, now=now).state == "proposed"


def without_seed(call):
    Call.objects.filter(pk=call.pk).update(seed="", seed_entered_at=None)
    return call


def test_a_trial_does_not_unlock_the_rules(settled, coordinator, now):
    with pytest.raises(runs.CannotRun):
        runs.what_if(
            call=settled,
            rules={**settled.rules.as_json(), "quotas": QUOTA},
            actor=coordinator,
            now=now,
        )
    assert DeadEnd.objects.count() == 0


@pytest.fixture
def seat_elsewhere(settled, cities, ump, now):
    """Return the offer of a seat in another course to somebody nominated here too."""
    other = make_call(
        make_course(settled.course.programme, "other", part=2),
        slug="other",
        channel=ump,
    )
    here = Nomination.objects.filter(call=settled).first()
    return Offer.objects.create(
        seat=Seat.objects.create(call=other, number=1),
        nomination=make_nomination(other, cities[0], email=here.email.upper()),
        made_at=now - timedelta(days=9),
        expires_at=now + timedelta(days=9),
    )


def returning(call):
    return [
        person.attributes["returning"]
        for person in pool.gather(call, call.rules).candidates
    ].count("yes")


@pytest.mark.parametrize(
    ("accepted", "given_back", "expected"),
    ((-1, None, 1), (1, None, 0), (-2, -1, 0), (-1, 1, 1)),
)
def test_a_seat_elsewhere_counts_as_it_stood_when_the_seed_was_entered(
    settled,
    seat_elsewhere,
    secretariat,
    now,
    monkeypatch,
    accepted,
    given_back,
    expected,
):
    assert returning(settled) == 0
    offers.answer(
        offer=seat_elsewhere,
        accept=True,
        actor=secretariat,
        now=now + timedelta(hours=accepted),
    )
    if given_back is not None:
        # Who comes in for her is not what is asked here.
        monkeypatch.setattr(offers, "_pass_on", lambda *_args, **_kwargs: None)
        offers.give_back(
            offer=seat_elsewhere,
            reason="Ill.",
            actor=secretariat,
            now=now + timedelta(hours=given_back),
        )
    assert returning(settled) == expected
