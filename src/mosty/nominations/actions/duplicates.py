"""Pairs of nominations that may be one person: found, never merged, decided by people."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mosty.audit import actions as audit
from mosty.audit.actors import Actor
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.nominations import policies
from mosty.nominations.models import Call, Nomination, PossibleDuplicate

# From this similarity on (0 to 1, of trigrams) two names are shown side by side.
SIMILAR = 0.55


class CannotDecide(Refusal):
    """The pair has been decided already, or no reason is given."""


def note(nomination: Nomination) -> list[PossibleDuplicate]:
    """Store the pairs that ``nomination`` makes with others of its call."""
    others = Nomination.objects.filter(
        call_id=nomination.call_id, state=Nomination.State.SUBMITTED
    ).exclude(pk=nomination.pk)
    same_email = others.filter(email__iexact=nomination.email).values_list(
        "pk", flat=True
    )
    similar = (
        others.filter(organisation_id=nomination.organisation_id)
        .annotate(alike=TrigramSimilarity("name_key", nomination.name_key))
        .filter(Q(alike__gte=SIMILAR))
        .values_list("pk", flat=True)
    )
    found = dict.fromkeys(similar, PossibleDuplicate.Why.NAME)
    found |= dict.fromkeys(same_email, PossibleDuplicate.Why.EMAIL)
    if not found:
        return []
    return PossibleDuplicate.objects.bulk_create(
        [
            PossibleDuplicate(
                first_id=min(nomination.pk, other),
                second_id=max(nomination.pk, other),
                why=why,
            )
            for other, why in found.items()
        ],
        ignore_conflicts=True,
    )


def note_many(call: Call, keys: Iterable[int]) -> int:
    """Store the pairs that many new nominations make in their call; return how many."""
    with connection.cursor() as cursor:
        # One statement for a whole file; the pair's order and uniqueness as in `note`.
        cursor.execute(
            """
            insert into nominations_possibleduplicate
                (first_id, second_id, why, decision, decided_by, reason)
            select distinct on (least(a.id, b.id), greatest(a.id, b.id))
                least(a.id, b.id), greatest(a.id, b.id),
                case when lower(a.email) = lower(b.email) then 'email' else 'name' end,
                'open', '', ''
            from nominations_nomination a
            join nominations_nomination b
                on b.call_id = a.call_id and b.id <> a.id and b.state = 'submitted'
                and (
                    lower(b.email) = lower(a.email)
                    or (
                        b.organisation_id = a.organisation_id
                        and similarity(b.name_key, a.name_key) >= %s
                    )
                )
            where a.call_id = %s and a.id = any(%s) and a.state = 'submitted'
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
) -> PossibleDuplicate:
    """
    Decide whether two nominations are one person. Nothing is merged.

    If they are, the second one is left out of the selection.

    :raises PermissionDenied: if ``actor`` does not gather the call.
    :raises CannotDecide: if no reason is given.
    """
    require(policies.can_gather(actor, pair.first.call))
    pair = PossibleDuplicate.objects.select_for_update(of=("self",)).get(pk=pair.pk)
    if not reason.strip():
        raise CannotDecide(
            _("Say how you know."), fields={"reason": _("Say how you know.")}
        )
    before = pair.decision
    pair.decision = decision
    pair.reason = reason.strip()
    pair.decided_by = actor.ledger_label
    pair.decided_at = now
    pair.save(update_fields=["decision", "reason", "decided_by", "decided_at"])
    audit.record(
        actor=actor,
        verb="duplicate.decided",
        target=pair.second,
        at=now,
        scope=pair.first.call.slug,
        reason=pair.reason,
        before={"decision": before},
        after={"decision": decision, "other": pair.first.code},
    )
    return pair
