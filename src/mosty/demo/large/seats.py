"""Nominations by the thousand, and who has a seat by a real draw."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from mosty.demo.cast import Cast, Say
from mosty.demo.crowd import Someone, people
from mosty.demo.large.size import Size
from mosty.demo.story import deciding
from mosty.directory.models import Level, Organisation, Person, Position
from mosty.kernel.rows import free_codes
from mosty.nominations.models import Call, Invitation, Nomination
from mosty.selection.models import Offer

BATCH = 1000
AFTER_CLOSING = timedelta(days=2)
ANSWERED = timedelta(days=3)


def nominations(
    call: Call,
    cities: Sequence[Organisation],
    nominees: Iterator[Someone],
    number: int,
    now: datetime,
    **more: Any,
) -> list[Nomination]:
    """Return so many nominations that are submitted, and not yet stored."""
    rows = []
    for code, one in zip(free_codes(Nomination, number), nominees, strict=False):
        row = Nomination(
            code=code,
            call=call,
            organisation=cities[one.city % len(cities)],
            given_name=one.given_name,
            family_name=one.family_name,
            email=one.email,
            gender=one.gender,
            position=one.position,
            department=one.department,
            level=Level.MIDDLE,
            in_post_since=one.since,
            state=Nomination.State.SUBMITTED,
            created_at=now,
            changed_at=now,
            submitted_at=now,
            is_fictional=True,
            **more,
        )
        row.prepare()
        rows.append(row)
    return rows


@transaction.atomic
def nominate(
    call: Call, cities: Sequence[Organisation], number: int, **more: Any
) -> list[Nomination]:
    """Let the call go to every city, and so many people be nominated."""
    sent = call.opens_at + timedelta(days=1)
    codes = free_codes(Invitation, len(cities))
    Invitation.objects.bulk_create(
        Invitation(call=call, organisation=city, code=code, sent_at=sent)
        for city, code in zip(cities, codes, strict=True)
    )
    # From another city each time, so that each nominates in most years.
    turn = call.pk % len(cities)
    turned = [*cities[turn:], *cities[:turn]]
    someone = people(number, seed=call.pk, cities=len(cities))
    at = call.opens_at + timedelta(days=2)
    rows = nominations(call, turned, someone, number, at, **more)
    return Nomination.objects.bulk_create(rows, batch_size=BATCH)


def fill(
    calls: Sequence[Call],
    cities: Sequence[Organisation],
    size: Size,
    cast: Cast,
    say: Say,
) -> int:
    """Nominate for closed calls and draw; all but the last are announced and answered."""
    for number, call in enumerate(calls):
        answered = call.opens_at + timedelta(days=4)
        nominate(
            call,
            cities,
            size.nominations_of(number),
            answer=Nomination.Answer.CONFIRMED,
            answered_at=answered,
            notice_version=call.notice_version,
            checked_at=answered,
        )
        drawn = call.closes_at + AFTER_CLOSING
        run = deciding.select(call, cast, f"{number + 1}, 7, 19, 28", drawn, _nothing)
        if number < len(calls) - 1:
            announced = drawn + timedelta(days=2)
            deciding.announce(run, cast, announced, _nothing)
            _accept(call, announced + ANSWERED)
    seated = Offer.objects.filter(state=Offer.State.ACCEPTED, seat__call__in=calls)
    say(
        f"Large: {len(calls)} draws, {seated.count()} people with a seat, one draw to sign."
    )
    return seated.count()


def _nothing(said: str) -> None:
    """Say nothing: so many draws would."""


@transaction.atomic
def _accept(call: Call, at: datetime) -> None:
    """Let everybody who was offered a seat take it, and be a person of the directory."""
    offers = Offer.objects.filter(seat__call=call, state=Offer.State.OPEN)
    rows = list(Nomination.objects.filter(pk__in=offers.values("nomination")))
    made = Person.objects.bulk_create(
        Person(
            code=code,
            given_name=row.given_name,
            family_name=row.family_name,
            sort_name=row.sort_name,
            email=row.email,
            gender=row.gender,
            language=row.language,
            fictional=True,
        )
        for row, code in zip(rows, free_codes(Person, len(rows)), strict=True)
    )
    Position.objects.bulk_create(
        Position(
            person=person,
            organisation_id=row.organisation_id,
            title=row.position,
            department=row.department,
            level=row.level,
            since=row.in_post_since,
        )
        for row, person in zip(rows, made, strict=True)
    )
    for row, person in zip(rows, made, strict=True):
        row.person = person
    Nomination.objects.bulk_update(rows, ["person"], batch_size=BATCH)
    offers.update(state=Offer.State.ACCEPTED, answered_at=at, accepted_at=at)
