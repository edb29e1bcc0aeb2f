"""Group work: mixed the day before, two people changed by hand, each round held."""

from datetime import datetime, timedelta
from itertools import product

from mosty.accounts.models import Role, User
from mosty.demo.cast import Cast, Say
from mosty.engines import grouping
from mosty.programmes.models import Course
from mosty.training import mixing
from mosty.training.actions import groups
from mosty.training.actions import groups_changing as changing
from mosty.training.mixing_words import aim_sentences
from mosty.training.models import GroupPlan

ROUNDS = 4


def play(course: Course, cast: Cast, now: datetime, say: Say) -> None:
    """Mix the people of ``course`` over its sessions and hold every round."""
    sessions = tuple(
        course.sessions.filter(ends_at__lte=now, is_cancelled=False).order_by(
            "starts_at"
        )
    )
    trainer = User.objects.filter(grants__role=Role.TRAINER).order_by("id")[0]
    plan = groups.make(
        course=course,
        wanted=groups.Wanted(
            groups=mixing.usual_groups(len(mixing.seated(course))),
            rounds=ROUNDS,
            seed=f"{course.slug} 1",
            sessions=sessions[:ROUNDS],
        ),
        seen="",
        actor=cast.coordinator,
        now=sessions[0].starts_at - timedelta(days=1),
    )
    say(
        f"Groups: {plan.groups} in {ROUNDS} rounds. {' '.join(aim_sentences(plan.aims))}"
    )
    _swap(plan, trainer, sessions[0].starts_at)
    for one in mixing.read(plan).rounds:
        changing.hold(
            plan=plan,
            number=one.number,
            seen=mixing.seen_of(mixing.live(course)),
            actor=trainer,
            now=one.session.ends_at if one.session else now,
        )


def _swap(plan: GroupPlan, trainer: User, at: datetime) -> None:
    """Let the two people of groups 1 and 2 change places in round 2 whom it costs least."""
    mixed = mixing.read(plan).mixed
    first, second, *_others = mixed.rounds[1]
    pair = min(
        product(first, second),
        key=lambda pair: [aim.value for aim in grouping.swap(mixed, 1, *pair).after],
    )
    changing.swap(
        plan=plan,
        number=2,
        first=pair[0],
        second=pair[1],
        seen=mixing.seen_of(mixing.live(plan.course)),
        actor=trainer,
        now=at,
    )
