"""How links are made and ended."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from mosty.kernel import tokens
from mosty.kernel.rows import batches, insert_new
from mosty.outbox.models import Link


def make_link(
    *, purpose: Link.Purpose, subject: str, now: datetime, expires_at: datetime
) -> Link:
    """Return the live link for ``subject``, as :func:`make_links` does for several."""
    return make_links(
        purpose=purpose, subjects=[subject], now=now, expires_at=expires_at
    )[0]


def make_links(
    *,
    purpose: Link.Purpose,
    subjects: Sequence[str],
    now: datetime,
    expires_at: datetime,
) -> list[Link]:
    """
    Return the live link for each of ``subjects``, made where there is none.

    An expired one is revoked and replaced; a live one is kept, its end moved to
    ``expires_at`` if that is later. Call it inside an action's transaction.
    """
    # Most are new: stored first, and looked for only where that was refused.
    wanted = {
        subject: _new_link(purpose, subject, now, expires_at) for subject in subjects
    }
    found = {
        link.subject: link
        for batch in batches(wanted.values())
        for link in insert_new(batch, by="subject")
    }
    if there := [link for link in wanted.values() if link.subject not in found]:
        found |= _live_links(there, now)
    return [found[subject] for subject in subjects]


def _new_link(
    purpose: Link.Purpose, subject: str, now: datetime, expires_at: datetime
) -> Link:
    nonce = tokens.new_nonce()
    return Link(
        purpose=purpose,
        subject=subject,
        nonce=nonce,
        digest=tokens.digest(tokens.derive(nonce)),
        created_at=now,
        expires_at=expires_at,
    )


def _live_links(wanted: Sequence[Link], now: datetime) -> dict[str, Link]:
    """Return, by subject, the live links that stand where ``wanted`` ones cannot."""
    subjects = [link.subject for link in wanted]
    found = {link.subject: link for link in wanted}
    expired, sooner = [], []
    for live in (
        Link.objects.select_for_update()
        .filter(
            purpose=wanted[0].purpose, subject__in=subjects, revoked_at__isnull=True
        )
        .order_by("pk")
    ):
        if live.expires_at <= now:
            expired.append(live.pk)
            continue
        new = found[live.subject]
        if live.expires_at < new.expires_at:
            live.expires_at = new.expires_at
            sooner.append(live)
        found[live.subject] = live
    if expired:
        Link.objects.filter(pk__in=expired).update(revoked_at=now)
    if sooner:
        Link.objects.filter(pk__in=[link.pk for link in sooner]).update(
            expires_at=sooner[0].expires_at
        )
    Link.objects.bulk_create(link for link in found.values() if link.pk is None)
    return found


def revoke_links(*, purpose: Link.Purpose, subject: str, now: datetime) -> None:
    """End every live link of this purpose for ``subject``."""
    Link.objects.filter(
        purpose=purpose, subject=subject, revoked_at__isnull=True
    ).update(revoked_at=now)


def address(link: Link, language: str) -> str:
    """Return the whole address of a link, token included. Never store or log it."""
    return f"{settings.BASE_URL}/{language}/link/{link.purpose}/{link.token}/"
