"""What a link opens, found by its token."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from mosty.kernel import tokens
from mosty.kernel.refusal import Refusal
from mosty.outbox.models import Link


class LinkGone(Refusal):
    """The link opens nothing (any more); ``status`` is the answer's HTTP status."""

    def __init__(self, sentence: object, *, status: int) -> None:
        super().__init__(sentence)
        self.status = status


UNKNOWN = _(
    "There is no such link. Perhaps it was not copied whole: open it from the message, "
    "or copy it again to its last character."
)
REVOKED = _(
    "This link no longer works: it was replaced by a newer one, or what it was for has "
    "been settled. Look for a newer message from us."
)
EXPIRED = _(
    "The time for this link is over. If you still need to answer, write to the contact "
    "named in the message."
)


def link_for(
    token: str, purpose: Link.Purpose, now: datetime, *, over: object = EXPIRED
) -> Link:
    """
    Return the live link with this ``token``; one query by its digest.

    A link for another purpose is answered as one that does not exist. ``over`` says
    what to do when its time has passed.

    :raises LinkGone: if there is none, or it has expired or was revoked.
    """
    link = Link.objects.filter(digest=tokens.digest(token), purpose=purpose).first()
    if link is None:
        raise LinkGone(UNKNOWN, status=404)
    if link.revoked_at is not None:
        raise LinkGone(REVOKED, status=410)
    if link.expires_at <= now:
        raise LinkGone(over, status=410)
    return link
