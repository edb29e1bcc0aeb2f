"""A person's data is erased at her request, over all apps that keep it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.directory.identity import empty as empty_person
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.nominations.actions import erasing as nominees
from mosty.nominations.models import Nomination
from mosty.office import policies
from mosty.office.queries.erasing import is_someone_still, same_person, standing
from mosty.outbox.actions import revoke_links
from mosty.outbox.actions.erasing import empty_messages
from mosty.outbox.models import Link
from mosty.plans.actions.drafting import scope_in
from mosty.selection.models import Offer
from mosty.training.queries.calendars import of_participant


class CannotErase(Refusal):
    """The person's data cannot be erased now."""


@transaction.atomic(durable=True)
def erase(
    *, nomination: Nomination, reason: str, actor: User, now: datetime
) -> list[Nomination]:
    """
    Erase a nominee's data in every nomination of hers that ``actor`` answers for.

    Draws, seats, marks and counts stay, under codes; so do certificates and the ledger.
    Twice is as once. Returns the nominations that were emptied.

    :raises PermissionDenied: if ``actor`` does not coordinate the nomination's programme.
    :raises CannotErase: if a nomination of hers still stands, or no reason is given.
    """
    require(policies.can_erase(actor, nomination))
    if not reason.strip():
        raise CannotErase(
            _("Say why the data is erased."), fields={"reason": _("Enter the reason.")}
        )
    found = list(same_person(nomination, actor).select_for_update(of=("self",)))
    if standing(found, now):
        raise CannotErase(
            _(
                "This person is still nominated for a course, or has a seat. Withdraw the "
                "nomination first; then erase the data."
            )
        )
    for one in found:
        _erase(one, reason=reason.strip(), actor=actor, now=now)
    return found


def _erase(nomination: Nomination, *, reason: str, actor: User, now: datetime) -> None:
    call, code = nomination.call, nomination.code
    messages = empty_messages(
        scopes=[call.slug, scope_in(call.course.programme)],
        name=str(nomination),
        email=nomination.email,
        code=code,
    )
    offers = Offer.objects.filter(nomination=nomination)
    for offer in offers:
        for purpose, subject in (
            (Link.Purpose.OFFER, offer.code),
            (Link.Purpose.TAKE_PART, offer.code),
            (Link.Purpose.CALENDAR, of_participant(offer.code)),
        ):
            revoke_links(purpose=purpose, subject=subject, now=now)
    revoke_links(purpose=Link.Purpose.CONFIRM, subject=code, now=now)
    offers.update(reason="")
    emptied = nominees.empty(nomination=nomination, now=now)
    person = nomination.person
    if person is not None and not is_someone_still(person):
        empty_person(person)
    audit.record(
        actor=actor,
        verb="nomination.erased",
        target=nomination,
        at=now,
        scope=call.slug,
        reason=reason,
        after={**emptied, **messages},
    )
