"""
Fill an empty database with signed plans of fictional cities; after ``django.setup``.

Rows are written past the triggers, which hold what people do one after the other: a year
of signing and answering would take longer than what is measured.
"""

import random
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from bench.ours import cast
from mosty.accounts.models import Role
from mosty.demo.load import text
from mosty.directory.models import Organisation
from mosty.plans.models import MONTHS, Action, CheckIn, Objective, Plan, Status
from mosty.plans.queries.topics import key_of

ACTIONS = 5_000
PER_PLAN = 20
PER_OBJECTIVE = 5
CITIES = 30
TOPICS = 12
SEED = 4


@dataclass(frozen=True, slots=True)
class Filled:
    """Who is signed in, and what there is."""

    coordinator: str
    actions: int
    plans: int


def fill() -> Filled:
    """Fill the database."""
    lead = cast.body("lead", "Fictional Co-ordinator", Organisation.Kind.INTERNATIONAL)
    union = cast.body("union", "Union of Fictional Cities", Organisation.Kind.UNION)
    coordinator = cast.user("coordinator", Role.COORDINATOR, lead)
    cast.second_factor(coordinator)
    programme = cast.programme(lead, union)
    cities = cast.cities()[:CITIES]
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
    plans = Plan.objects.bulk_create(
        Plan(
            programme=programme,
            owner=cities[number % CITIES],
            language="pl",
            title=f"Plan {number}",
            visibility=2,
            state=Plan.State.SIGNED,
            signed_version=1,
            signed_title=f"Plan {number}",
            first_signed_at=now - timedelta(days=200),
            made_at=now - timedelta(days=220),
            is_fictional=True,
        )
        for number in range(ACTIONS // PER_PLAN)
    )
    draw = random.Random(SEED)
    objectives = Objective.objects.bulk_create(
        Objective(plan=plan, order=order, text=f"Objective {order}")
        for plan in plans
        for order in range(1, PER_PLAN // PER_OBJECTIVE + 1)
    )
    Action.objects.bulk_create(
        (
            _action(objective, order, draw)
            for objective in objectives
            for order in range(1, PER_OBJECTIVE + 1)
        ),
        batch_size=1000,
    )
    CheckIn.objects.bulk_create(
        CheckIn(
            plan=plan,
            months=months,
            due_on=(now - timedelta(days=200 - 30 * months)).date(),
            answered_at=now if months == 3 and draw.random() < 0.7 else None,
        )
        for plan in plans
        for months in MONTHS
    )
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = origin")
    return Filled(cast.session(coordinator), ACTIONS, len(plans))


def _action(objective: Objective, order: int, draw: random.Random) -> Action:
    number = draw.randrange(TOPICS)
    topic = text((f"Topic {number}", f"Temat {number}"))
    status = draw.choice(Status.values)
    percent = {"not-started": 0, "done": 100}.get(status, draw.randrange(10, 90, 10))
    ends_on = timezone.localdate() + timedelta(days=draw.randrange(-200, 400))
    return Action(
        plan_id=objective.plan_id,
        objective=objective,
        order=order,
        what=f"What is done, no. {draw.randrange(10**6)}",
        lead="Fictional office",
        ends_on=ends_on,
        topic=topic,
        topic_key=key_of(topic),
        visibility=2,
        status=status,
        percent=percent,
        reported_at=timezone.now() if percent else None,
    )
