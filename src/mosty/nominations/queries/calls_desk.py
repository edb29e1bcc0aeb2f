"""What the overview of one call in the back office shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from mosty.accounts.models import User
from mosty.nominations import policies
from mosty.nominations.models import Call, DeadEnd, Nomination, PossibleDuplicate
from mosty.nominations.queries import calls_cities
from mosty.nominations.queries.calls import Phase, last_minute, phase
from mosty.nominations.rules import Rules
from mosty.outbox.models import Message


@dataclass(frozen=True, slots=True)
class Desk:
    """One call, its numbers, and what whoever looks may do."""

    call: Call
    phase: Phase
    rules: Rules
    version: int
    until: datetime
    opens: datetime
    zone: str
    submitted: int
    drafts: int
    withdrawn: int
    checked: int
    confirmed: int
    declined: int
    duplicates: int
    messages: int
    cities: Mapping[str, int]
    can_edit: bool
    can_gather: bool
    can_change_rules: bool
    # From then on nothing of the call can be made undone.
    has_begun: bool

    @property
    def taking_part(self) -> int:
        """Return how many cities the call is for, or that nominated."""
        return sum(self.cities.values())

    @property
    def answered(self) -> int:
        """Return how many cities nominated, or said that they nominate nobody."""
        return sum(self.cities[key] for key in ("answered", "below", "declined"))

    @property
    def unanswered(self) -> int:
        """Return how many cities have the call and have not answered."""
        return self.cities["waiting"] + self.cities["drafting"]

    @property
    def unchecked(self) -> int:
        """Return how many nominations nobody has checked yet."""
        return self.submitted - self.checked


def may_rules_change(call: Call) -> bool:
    """
    Test if the rules of a published call may change still.

    Whoever knows the seed could choose the rules by whom they select: then only if a
    draw has found that no group keeps those in force.
    """
    return not call.seed or DeadEnd.objects.filter(version=call.rules_version).exists()


def desk(call: Call, user: User, now: datetime) -> Desk:
    """Return the overview of ``call`` for ``user``; at most ten queries."""
    state, answer = Nomination.State, Nomination.Answer
    submitted = Q(state=state.SUBMITTED)
    numbers = Nomination.objects.filter(call=call).aggregate(
        submitted=Count("pk", filter=submitted),
        drafts=Count("pk", filter=Q(state=state.DRAFT)),
        withdrawn=Count("pk", filter=Q(state=state.WITHDRAWN)),
        checked=Count("pk", filter=submitted & Q(checked_at__isnull=False)),
        confirmed=Count("pk", filter=submitted & Q(answer=answer.CONFIRMED)),
        declined=Count("pk", filter=submitted & Q(answer=answer.DECLINED)),
    )
    version = call.rules_version
    can_edit = policies.can_edit_call(user, call)
    programme = call.course.programme
    starts_on = call.course.starts_on
    return Desk(
        call=call,
        phase=phase(call, now),
        rules=version.rules,
        version=version.number,
        until=last_minute(call),
        opens=programme.local(call.opens_at),
        zone=programme.time_zone,
        duplicates=PossibleDuplicate.objects.filter(
            first__call=call, decision=PossibleDuplicate.Decision.OPEN
        ).count(),
        messages=Message.objects.filter(
            scope=call.slug, state=Message.State.DRAFT
        ).count(),
        cities=calls_cities.counts(call),
        can_edit=can_edit,
        can_gather=policies.can_gather(user, call),
        can_change_rules=can_edit
        and call.state == Call.State.PUBLISHED
        and may_rules_change(call),
        has_begun=starts_on is not None and starts_on <= programme.local(now).date(),
        **numbers,
    )
