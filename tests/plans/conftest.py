"""Kraków's plan of the course at which Anna and Łucja sit; Zenon sits there for Łódź."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from mosty.accounts.models import User
from mosty.directory.models import Organisation
from mosty.nominations.models import Call, Invitation
from mosty.outbox import actions as outbox
from mosty.outbox.models import Link
from mosty.plans.actions import drafting, replying, signing
from mosty.plans.actions.replying import Said
from mosty.plans.content import as_json, digest
from mosty.plans.models import Action, CheckIn, Objective, Plan
from mosty.plans.queries.contents import live
from mosty.programmes.models import Course, Topic
from mosty.selection.models import Offer
from tests.factories import make_nomination
from tests.training.conftest import take_seat


@pytest.fixture
def held(call: Call, krakow: Organisation, lodz: Organisation) -> Course:
    """Return the course: Anna and Łucja of Kraków, Zenon of Łódź; two topics."""
    for number, (city, given) in enumerate(
        ((krakow, "Anna"), (krakow, "Łucja"), (lodz, "Zenon")), 1
    ):
        take_seat(call, number, make_nomination(call, city, given, "Żak"))
        Invitation.objects.get_or_create(
            call=call,
            organisation=city,
            defaults={
                "code": f"INV-{city.slug[:6]}",
                "contact_name": f"Office of {city.slug}",
                "contact_email": f"office@{city.slug}.example",
            },
        )
    for order, text in enumerate(("Polish lessons", "Informing the public"), 1):
        Topic.objects.create(course=call.course, order=order, text=text)
    return call.course


@pytest.fixture
def anna(held: Course, now: datetime) -> Link:
    """Return the link by which Anna of Kraków takes part."""
    return course_link("Anna", now)


@pytest.fixture
def zenon(held: Course, now: datetime) -> Link:
    """Return the link by which Zenon of Łódź takes part."""
    return course_link("Zenon", now)


def course_link(given_name: str, now: datetime) -> Link:
    offer = Offer.objects.get(nomination__given_name=given_name)
    return outbox.make_link(
        purpose=Link.Purpose.TAKE_PART,
        subject=offer.code,
        now=now,
        expires_at=now + timedelta(days=90),
    )


@pytest.fixture
def plan(
    held: Course, krakow: Organisation, anna: Link, city: User, now: datetime
) -> Plan:
    """Return Kraków's draft: one objective with two actions."""
    plan = drafting.begin(
        programme=held.programme,
        owner=krakow,
        course=held,
        title="Welcome in Kraków",
        language="pl",
        actor=anna,
        now=now,
    )
    objective = drafting.add_objective(
        plan=plan, text="People find their way", actor=anna, now=now
    )
    for what in ("Open a point", "Write a guide"):
        add(objective, anna, now, what=what)
    return Plan.objects.select_related("programme", "owner", "course").get(pk=plan.pk)


def add(
    objective: Objective, actor: Link | User, now: datetime, **values: Any
) -> Action:
    """Return a new action of these tests."""
    return drafting.add_action(
        objective=objective,
        values={"what": "Do it", "ends_on": date(2027, 5, 1), **values},
        visibility=1,
        actor=actor,
        now=now,
    )


def sign(plan: Plan, actor: User, now: datetime) -> Plan:
    """Return the plan, signed off as it is."""
    plan.refresh_from_db()
    signing.sign(plan=plan, seen=digest(as_json(live(plan))), actor=actor, now=now)
    plan.refresh_from_db()
    return plan


@pytest.fixture
def signed(plan: Plan, city: User, now: datetime) -> Plan:
    """Return Kraków's plan, signed off two hundred days ago."""
    return sign(plan, city, now - timedelta(days=200))


Answered = Callable[..., CheckIn]


@pytest.fixture
def answered(signed: Plan, city: User, now: datetime) -> Answered:
    """Return what answers a check-in of the signed plan."""

    def answer(months: int = 3, at: datetime | None = None, **said: Any) -> CheckIn:
        check_in = signed.check_ins.get(months=months)
        given = {"status": "going-on", "percent": 40, **said}
        number = check_in.replies.count()
        replying.send(
            check_in=check_in,
            said=[
                Said(action=pk, **given)
                for pk in Action.objects.filter(plan=signed).values_list(
                    "pk", flat=True
                )
            ],
            seen=number,
            reason="We counted again" if number else "",
            actor=city,
            now=at or now,
        )
        check_in.refresh_from_db()
        return check_in

    return answer
