"""Action plans by the hundred: signed off, some answered, shared in different circles."""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from mosty.demo.cast import Say
from mosty.demo.large.size import Size
from mosty.directory.models import Organisation
from mosty.plans.content import as_json, digest
from mosty.plans.models import (
    MONTHS,
    Action,
    CheckIn,
    Objective,
    Plan,
    PlanVersion,
    Reply,
    Report,
    Visibility,
)
from mosty.plans.queries.contents import live
from mosty.plans.queries.topics import Topic, topics
from mosty.programmes.models import Programme

BATCH = 1000
WHAT = (
    "Przewodnik po urzędach w trzech językach",
    "Kurs języka polskiego dla rodziców",
    "Spotkania sąsiedzkie w dzielnicach",
    "Szkolenie z prostego języka",
    "Dyżury doradców w szkołach",
)
PER_OBJECTIVE = 5
SHARED = (
    Visibility.PRIVATE,
    Visibility.NETWORK,
    Visibility.NETWORK,
    Visibility.PUBLIC,
)
SAYS = (("going-on", 40), ("going-on", 80), ("done", 100), ("stopped", 10))


def fill(
    cities: Sequence[Organisation],
    programmes: Sequence[Programme],
    size: Size,
    now: datetime,
    say: Say,
) -> None:
    """Let every city have plans in the programmes, one after the other."""
    draw = random.Random(size.cities)  # noqa: S311 - invents plans, decides nothing
    offered = {one.pk: (one, topics(one)) for one in programmes}
    kinds = [offered[key] for key in sorted(offered)]
    for number in range(size.plans_of_a_city):
        programme, said = kinds[-1 - number % len(kinds)]
        signed_at = now - timedelta(days=200 * (number + 1))
        _write(cities, programme, said, size.actions_of_a_plan, signed_at, now, draw)
    say(f"Large: {Plan.objects.count()} plans with {Action.objects.count()} actions.")


@transaction.atomic
def _write(
    cities: Sequence[Organisation],
    programme: Programme,
    said: Sequence[Topic],
    each: int,
    at: datetime,
    now: datetime,
    draw: random.Random,
) -> None:
    plans = Plan.objects.bulk_create(
        Plan(
            programme=programme,
            owner=city,
            language="pl",
            title=f"Miasto, które informuje: {city} (fikcyjny)",
            context="Wymyślone na potrzeby pomiarów.",
            visibility=draw.choice(SHARED),
            is_fictional=True,
            made_at=at - timedelta(days=20),
            made_by="Kontakt (demo)",
        )
        for city in cities
    )
    objectives = Objective.objects.bulk_create(
        Objective(plan=plan, order=order, text=f"Cel {order} (fikcyjny)")
        for plan in plans
        for order in range(1, -(-each // PER_OBJECTIVE) + 1)
    )
    Action.objects.bulk_create(
        (
            _action(objective, order, said, at, draw)
            for objective in objectives
            for order in range(1, min(each, PER_OBJECTIVE) + 1)
        ),
        batch_size=BATCH,
    )
    versions = []
    for plan in plans:
        stored = as_json(live(plan))
        versions.append(
            PlanVersion(
                plan=plan,
                number=1,
                content=stored,
                sha256=digest(stored),
                signed_at=at,
                signed_by="Kontakt (demo)",
            )
        )
        plan.state, plan.signed_version = Plan.State.SIGNED, 1
        plan.signed_title, plan.first_signed_at = plan.title, at
    PlanVersion.objects.bulk_create(versions, batch_size=BATCH)
    Plan.objects.bulk_update(
        plans,
        ["state", "signed_version", "signed_title", "first_signed_at"],
        batch_size=BATCH,
    )
    _follow(plans, at, now, draw)


def _action(
    objective: Objective,
    order: int,
    said: Sequence[Topic],
    at: datetime,
    draw: random.Random,
) -> Action:
    topic = draw.choice(said)
    return Action(
        plan=objective.plan,
        objective=objective,
        order=order,
        what=f"{draw.choice(WHAT)} {draw.randrange(10**4)} (fikcyjne)",
        lead="wydział spraw społecznych",
        ends_on=(at + timedelta(days=draw.randrange(100, 700))).date(),
        topic=topic.text,
        topic_key=topic.key,
        visibility=objective.plan.visibility,
    )


def _follow(
    plans: Sequence[Plan], at: datetime, now: datetime, draw: random.Random
) -> None:
    """Ask how they go; two of three that are due have answered, on every action."""
    asked = CheckIn.objects.bulk_create(
        CheckIn(
            plan=plan, months=months, due_on=(at + timedelta(days=30 * months)).date()
        )
        for plan in plans
        for months in MONTHS
    )
    answered = [
        one for one in asked if one.due_on < now.date() and draw.random() < 2 / 3
    ]
    replies = Reply.objects.bulk_create(
        Reply(
            check_in=one,
            number=1,
            sent_at=at + timedelta(days=30 * one.months + 3),
            sent_by="Kontakt (demo)",
        )
        for one in answered
    )
    Report.objects.bulk_create(_reports(replies, draw), batch_size=BATCH)


def _reports(replies: Sequence[Reply], draw: random.Random) -> Iterator[Report]:
    actions: dict[int, list[Action]] = {}
    for action in Action.objects.filter(
        plan__in={reply.check_in.plan_id for reply in replies}
    ):
        actions.setdefault(action.plan_id, []).append(action)
    for reply in replies:
        for action in actions[reply.check_in.plan_id]:
            status, percent = draw.choice(SAYS)
            yield Report(
                action=action,
                reply=reply,
                said_at=reply.sent_at,
                said_by=reply.sent_by,
                status=status,
                percent=percent,
            )
