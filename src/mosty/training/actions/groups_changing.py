"""Changing groups: by hand, as held, and mixed again for those who are here."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.engines import grouping
from mosty.engines.errors import BadProblem
from mosty.engines.grouping.model import Aim
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.training import mixing, policies
from mosty.training.actions.groups import numbers, seat
from mosty.training.mixing import Seating
from mosty.training.mixing_words import none_found, problem_words
from mosty.training.models import GroupPlace, GroupPlan, GroupRound


class CannotChangeGroups(Refusal):
    """The groups cannot be changed so, or not any more."""


@transaction.atomic(durable=True)
def swap(
    *,
    plan: GroupPlan,
    number: int,
    first: str,
    second: str,
    seen: str,
    actor: User,
    now: datetime,
) -> grouping.Swap:
    """
    Let two people change places in a round to come; the ledger keeps what it cost.

    :raises PermissionDenied: if ``actor`` may not mix groups of the course.
    :raises CannotChangeGroups: if the round was held, they are not in it or sit together,
        or the plan is not the one that was seen.
    """
    seating = _locked(plan, seen, actor)
    with _refusing():
        found = grouping.swap(seating.mixed, number - 1, first, second)
    _apply(seating, number, (first, second), found, "groups.swapped", actor, now)
    return found


@transaction.atomic(durable=True)
def move(
    *,
    plan: GroupPlan,
    number: int,
    code: str,
    to: int,
    seen: str,
    actor: User,
    now: datetime,
) -> grouping.Swap:
    """
    Let one person move to another group of a round to come.

    :raises CannotChangeGroups: as :func:`swap`, or if a group would be left empty.
    """
    seating = _locked(plan, seen, actor)
    with _refusing():
        found = grouping.move(seating.mixed, number - 1, code, to - 1)
    _apply(seating, number, (code,), found, "groups.moved", actor, now)
    return found


@transaction.atomic(durable=True)
def hold(
    *, plan: GroupPlan, number: int, seen: str, actor: User, now: datetime
) -> GroupRound:
    """
    Say that a round was held: from now on nothing in it changes.

    :raises PermissionDenied: if ``actor`` may not mix groups of the course.
    :raises CannotChangeGroups: if one before it was not, or its session has not begun.
    """
    seating = _locked(plan, seen, actor)
    coming = [one for one in seating.rounds if one.held_at is None]
    if not coming or coming[0].number != number:
        raise CannotChangeGroups(_("Rounds are held one after the other."))
    one = coming[0]
    if not mixing.has_begun(seating.plan, one, now):
        raise CannotChangeGroups(_("This round has not begun yet."))
    one.held_at = now
    one.save(update_fields=["held_at"])
    _raise_version(seating.plan)
    audit.record(
        actor=actor,
        verb="groups.held",
        target=seating.plan,
        at=now,
        scope=seating.plan.course.programme.slug,
        after={"round": number, "people": len(seating.places[number - 1])},
    )
    return one


@transaction.atomic(durable=True)
def remix(
    *, plan: GroupPlan, present: Iterable[str], seen: str, actor: User, now: datetime
) -> Aim:
    """
    Mix the rounds to come for those who are here now, with as few moves as can be.

    ``present`` are codes of offers. Returns how many changes of group there were, and
    the fewest possible.

    :raises PermissionDenied: if ``actor`` may not mix groups of the course.
    :raises CannotChangeGroups: if nothing would change, or no groups keep the rules.
    """
    seating = _locked(plan, seen, actor)
    held = seating.mixed.held
    if held == len(seating.rounds):
        raise CannotChangeGroups(_("Every round has been held."))
    offers = {one.code: one for one in mixing.seated(seating.plan.course)}
    here = frozenset(present) & offers.keys()
    known = {one.code for one in seating.mixed.task.people}
    left, joined = known - here, here - known
    if not left and not joined:
        raise CannotChangeGroups(_("The rounds to come are for these people already."))
    with _refusing():
        mixed = grouping.remix(
            seating.mixed,
            held,
            left=left,
            joined=[mixing.person(offers[code]) for code in sorted(joined)],
            steps=mixing.steps(len(here)),
        )
    coming = seating.rounds[held:]
    GroupPlace.objects.filter(round__in=coming).delete()
    seat(coming, mixed.rounds[held:], list(offers.values()))
    _raise_version(seating.plan, mixed)
    moved = mixed.aim("moved")
    audit.record(
        actor=actor,
        verb="groups.remixed",
        target=seating.plan,
        at=now,
        scope=seating.plan.course.programme.slug,
        before=numbers(seating.mixed.aims),
        after={
            "from_round": held + 1,
            "left": sorted(left),
            "joined": sorted(joined),
            "moved": moved.value,
            **numbers(mixed.aims),
        },
    )
    return moved


def _locked(plan: GroupPlan, seen: str, actor: User) -> Seating:
    """Return the plan as it stands, locked until the end of the transaction."""
    require(policies.can_make_groups(actor, plan.course))
    plan = (
        GroupPlan.objects.select_for_update(of=["self"])
        .select_related("course__programme")
        .get(pk=plan.pk)
    )
    if plan.replaced_at or mixing.seen_of(plan) != seen:
        raise CannotChangeGroups(
            _("Somebody has changed the groups meanwhile. Look at them again.")
        )
    return mixing.read(plan)


def _apply(
    seating: Seating,
    number: int,
    codes: Sequence[str],
    found: grouping.Swap,
    verb: str,
    actor: User,
    now: datetime,
) -> None:
    """Store the new places of ``codes``, the numbers, and what it cost."""
    home = {
        code: group
        for group, own in enumerate(found.plan.rounds[number - 1], start=1)
        for code in own
    }
    own = [one for one in seating.places[number - 1] if one.offer.code in codes]
    was = {one.offer.code: one.group for one in own}
    for one in own:
        one.group = home[one.offer.code]
    GroupPlace.objects.bulk_update(own, ["group"])
    _raise_version(seating.plan, found.plan)
    audit.record(
        actor=actor,
        verb=verb,
        target=seating.plan,
        at=now,
        scope=seating.plan.course.programme.slug,
        before={"round": number, "places": was, **numbers(found.before)},
        after={
            "round": number,
            "places": {code: home[code] for code in was},
            **numbers(found.after),
            "rules_broken": len(found.broken),
        },
    )


def _raise_version(plan: GroupPlan, mixed: grouping.Plan | None = None) -> None:
    plan.version += 1
    if mixed is not None:
        plan.aims = mixing.aims_as_json(mixed)
    plan.save(update_fields=["version", "aims"])


@contextmanager
def _refusing() -> Iterator[None]:
    """Turn what the engine says is wrong into a refusal."""
    try:
        yield
    except BadProblem as problem:
        raise CannotChangeGroups(problem_words(problem)) from None
    except grouping.NoPlan as none:
        raise CannotChangeGroups(none_found(none)) from None
