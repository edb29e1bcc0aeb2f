"""Entries name who and what by codes, and outlive both."""

from datetime import datetime

import pytest

from mosty.accounts.models import User
from mosty.audit.actions import record, record_many
from mosty.audit.actors import SYSTEM
from mosty.audit.models import Entry
from mosty.directory.models import Organisation
from tests.factories import make_link, make_person

pytestmark = pytest.mark.django_db


def test_a_target_goes_by_code_else_by_address_else_by_key(
    coordinator: User, krakow: Organisation, now: datetime
) -> None:
    person = make_person()
    keys = [
        record(actor=coordinator, verb="x", target=target, at=now).target_key
        for target in (person, krakow, coordinator)
    ]

    assert keys == [person.code, "krakow", str(coordinator.pk)]


def test_users_links_and_the_system_act(
    coordinator: User, krakow: Organisation, now: datetime
) -> None:
    link = make_link("K7PX-2M")
    for actor in (coordinator, link, SYSTEM):
        record(actor=actor, verb="x", target=krakow, at=now)

    actors = Entry.objects.order_by("id").values_list("actor_key", "actor_label")
    assert list(actors) == [
        (f"user:{coordinator.pk}", "Alice Adams"),
        ("link:confirm:K7PX-2M", "confirm link K7PX-2M"),
        ("system", "Mosty"),
    ]


def test_an_entry_outlives_its_actor(
    stranger: User, krakow: Organisation, now: datetime
) -> None:
    entry = record(actor=stranger, verb="x", target=krakow, at=now)
    stranger.delete()

    entry.refresh_from_db()
    assert entry.actor_label == "Sid Strange"


def test_many_entries_are_written_as_one_by_one(
    coordinator: User, krakow: Organisation, lodz: Organisation, now: datetime
) -> None:
    acts = [(krakow, {"a": 1}, {"a": 2}), (lodz, {}, {"a": 3})]

    record_many(actor=coordinator, verb="x", acts=acts, at=now, scope="s", reason="r")

    kept = Entry.objects.order_by("id").values_list(
        "target_key", "before", "after", "scope", "reason"
    )
    assert list(kept) == [
        ("krakow", {"a": 1}, {"a": 2}, "s", "r"),
        ("lodz", {}, {"a": 3}, "s", "r"),
    ]
