"""
Who checks in: by the link that she opened before, or by her code and name.

The page behind a participant's link calls :func:`remember`; a phone then knows her until
the link ends. The cookie names the link and opens nothing but the check-in.
"""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from mosty.accounts import limits
from mosty.kernel.names import fold
from mosty.outbox.models import Link
from mosty.programmes.models import Session
from mosty.selection.models import Offer
from mosty.training import policies

_COOKIE = "participant"
_SALT = "mosty.training.participant"
# Wrong names: by one phone, for one person; and by one address, behind which a whole
# room may stand.
_WRONG = {"phone": 8, "code": 8, "address": 120}
WRONG_FOR = 15 * 60


def remember(response: HttpResponse, link: Link, now: datetime) -> None:
    """Let the phone that gets ``response`` know whose ``link`` of purpose "course" it is."""
    response.set_signed_cookie(
        _COOKIE,
        str(link.pk),
        salt=_SALT,
        max_age=int((link.expires_at - now).total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def forget(response: HttpResponse) -> None:
    """Let the phone no longer know whose it is."""
    response.delete_cookie(_COOKIE, samesite="Lax")


def remembered(request: HttpRequest, session: Session, now: datetime) -> Offer | None:
    """Return the participant of ``session`` whose link this phone has opened, if it holds."""
    known = request.get_signed_cookie(_COOKIE, default="", salt=_SALT)
    if not known:
        return None
    link = Link.objects.filter(
        pk=known,
        purpose=Link.Purpose.TAKE_PART,
        revoked_at__isnull=True,
        expires_at__gt=now,
    ).first()
    return _of(session, link.subject) if link else None


def named(session: Session, code: str, family_name: str) -> Offer | None:
    """Return the participant of ``session`` with this code and family name, or None."""
    found = _of(session, tidy(code))
    if found and fold(family_name) == fold(found.nomination.family_name):
        return found
    return None


def _of(session: Session, code: str) -> Offer | None:
    return (
        policies.accepted()
        .filter(seat__call__course=session.course_id, code=code)
        .select_related("nomination")
        # All that a check-in asks of her: it is done by a whole hall at once.
        .only("code", "nomination__family_name", "nomination__given_name")
        .first()
    )


def tidy(code: str) -> str:
    """Return a code as it is printed, however it was typed: "k7px 2m" is "K7PX-2M"."""
    letters = "".join(char for char in code.upper() if char.isalnum())
    return f"{letters[:4]}-{letters[4:]}" if len(letters) > 4 else letters


def is_guessing(session: Session, **who: str) -> bool:
    """Test if a phone, an address or about a code was wrong too often just now."""
    keys = _keys(session, who)
    counts = limits.counted(*keys.values(), seconds=WRONG_FOR)
    return any(counts[key] >= _WRONG[kind] for kind, key in keys.items())


def note_wrong(session: Session, **who: str) -> None:
    """Count one wrong name."""
    for key in _keys(session, who).values():
        limits.count(key, seconds=WRONG_FOR)


def _keys(session: Session, who: dict[str, str]) -> dict[str, str]:
    return {
        kind: f"training.wrong:{session.pk}:{kind}:{fold(name).replace(' ', '')}"
        for kind, name in who.items()
    }
