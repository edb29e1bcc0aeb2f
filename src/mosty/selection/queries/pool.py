"""Who enters a selection, as the engine sees her, and who does not and why."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from mosty.directory.models import Organisation
from mosty.engines.reading import Node
from mosty.engines.selection import (
    Balance,
    Candidate,
    Condition,
    Coverage,
    Limits,
    Memory,
    Prefer,
    Priority,
    Problem,
    Quota,
)
from mosty.engines.selection import priority_names as engine_names
from mosty.engines.selection.problem_json import problem_from_json
from mosty.nominations import rules as rules_of
from mosty.nominations.models import Call, Nomination, PossibleDuplicate
from mosty.nominations.queries import known
from mosty.nominations.queries.known import EarlierSeats
from mosty.nominations.rules import Rules
from mosty.nominations.rules.check import Breach, Entry, breaches
from mosty.selection.models import NumberedList, Offer
from mosty.selection.queries.earlier_seats import seats_before, sums
from mosty.selection.queries.lists import list_of

# A city without an established fact about it: never guessed, never preferred.
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Pool:
    """Everybody submitted in a call: those who enter, and the others with reasons."""

    candidates: tuple[Candidate, ...]
    barred: Mapping[str, tuple[Breach, ...]]
    # The seats of cities in earlier calls, if the rules ask for them.
    earlier: EarlierSeats | None = None

    def problem(self, rules: Rules) -> Problem:
        """
        Return what the engine solves.

        :raises mosty.engines.selection.BadProblem: if the parts do not fit.
        """
        had = self.seats_had()
        return Problem(
            candidates=self.candidates,
            limits=limits(rules),
            priorities=tuple(_priority(item, had) for item in rules.priorities),
            reserve=rules.reserve,
        )

    def seats_had(self) -> dict[str, int]:
        """Return how many seats each city that has somebody here had before, if any."""
        here = {person.attributes["organisation"] for person in self.candidates}
        return {
            city: seats
            for city, seats in sums(self.earlier or ()).items()
            if city in here
        }


def priority_names(rules: Rules) -> list[str]:
    """Return what a record calls the priorities of ``rules``, in their order."""
    return engine_names(tuple(_priority(item, {}) for item in rules.priorities))


def limits(rules: Rules) -> Limits:
    """Return the hard limits of ``rules``."""
    return Limits(
        seats=rules.seats,
        per_organisation_most=rules.most,
        quotas=tuple(
            Quota(quota.attribute, quota.value, quota.least, quota.most)
            for quota in rules.quotas
        ),
    )


def _priority(priority: rules_of.Priority, had: Mapping[str, int]) -> Priority:
    match priority:
        case rules_of.Coverage(attribute):
            return Coverage(attribute)
        case rules_of.Prefer(who):
            return Prefer(
                Condition.of({name: list(values) for name, values in who}),
                label="; ".join(f"{name}={','.join(values)}" for name, values in who),
            )
        case rules_of.Balance(attribute):
            return Balance(attribute)
        case rules_of.Memory(attribute):
            return Memory(attribute, tuple(had.items()))


def gather(call: Call, rules: Rules) -> Pool:
    """Return the pool of ``call`` under ``rules``; a handful of queries for any size."""
    cities_known = known.known(call, rules)
    submitted = list(
        Nomination.objects.filter(call=call, state=Nomination.State.SUBMITTED).order_by(
            "code"
        )
    )
    cities = Organisation.objects.in_bulk({row.organisation_id for row in submitted})
    closing_day = known.last_day(call)
    returning = _returning(call)
    doubled = _doubled(call)
    numbers = Counter(row.organisation_id for row in submitted)
    waived = set(
        call.invitations.exclude(waiver="").values_list("organisation_id", flat=True)
    )

    candidates, barred = [], {}
    for row in submitted:
        city = cities[row.organisation_id]
        found = breaches(
            rules,
            Entry(
                city.slug,
                city.slug in cities_known.taking_part,
                row.department,
                row.level,
                row.in_post_since,
            ),
        )
        if row.answer == Nomination.Answer.DECLINED:
            found.append(Breach("declined", "answer"))
        elif rules.must_confirm and row.answer != Nomination.Answer.CONFIRMED:
            found.append(Breach("unconfirmed", "answer"))
        if row.pk in doubled:
            found.append(Breach("same_person", "email"))
        if numbers[city.pk] < rules.least and city.pk not in waived:
            found.append(Breach("least", "organisation", {"count": numbers[city.pk]}))
        if found:
            barred[row.code] = tuple(found)
            continue
        candidates.append(
            Candidate(
                row.code,
                {
                    "organisation": city.slug,
                    "department": row.department,
                    "level": row.level,
                    "gender": row.gender,
                    "experience": cities_known.experience.get(city.slug) or UNKNOWN,
                    "new_in_post": _yes(
                        is_new_in_post(
                            row.in_post_since, closing_day, rules.new_in_post_months
                        )
                    ),
                    "returning": _yes(row.email.casefold() in returning),
                },
            )
        )
    remembers = any(isinstance(one, rules_of.Memory) for one in rules.priorities)
    return Pool(tuple(candidates), barred, seats_before(call) if remembers else None)


def drawn_from(call: Call, rules: Rules, listed: NumberedList | None) -> Pool:
    """Return the pool that a draw goes by: where a list was published, that of the list."""
    pool = gather(call, rules)
    if listed is None:
        return pool
    candidates = problem_from_json(Node(listed.problem, "problem")).candidates
    entered = {person.code for person in candidates}
    barred = {code: why for code, why in pool.barred.items() if code not in entered}
    return replace(pool, candidates=candidates, barred=barred)


def _yes(answer: bool) -> str:
    return "yes" if answer else "no"


def is_new_in_post(since: date | None, on: date, months: int) -> bool:
    """Test if somebody in a post since ``since`` has held it under ``months`` months."""
    if since is None:
        return False
    held = (on.year - since.year) * 12 + on.month - since.month - (on.day < since.day)
    return held < months


def _returning(call: Call) -> set[str]:
    """
    Return the addresses of those who took a seat in this programme before.

    Once the seed is known, before it was: a seat taken or given back since in another
    course changes nothing.
    """
    taken = Offer.objects.filter(
        nomination__call__course__programme=call.course.programme_id
    ).exclude(nomination__call=call)
    if call.seed_entered_at is None:
        taken = taken.filter(state=Offer.State.ACCEPTED)
    else:
        taken = taken.filter(accepted_at__lte=call.seed_entered_at).filter(
            Q(state=Offer.State.ACCEPTED) | Q(answered_at__gt=call.seed_entered_at)
        )
    return set(taken.values_list(Lower("nomination__email"), flat=True))


def _doubled(call: Call) -> set[int]:
    """Return the nominations that are the second of one person in the call."""
    return set(
        PossibleDuplicate.objects.filter(
            first__call=call,
            decision=PossibleDuplicate.Decision.SAME,
            first__state=Nomination.State.SUBMITTED,
        ).values_list("second_id", flat=True)
    )


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that must be settled before a draw, with a count and a moment."""

    code: str
    count: int = 0


def obstacles(call: Call, now: datetime) -> list[Obstacle]:
    """Return what stands in the way of a draw for ``call``; none if it can be made."""
    found = unsettled(call, now)
    if not call.is_cast_in_public:
        lacks = None if call.seed else Obstacle("no_seed")
    elif (listed := list_of(call)) is None:
        lacks = Obstacle("no_list")
    else:
        lacks = Obstacle("no_number") if listed.number is None else None
    if lacks is not None:
        found.insert(1 if found and found[0].code == "open" else 0, lacks)
    return found


def unsettled(call: Call, now: datetime) -> list[Obstacle]:
    """Return what must be settled before anything can be drawn from, or listed."""
    found = []
    if not call.is_closed(now):
        found.append(Obstacle("open"))
    unchecked = _submitted(call).filter(checked_at__isnull=True).count()
    if unchecked:
        found.append(Obstacle("unchecked", unchecked))
    undecided = PossibleDuplicate.objects.filter(
        first__call=call,
        decision=PossibleDuplicate.Decision.OPEN,
        first__state=Nomination.State.SUBMITTED,
        second__state=Nomination.State.SUBMITTED,
    ).count()
    if undecided:
        found.append(Obstacle("undecided", undecided))
    return found


def _submitted(call: Call) -> QuerySet[Nomination]:
    return Nomination.objects.filter(call=call, state=Nomination.State.SUBMITTED)
