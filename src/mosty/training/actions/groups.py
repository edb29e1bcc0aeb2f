"""Making groups: everybody who has a seat is mixed, as the rules say."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.engines import grouping
from mosty.engines.errors import BadProblem
from mosty.engines.grouping.model import Aim
from mosty.engines.grouping.record import ENGINE
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.programmes.models import Course, Session
from mosty.selection.models import Offer
from mosty.training import mixing, policies
from mosty.training.mixing import Settings
from mosty.training.mixing_words import none_found, problem_words
from mosty.training.models import GroupPlace, GroupPlan, GroupRound


class CannotMix(Refusal):
    """No groups can be made of these people by these rules."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a new plan."""

    groups: int
    rounds: int
    seed: str
    settings: Settings = field(default_factory=Settings)
    # The sessions of group work, in order; rounds are shared out over them.
    sessions: tuple[Session, ...] = ()


@transaction.atomic(durable=True)
def make(
    *,
    course: Course,
    wanted: Wanted,
    seen: str,
    actor: User,
    now: datetime,
    reason: str = "",
) -> GroupPlan:
    """
    Mix everybody who has a seat; a plan that is there is replaced, for a reason.

    Rounds that were held by earlier plans count: who met there does not meet again if
    that can be.

    :raises PermissionDenied: if ``actor`` may not mix groups of the course.
    :raises CannotMix: if no groups keep the rules, or the plan is not the one that was seen.
    """
    require(policies.can_make_groups(actor, course))
    course = Course.objects.select_for_update().get(pk=course.pk)
    before = mixing.live(course)
    if mixing.seen_of(before) != seen:
        raise CannotMix(
            _("Somebody has changed the groups meanwhile. Look at them again.")
        )
    if before and not reason.strip():
        raise CannotMix(
            _("Say why the groups are made anew."),
            fields={"reason": _("Say why the groups are made anew.")},
        )
    if before:
        # First, so that what it held counts as held before.
        # A clock that was set back makes no time before it was made.
        before.replaced_at = max(now, before.made_at)
        before.save(update_fields=["replaced_at"])
    offers = mixing.seated(course)
    mixed = _mixed(course, wanted, offers)
    plan = GroupPlan.objects.create(
        course=course,
        number=(before.number if before else _last_number(course)) + 1,
        groups=wanted.groups,
        rounds=wanted.rounds,
        settings=wanted.settings.as_json(),
        seed=wanted.seed,
        engine=ENGINE,
        aims=mixing.aims_as_json(mixed),
        made_at=now,
        made_by=actor.ledger_label,
        reason=reason.strip() if before else "",
    )
    shared = _shared_out(wanted.sessions, wanted.rounds)
    rounds = GroupRound.objects.bulk_create(
        GroupRound(plan=plan, number=number + 1, session=session)
        for number, session in enumerate(shared)
    )
    seat(rounds, mixed.rounds, offers)
    audit.record(
        actor=actor,
        verb="groups.made",
        target=plan,
        at=now,
        scope=course.programme.slug,
        reason=plan.reason,
        before={"plan": before.number} if before else {},
        after={
            "plan": plan.number,
            "groups": plan.groups,
            "rounds": plan.rounds,
            "people": len(offers),
            **numbers(mixed.aims),
        },
    )
    return plan


def _mixed(course: Course, wanted: Wanted, offers: Sequence[Offer]) -> grouping.Plan:
    if not offers:
        raise CannotMix(_("Nobody has a confirmed seat in this course yet."))
    if len(offers) > mixing.MOST_PEOPLE:
        raise CannotMix(
            _(
                "So many people cannot be mixed on a page: use the command mosty mix, "
                "which takes its time."
            )
        )
    if len(wanted.sessions) > wanted.rounds:
        sentence = _("There are more sessions than rounds.")
        raise CannotMix(sentence, fields={"sessions": sentence})
    rules = wanted.settings.rules(
        wanted.groups, wanted.rounds, (one.code for one in offers)
    )
    try:
        task = grouping.Task(
            people=tuple(map(mixing.person, offers)),
            rules=rules,
            seed=wanted.seed,
            earlier=mixing.held_before(course),
        )
        return grouping.mix(task, mixing.steps(len(offers)))
    except BadProblem as problem:
        field = {"groups_over_people": "groups", "empty_seed": "seed"}.get(problem.code)
        sentence = problem_words(problem)
        raise CannotMix(sentence, fields={field: sentence} if field else {}) from None
    except grouping.NoPlan as none:
        raise CannotMix(none_found(none)) from None


def seat(
    rounds: Sequence[GroupRound],
    mixed: Sequence[Sequence[Sequence[str]]],
    offers: Sequence[Offer],
) -> None:
    """Store who sits where: ``mixed`` has, for each round, its groups as codes of ``offers``."""
    by_code: Mapping[str, Offer] = {one.code: one for one in offers}
    GroupPlace.objects.bulk_create(
        GroupPlace(round=one, offer=by_code[code], group=group)
        for one, groups in zip(rounds, mixed, strict=True)
        for group, codes in enumerate(groups, start=1)
        for code in codes
    )


def _shared_out(sessions: Sequence[Session], rounds: int) -> list[Session | None]:
    """Return each round's session: as many to each as can be, in order."""
    if not sessions:
        return [None] * rounds
    return [sessions[number * len(sessions) // rounds] for number in range(rounds)]


def _last_number(course: Course) -> int:
    last = GroupPlan.objects.filter(course=course).order_by("-number").first()
    return last.number if last else 0


def numbers(aims: Iterable[Aim]) -> dict[str, int]:
    """Return values for the ledger, such as ``{"repeated": 0, "city": 1}``."""
    return {aim.attribute or aim.code: aim.value for aim in aims if aim.code != "moved"}
