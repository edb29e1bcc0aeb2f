"""Pairs of nominations that may be one person: found, never merged, decided by people."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mosty.audit import actions as audit
from mosty.audit.actors import Actor
from mosty.kernel.access import require
from mosty.kernel.locks import hold
from mosty.kernel.refusal import Refusal
from mosty.nominations import policies
from mosty.nominations.actions.entries import SETTLED
from mosty.nominations.models import Call, Nomination, PossibleDuplicate

# From this similarity on (0 to 1, of trigrams) two names are shown side by side.
SIMILAR = 0.55


class CannotDecide(Refusal):
    """The pair has been decided already, or no reason is given."""


def note(nomination: Nomination) -> None:
    """
    Store the pairs that ``nomination`` makes with others of its call.

    Two cities that name one address in the same moment wait for each other here; two
    acts of one city already do.
    """
    hold("nominations.address", nomination.email.lower(), nomination.call_id)
    note_many(nomination.call, [nomination.pk])


def renew(nomination: Nomination) -> None:
    """Store the pairs of a nomination whose name or address is new; decided ones stay."""
    PossibleDuplicate.objects.filter(
        Q(first=nomination) | Q(second=nomination),
        decision=PossibleDuplicate.Decision.OPEN,
    ).delete()
    note(nomination)


def note_many(call: Call, keys: Iterable[int]) -> int:
    """Store the pairs that many new nominations make in their call; return how many."""
    with connection.cursor() as cursor:
        # One statement for a whole file. The two ways to be alike are asked apart, so
        # that each finds its few rows by an index.
        cursor.execute(
            """
            insert into nominations_possibleduplicate
                (first_id, second_id, why, decision, decided_by, reason)
            select distinct on (least(a.id, b.id), greatest(a.id, b.id))
                least(a.id, b.id), greatest(a.id, b.id), b.why, 'open', '', ''
            from nominations_nomination a
            cross join lateral (
                select id, 'email' as why from nominations_nomination
                where call_id = a.call_id and state = 'submitted' and id <> a.id
                    and lower(email) = lower(a.email)
                union all
                select id, 'name' from nominations_nomination
                where call_id = a.call_id and state = 'submitted' and id <> a.id
                    and organisation_id = a.organisation_id
                    and similarity(name_key, a.name_key) >= %s
            ) b
            where a.call_id = %s and a.id = any(%s) and a.state = 'submitted'
            order by least(a.id, b.id), greatest(a.id, b.id), b.why
            on conflict do nothing
            """,
            [SIMILAR, call.pk, list(keys)],
        )
        return int(cursor.rowcount)


@transaction.atomic(durable=True)
def decide(
    *,
    pair: PossibleDuplicate,
    decision: PossibleDuplicate.Decision,
    reason: str,
    actor: Actor,
    now: datetime,
    instead_of: PossibleDuplicate.Decision = PossibleDuplicate.Decision.OPEN,
) -> PossibleDuplicate:
    """
    Decide whether two nominations are one person. Nothing is merged.

    If they are, the later one is left out of the selection. ``instead_of`` is what
    ``actor`` saw: of two who decide at once, the second learns of the first.

    :raises PermissionDenied: if ``actor`` does not gather the call.
    :raises CannotDecide: if no reason is given, it was decided otherwise meanwhile, or
        the seed of the draw is known.
    """
    call = pair.first.call
    require(policies.can_gather(actor, call))
    pair = (
        PossibleDuplicate.objects.select_for_update(of=("self",))
        .select_related("first", "second")
        .get(pk=pair.pk)
    )
    if call.seed:
        raise CannotDecide(SETTLED)
    before = pair.decision
    if (before, pair.reason) == (decision, reason.strip()):
        return pair
    if before != instead_of:
        raise CannotDecide(
            _("Somebody else has decided meanwhile: %(decision)s. Look again.")
            % {"decision": pair.get_decision_display()}
        )
    if not reason.strip():
        sentence = _("Say how you know.")
        raise CannotDecide(sentence, fields={"reason": sentence})
    pair.decision = decision
    pair.reason = reason.strip()
    pair.decided_by = actor.ledger_label
    pair.decided_at = now
    pair.save(update_fields=["decision", "reason", "decided_by", "decided_at"])
    for one, other in ((pair.first, pair.second), (pair.second, pair.first)):
        audit.record(
            actor=actor,
            verb="duplicate.decided",
            target=one,
            at=now,
            scope=call.slug,
            reason=pair.reason,
            before={"decision": before},
            after={"decision": decision, "other": other.code},
        )
    return pair
