"""A closed, checked call with more nominees than seats, and what comes of it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from mosty.accounts.models import Role, User
from mosty.audit.actors import SYSTEM
from mosty.directory.models import Organisation
from mosty.engines.selection import check
from mosty.nominations.models import Call, Nomination
from mosty.programmes.models import Course
from mosty.selection.actions import calculations, deciding, runs
from mosty.selection.models import Calculation, Decision, Offer, Run
from mosty.selection.queries import records
from mosty.selection.queries.seats import LIVE
from tests.factories import RULES, make_call, make_city, make_nomination, make_user

SEATS = 4


@pytest.fixture
def cities(ump: Organisation) -> list[Organisation]:
    """Return four members of the union; the first two with little experience."""
    return [
        make_city(name, terc=terc, member_of=ump, experience=experience)
        for name, terc, experience in (
            ("Leszno", "3063011", "little"),
            ("Rzeszów", "1863011", "little"),
            ("Gdańsk", "2261011", "much"),
            ("Lublin", "0663011", "much"),
        )
    ]


@pytest.fixture
def closed(
    course: Course, ump: Organisation, cities: list[Organisation], now: datetime
) -> Call:
    """Return a call with 4 seats that closed, its seed entered; 3 nominees a city."""
    call = make_call(
        course,
        slug="closed",
        channel=ump,
        rules={
            **RULES.as_json(),
            "seats": SEATS,
            "reserve": 6,
            "most": 3,
            "priorities": [
                {"kind": "coverage", "attribute": "organisation"},
                {"kind": "prefer", "who": {"experience": ["little"]}},
                {"kind": "balance", "attribute": "department"},
            ],
        },
        opens_at=now - timedelta(days=40),
        closes_at=now - timedelta(days=3),
        seed="17 4 22 31 8 45",
        seed_entered_at=now - timedelta(days=2),
    )
    for city in cities:
        for department in ("education", "culture", "equality"):
            make_nomination(
                call,
                city,
                "Ewa",
                f"{department.title()} {city.slug}",
                department=department,
                checked_at=now - timedelta(days=1),
            )
    return call


@pytest.fixture
def run(closed: Call, coordinator: User, now: datetime) -> Run:
    """Return the proposed draw."""
    return runs.draw(call=closed, actor=coordinator, now=now)


@pytest.fixture
def work() -> Callable[[], None]:
    """Return what makes all that waits to be made, as the worker does."""

    def until_done() -> None:
        waiting = Calculation.objects.filter(state=Calculation.State.WAITING)
        for calculation in waiting.order_by("pk"):
            calculations.carry_out(
                calculation=calculation.pk, actor=SYSTEM, now=timezone.now()
            )

    return until_done


@pytest.fixture
def signed(
    run: Run,
    coordinator: User,
    partner: User,
    odihr: Organisation,
    unhcr: Organisation,
    now: datetime,
) -> Run:
    """Return the draw with two signatures."""
    deciding.sign(run=run, organisation=odihr, actor=coordinator, now=now)
    deciding.sign(run=run, organisation=unhcr, actor=partner, now=now)
    return run


@pytest.fixture
def announced(signed: Run, coordinator: User, now: datetime) -> Run:
    """Return the announced draw: four open offers."""
    return deciding.announce(
        run=signed, answer_by=now + timedelta(days=7), actor=coordinator, now=now
    )


@pytest.fixture
def seated() -> Callable[[Call], list[Nomination]]:
    """Return what tells who holds or is offered a seat."""

    def who(call: Call) -> list[Nomination]:
        live = Offer.objects.filter(seat__call=call, state__in=("open", "accepted"))
        return [offer.nomination for offer in live.select_related("nomination")]

    return who


@pytest.fixture
def comes_in() -> Callable[[Run, Nomination], Nomination]:
    """Return what tells, by counting, who of the list is best if somebody leaves."""

    def who(run: Run, left: Nomination) -> Nomination:
        problem = records.problem_of(run)
        live = Offer.objects.filter(seat__call=run.call_id, state__in=LIVE)
        stay = {offer.nomination.code for offer in live.select_related("nomination")}
        waiting = run.decisions.filter(outcome="reserve").select_related("nomination")

        def rank(decision: Decision) -> tuple[int, int, int]:
            cohort = stay - {left.code} | {decision.nomination.code}
            cities, preferred, uneven = check.values(problem, cohort)
            return cities, preferred, -uneven

        # Of equals, max() returns the first.
        return max(waiting.order_by("reserve_place"), key=rank).nomination

    return who


@pytest.fixture
def second_signer(unhcr: Organisation, odihr: Organisation) -> User:
    """Return somebody who may sign for two organisations."""
    user = make_user("Zofia Zet", role=Role.PARTNER, organisation=odihr)
    user.grants.create(role=Role.PARTNER, organisation=unhcr)
    return user
