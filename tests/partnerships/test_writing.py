"""Putting on a map, changing at once, taking off, freezing; and what the ledger says."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from mosty.audit.models import Entry
from mosty.partnerships.actions import actors, maps, ties, versions
from mosty.partnerships.actions.writing import AtOdds, CannotWrite
from mosty.partnerships.models import Actor, MapVersion, Tie
from mosty.partnerships.queries import actors_of, names_of
from tests.partnerships.conftest import SECRETS, actor_details

pytestmark = pytest.mark.django_db


def change(row, actor, now, *, seen=None, base=None, **fields):
    said = {**actors.said_of(row), **fields}
    return actors.change(
        stakeholder=row,
        details=actors.Details(**said),
        seen=row.revision if seen is None else seen,
        base=actors.said_of(row) if base is None else base,
        actor=actor,
        now=now,
    )


def test_two_who_change_different_things_keep_both(school, city, anna, now):
    base = actors.said_of(school)
    assert change(school, city, now, base=base, interest="low") == ()
    assert change(school, anna, now, base=base, seen=1, services="Evening classes") == (
        "interest",
    )
    school.refresh_from_db()
    assert (school.interest, school.services, school.revision) == (
        "low",
        "Evening classes",
        3,
    )


def test_two_who_change_the_same_are_told_and_nothing_is_lost(school, city, anna, now):
    base = actors.said_of(school)
    change(school, city, now, base=base, services="Mine", interest="low")
    with pytest.raises(AtOdds) as refusal:
        change(school, anna, now, base=base, seen=1, services="Yours", influence="low")
    assert refusal.value.at_odds == ("services",)
    assert (refusal.value.theirs["services"], refusal.value.values["services"]) == (
        "Mine",
        "Yours",
    )
    # What only the other changed is taken over, and hers is not lost.
    assert (refusal.value.values["interest"], refusal.value.values["influence"]) == (
        "low",
        "low",
    )
    school.refresh_from_db()
    assert (school.services, school.influence) == ("Mine", "high")


def test_without_what_it_began_from_a_change_overwrites_nothing(school, city, now):
    change(school, city, now, services="Mine")
    with pytest.raises(AtOdds):
        change(school, city, now, seen=1, base={}, services="Yours")


def test_saying_the_same_again_changes_nothing(school, city, now):
    entries = Entry.objects.count()
    change(school, city, now)
    school.refresh_from_db()
    assert (school.revision, Entry.objects.count()) == (1, entries)


def test_an_actor_that_comes_back_is_the_same(school, club, tie, put, city, now):
    tie(school, club)
    assert actors.take_off(stakeholder=school, seen=1, actor=city, now=now) == 1
    assert actors.take_off(stakeholder=school, seen=1, actor=city, now=now) == 0
    assert Tie.objects.count() == 0
    assert [one.name for one in actors_of(school.map.city)] == ["Club of Neighbours"]
    assert names_of([school.key], school.map.city) == {school.key: "School No. 5"}
    again = put("school no. 5", interest="low")
    assert (again.pk, again.key, again.hindrance) == (school.pk, school.key, "")
    assert Actor.objects.count() == 2


def test_others_neither_put_on_nor_take_off(
    city_map, school, other_city, zenon, coordinator, now
):
    for who in (other_city, zenon, coordinator):
        with pytest.raises(PermissionDenied):
            actors.add(found=city_map, details=actor_details("X"), actor=who, now=now)
        with pytest.raises(PermissionDenied):
            actors.take_off(stakeholder=school, seen=1, actor=who, now=now)
        with pytest.raises(PermissionDenied):
            change(school, who, now, services="X")


def test_participants_do_not_freeze_or_open(city_map, school, anna, now):
    with pytest.raises(PermissionDenied):
        versions.freeze(
            found=city_map, day=now.date(), note_text="", actor=anna, now=now
        )
    with pytest.raises(PermissionDenied):
        maps.change(
            found=city_map,
            details=maps.Details(title="X", topic="work", made_on=now.date()),
            seen=1,
            actor=anna,
            now=now,
        )


def test_what_a_participant_begins_is_the_citys_own(krakow, seated, anna, now):
    made = maps.make(
        city=krakow,
        details=maps.Details(
            title="X", topic="work", made_on=now.date(), course=seated,
            visibility="network",
        ),
        actor=anna,
        now=now,
    )  # fmt: skip
    assert made.visibility == "city"


def test_a_tie_goes_both_ways_or_one_and_never_twice(school, club, tie):
    made = tie(club, school)
    assert (made.source_id, made.target_id) == (school.pk, club.pk)
    with pytest.raises(CannotWrite, match="These two are tied in this way already"):
        tie(school, club, directed=True)
    with pytest.raises(CannotWrite, match="Choose two different actors"):
        tie(school, school)
    one = tie(school, club, kind="funding", directed=True)
    other = tie(club, school, kind="funding", directed=True)
    assert (one.source_id, other.source_id) == (school.pk, club.pk)
    with pytest.raises(CannotWrite, match="These two are tied in this way already"):
        tie(school, club, kind="funding")


def test_two_change_a_tie(school, club, tie, city, anna, now):
    made = tie(school, club)
    base = ties.said_of(made)

    def said(**fields):
        return ties.Details(**{**base, **fields})

    def write(actor, **fields):
        return ties.change(
            tie=made, details=said(**fields), seen=1, base=base, actor=actor, now=now
        )

    assert write(city, strength=3) == ()
    assert write(anna, kind="funding") == ("strength",)
    with pytest.raises(AtOdds):
        write(anna, strength=1)
    made.refresh_from_db()
    assert (made.kind, made.strength) == ("funding", 3)
    ties.remove(tie=made, actor=anna, now=now)
    with pytest.raises(CannotWrite, match="Somebody else has removed this tie"):
        write(city, strength=1)


def test_freezing_keeps_what_was_said(city_map, frozen, school, city, now):
    with pytest.raises(CannotWrite, match="Nothing has changed since version 1"):
        versions.freeze(
            found=city_map, day=now.date(), note_text="", actor=city, now=now
        )
    change(school, city, now, interest="low")
    for day in (now.date() + timedelta(days=1), now.date() - timedelta(days=1)):
        with pytest.raises(CannotWrite, match="The day is not to come"):
            versions.freeze(found=city_map, day=day, note_text="", actor=city, now=now)
    second = versions.freeze(
        found=city_map, day=now.date(), note_text="", actor=city, now=now
    )
    assert second.number == 2
    kept = MapVersion.objects.get(number=1).content["actors"][1]
    assert (kept["name"], kept["interest"]) == ("School No. 5", "high")


def test_an_empty_map_is_not_frozen(city_map, city, now):
    with pytest.raises(CannotWrite, match="Nobody is on the map yet"):
        versions.freeze(
            found=city_map, day=now.date(), note_text="", actor=city, now=now
        )


def test_the_ledger_names_nobody_and_says_no_assessment(
    frozen, school, club, city, anna, now
):
    change(school, anna, now, hindrance="secret-new", interest="low")
    actors.take_off(stakeholder=club, seen=1, actor=city, now=now)
    told = json.dumps(
        [
            [e.verb, e.target_key, e.reason, e.before, e.after]
            for e in Entry.objects.order_by("pk")
        ]
    )
    words = [
        *SECRETS.values(),
        "secret",
        "School",
        "Club",
        "Partners in",
        "high",
        "low",
    ]
    assert [word for word in words if word in told] == []
    verbs = list(Entry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == [
        "map.made", "actor.added", "actor.added", "tie.added", "map.frozen",
        "actor.changed", "actor.removed",
    ]  # fmt: skip
