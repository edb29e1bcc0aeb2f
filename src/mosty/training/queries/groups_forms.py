"""What the forms about groups offer: people, sessions, sensible beginnings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mosty.programmes.models import Course, Session
from mosty.training import mixing
from mosty.training.mixing import Settings
from mosty.training.models import GroupPlan, GroupRound
from mosty.training.queries.groups import Proposal, proposal, sitter
from mosty.ui.dates import day

# More sessions than this are hardly all group work: which are, is for people to say.
FEW_SESSIONS = 6
USUAL_ROUNDS = 4


@dataclass(frozen=True, slots=True)
class Making:
    """What the form for new groups begins with."""

    plan: GroupPlan | None
    count: int
    people: Sequence[tuple[str, str]]
    sessions: Sequence[Session]
    session_choices: Sequence[tuple[str, str]]
    settings: Settings
    initial: Mapping[str, Any]
    held: int


def making(course: Course) -> Making:
    """Return what the form begins with: the plan in use, or what is usual."""
    offers = mixing.seated(course)
    plan = mixing.live(course)
    sessions = list(
        course.sessions.filter(is_cancelled=False).order_by("starts_at", "pk")
    )
    count = len(offers)
    settings = Settings.read(plan.settings) if plan else Settings()
    chosen = [str(one.pk) for one in sessions] if len(sessions) <= FEW_SESSIONS else []
    rounds = len(chosen) or USUAL_ROUNDS
    held = 0
    if plan:
        of_plan = list(GroupRound.objects.filter(plan=plan))
        chosen = list({str(one.session_id): None for one in of_plan if one.session_id})
        rounds = plan.rounds
        held = sum(1 for one in of_plan if one.held_at)
    people = [sitter(one) for one in offers]
    spread = (*settings.spread, "", "")
    return Making(
        plan=plan,
        count=count,
        people=[(one.code, f"{one.name}, {one.city}") for one in people],
        sessions=sessions,
        session_choices=[(str(one.pk), _with_day(course, one)) for one in sessions],
        settings=settings,
        initial={
            "groups": plan.groups
            if plan
            else mixing.usual_groups(count or course.capacity or 1),
            "rounds": rounds,
            "sessions": chosen,
            "first": spread[0],
            "second": spread[1],
            "language": settings.language,
            "level": settings.level,
            "seed": f"{course.slug} {plan.number + 1 if plan else 1}",
            "seen": mixing.seen_of(plan),
        },
        held=held,
    )


def _with_day(course: Course, session: Session) -> str:
    starts = course.programme.local(session.starts_at)
    return f"{session.title} ({day(starts.date())}, {starts:%H:%M})"


@dataclass(frozen=True, slots=True)
class Present:
    """What the form for mixing again begins with."""

    people: Sequence[tuple[str, str]]
    present: Sequence[str]
    proposal: Proposal
    held: int


def present(plan: GroupPlan) -> Present | None:
    """Return who takes part and who is here as far as is known; None if all is over."""
    seating = mixing.read(plan)
    if seating.mixed.held == len(seating.rounds):
        return None
    offers = mixing.seated(plan.course)
    found = proposal(seating, offers)
    here = {one.code for one in seating.mixed.task.people}
    joined = {one.code for one in found.joined}
    absent = {one.code for one in found.absent}
    people = [sitter(one) for one in offers]
    return Present(
        people=[(one.code, f"{one.name}, {one.city}") for one in people],
        present=[one.code for one in people if one.code in (here | joined) - absent],
        proposal=found,
        held=seating.mixed.held,
    )
