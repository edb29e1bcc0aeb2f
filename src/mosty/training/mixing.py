"""Between the tables of groups and the engine that mixes: who is here, and what was asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from mosty.engines.grouping import Person, Plan, Rules, Task, plan_of
from mosty.engines.grouping.model import Pair, Round
from mosty.programmes.models import Course
from mosty.selection.models import Offer
from mosty.training import policies
from mosty.training.models import GroupPlace, GroupPlan, GroupRound

# What people can be spread by, the first first.
SPREADS = ("city", "department", "level")
USUAL_SPREAD = ("city", "department")
# As many people as share a table at which everybody speaks.
USUAL_SIZE = 5
MOST_GROUPS, MOST_ROUNDS = 60, 12
# A page answers within two seconds: 24 people get 6,000 steps, 300 get 500. A longer
# search is the command's (mosty mix).
MOST_PEOPLE = 300
_MOST_STEPS, _STEPS_BY_PEOPLE = 6_000, 150_000


@dataclass(frozen=True, slots=True)
class Settings:
    """What is asked of a plan, beside groups, rounds and seed; pairs are offers' codes."""

    spread: tuple[str, ...] = USUAL_SPREAD
    together: tuple[Pair, ...] = ()
    apart: tuple[Pair, ...] = ()
    language: bool = False
    level: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return what is stored."""
        return asdict(self)

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> "Settings":
        """Return what was stored."""
        pairs = {
            name: tuple((str(a), str(b)) for a, b in stored[name])
            for name in ("together", "apart")
        }
        return cls(
            spread=tuple(stored["spread"]),
            language=stored["language"],
            level=stored["level"],
            **pairs,
        )

    def rules(self, groups: int, rounds: int, here: Iterable[str]) -> Rules:
        """Return the engine's rules; those on people who are not here are left out."""
        known = frozenset(here)
        return Rules(
            groups=groups,
            rounds=rounds,
            spread=self.spread,
            together=tuple(p for p in self.together if known.issuperset(p)),
            apart=tuple(p for p in self.apart if known.issuperset(p)),
            language="language" if self.language else None,
            band="level" if self.level else None,
        )


@dataclass(frozen=True, slots=True)
class Seating:
    """A plan as it stands: its rounds, everybody's place, and what the engine calls it."""

    plan: GroupPlan
    rounds: tuple[GroupRound, ...]
    places: tuple[tuple[GroupPlace, ...], ...]
    mixed: Plan

    @property
    def people(self) -> dict[str, Offer]:
        """Return everybody in any round, by code."""
        return {one.offer.code: one.offer for own in self.places for one in own}


def usual_groups(people: int) -> int:
    """Return how many groups of four or five ``people`` make."""
    return max(1, -(-people // USUAL_SIZE))


def steps(people: int) -> int:
    """Return how long the search may take within a request."""
    return min(_MOST_STEPS, _STEPS_BY_PEOPLE // max(1, people))


def seated(course: Course) -> list[Offer]:
    """Return who takes part, by name; one query."""
    return list(
        policies.accepted()
        .filter(seat__call__course=course)
        .select_related("nomination__organisation")
        .order_by("nomination__sort_name", "pk")
    )


def person(offer: Offer) -> Person:
    """Return what the engine knows of a participant: no name."""
    nomination = offer.nomination
    return Person(
        offer.code,
        {
            "city": nomination.organisation.slug,
            "department": nomination.department,
            "level": nomination.level,
            "language": nomination.language,
        },
    )


def held_before(course: Course) -> tuple[Round, ...]:
    """Return the rounds that were held by plans which have been replaced; one query."""
    found: dict[tuple[int, int], dict[int, list[str]]] = {}
    for plan, number, group, code in (
        GroupPlace.objects.filter(
            round__plan__course=course,
            round__plan__replaced_at__isnull=False,
            round__held_at__isnull=False,
        )
        .order_by("round__plan__number", "round__number", "group", "offer__code")
        .values_list("round__plan__number", "round__number", "group", "offer__code")
    ):
        found.setdefault((plan, number), {}).setdefault(group, []).append(code)
    return tuple(tuple(map(tuple, groups.values())) for groups in found.values())


def live(course: Course) -> GroupPlan | None:
    """Return the plan that is in use, or None; one query."""
    plan = GroupPlan.objects.filter(course=course, replaced_at__isnull=True).first()
    if plan is not None:
        plan.course = course
    return plan


def has_begun(plan: GroupPlan, one: GroupRound, now: datetime) -> bool:
    """Test if the session of a round has begun; without a session, if the course has."""
    if one.session:
        return now >= one.session.starts_at
    first = plan.course.starts_on
    return first is None or plan.course.programme.local(now).date() >= first


def seen_of(plan: GroupPlan | None) -> str:
    """Return what a page saw of a plan: nobody writes over what she did not see."""
    return f"{plan.pk}.{plan.version}" if plan else ""


def read(plan: GroupPlan) -> Seating:
    """Return ``plan`` as it stands; three queries."""
    rounds = tuple(
        GroupRound.objects.filter(plan=plan)
        .select_related("session")
        .order_by("number")
    )
    by_round: dict[int, list[GroupPlace]] = {one.pk: [] for one in rounds}
    for place in (
        GroupPlace.objects.filter(round__plan=plan)
        .select_related("offer__nomination__organisation")
        .order_by("group", "offer__nomination__sort_name", "pk")
    ):
        by_round[place.round_id].append(place)
    places = tuple(tuple(by_round[one.pk]) for one in rounds)
    held = sum(1 for one in rounds if one.held_at)
    # Those who sit in what is to come; when all is over, who sat in the last round.
    here = {
        place.offer.code: place.offer
        for own in (places[held:] or places[-1:])
        for place in own
    }
    task = Task(
        people=tuple(map(person, here.values())),
        rules=Settings.read(plan.settings).rules(plan.groups, plan.rounds, here),
        seed=plan.seed,
        earlier=held_before_of(plan),
    )
    groups = tuple(_groups(plan.groups, own) for own in places)
    return Seating(plan, rounds, places, plan_of(task, groups, held))


def held_before_of(plan: GroupPlan) -> tuple[Round, ...]:
    """Return what was held before ``plan`` began; the first has nothing before it."""
    return held_before(plan.course) if plan.number > 1 else ()


def _groups(count: int, places: Sequence[GroupPlace]) -> Round:
    found: list[list[str]] = [[] for _n in range(count)]
    for place in places:
        found[place.group - 1].append(place.offer.code)
    return tuple(tuple(sorted(codes)) for codes in found)


def aims_as_json(mixed: Plan) -> list[dict[str, Any]]:
    """Return what is stored of the numbers."""
    return [asdict(aim) for aim in mixed.aims if aim.code != "moved"]
