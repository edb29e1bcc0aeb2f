"""Letters about certificates, each put into the outbox in the holder's language."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from mosty.nominations.models import Nomination
from mosty.outbox import actions as outbox
from mosty.outbox.letters import Copy, Letter, Recipient
from mosty.outbox.models import Link
from mosty.programmes.models import Course
from mosty.training.models import Certificate

# Certificates are asked for long after a course.
LINK_LASTS = timedelta(days=3 * 365)


def ready(
    *, certificates: Sequence[Certificate], course: Course, now: datetime
) -> None:
    """Tell the holders that their certificates are there."""
    links = outbox.make_links(
        purpose=Link.Purpose.TAKE_PART,
        subjects=[row.offer.code for row in certificates],
        now=now,
        expires_at=now + LINK_LASTS,
    )
    written: dict[tuple[int, bool], Letter] = {}
    copies = []
    for row, link in zip(certificates, links, strict=True):
        nomination = row.offer.nomination
        kind = (nomination.call_id, row.replaces_id is not None)
        letter = written.setdefault(
            kind, _letter("certificate", nomination, {"is_new": kind[1]})
        )
        key = f"training.certificate:{row.serial}"
        copies.append(Copy(letter, key, _recipient(nomination, row), link))
    outbox.put_many(copies, now=now)


def revoked(*, certificate: Certificate, now: datetime) -> None:
    """Tell the holder that her certificate no longer holds, and why."""
    nomination = certificate.offer.nomination
    letter = _letter(
        "certificate_revoked",
        nomination,
        {"serial": certificate.serial, "reason": certificate.revoked_reason},
    )
    key = f"training.certificate_revoked:{certificate.serial}"
    outbox.put_many([Copy(letter, key, _recipient(nomination, certificate))], now=now)


def _letter(name: str, nomination: Nomination, context: dict[str, object]) -> Letter:
    call = nomination.call
    return Letter(
        f"training.{name}",
        f"training/mail/{name}.txt",
        {"call": call, "course": call.course, **context},
        call.slug,
        call.contact_email,
    )


def _recipient(nomination: Nomination, certificate: Certificate) -> Recipient:
    """Return the holder, by the name that stands on the certificate."""
    return Recipient(
        str(certificate.content["name"]), nomination.email, nomination.language
    )
