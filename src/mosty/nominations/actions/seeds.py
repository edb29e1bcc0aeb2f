"""What a draw goes by, settled once: the seed of a call; and the rules found impossible."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mosty.audit import actions as audit
from mosty.audit.actors import Actor
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.nominations import policies
from mosty.nominations.actions import answers, checks
from mosty.nominations.models import Call, DeadEnd, KnownCities, RulesVersion
from mosty.nominations.queries import known


class CannotDraw(Refusal):
    """The seed cannot be entered now."""


@transaction.atomic(durable=True)
def enter_seed(*, call: Call, seed: str, actor: Actor, now: datetime) -> Call:
    """
    Enter the seed that the named source gave after the call closed. Once.

    Whoever knows the seed could work out the draw, so what enters it is settled before:
    nominations checked, pairs decided; and nominees' answering ends. What is known of
    the cities, and the seats that they took in earlier courses, is kept as it is now:
    the draw goes by that.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    :raises CannotDraw: if the call is still open, something is not settled, the seed is
        empty, or one is there.
    """
    require(policies.can_edit_call(actor, call))
    call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    if not call.is_closed(now):
        raise CannotDraw(_("The seed is entered after the call has closed."))
    if call.is_cast_in_public:
        raise CannotDraw(
            _("In this call a number drawn in public decides. It is entered there.")
        )
    if call.seed:
        raise CannotDraw(
            _("The seed has already been entered; it cannot be exchanged.")
        )
    if not seed.strip():
        sentence = _("Enter the seed exactly as its source gave it.")
        raise CannotDraw(sentence, fields={"seed": sentence})
    if checks.is_unsettled(call):
        raise CannotDraw(
            _(
                "First check every nomination and decide every possible duplicate: once "
                "the seed is known, they can no longer be changed."
            )
        )
    _settle(call, seed.strip(), "call.seed_entered", actor, now)
    return call


def settle(*, call: Call, actor: Actor, now: datetime) -> None:
    """
    Let nothing change any more that enters the list of a draw in public.

    Call it inside an action's transaction, with the call locked. The seed of the list
    needs no secret: nobody can choose it, and the number comes after the list.

    :raises CannotDraw: if the call is still open, or something is not settled.
    """
    if not call.is_closed(now):
        raise CannotDraw(_("The list is made after the call has closed."))
    if checks.is_unsettled(call):
        raise CannotDraw(
            _(
                "First check every nomination and decide every possible duplicate: once "
                "the list is made, they can no longer be changed."
            )
        )
    _settle(call, call.slug, "call.settled", actor, now)


def _settle(call: Call, seed: str, verb: str, actor: Actor, now: datetime) -> None:
    call.seed = seed
    call.seed_entered_at = now
    call.save(update_fields=["seed", "seed_entered_at"])
    KnownCities.objects.create(
        call=call,
        known_at=now,
        cities=known.now_of(call),
        seats=known.seats_now_of(call),
    )
    audit.record(
        actor=actor,
        verb=verb,
        target=call,
        at=now,
        scope=call.slug,
        after={"seed": call.seed, "source": str(call.seed_source)},
    )
    answers.end(call=call, now=now)


@transaction.atomic(durable=True)
def note_dead_end(
    *,
    version: RulesVersion,
    limits: Sequence[Mapping[str, Any]],
    repair: Mapping[str, Any],
    actor: Actor,
    now: datetime,
) -> DeadEnd:
    """
    Note that a draw found no group that keeps these rules. Twice changes nothing.

    ``limits`` are those that collide: codes and parameters. ``repair`` is what would
    mend them; this app keeps it and does not read it.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    :raises CannotDraw: if the call has no seed yet, or other rules are in force.
    """
    require(policies.can_edit_call(actor, version.call))
    call = Call.objects.select_for_update(of=("self",)).get(pk=version.call_id)
    if not call.seed or call.rules_version != version:
        raise CannotDraw(_("The rules have changed meanwhile."))
    found, made = DeadEnd.objects.get_or_create(
        version=version,
        defaults={
            "limits": list(limits),
            "repair": dict(repair),
            "found_at": now,
            "found_by": actor.ledger_label,
        },
    )
    if made:
        audit.record(
            actor=actor,
            verb="selection.impossible",
            target=call,
            at=now,
            scope=call.slug,
            after={"rules": version.number, "limits": found.limits},
        )
    return found
