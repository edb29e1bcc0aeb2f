"""What anybody learns who checks the number of a certificate."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import get_language
from i18nfield.strings import LazyI18nString

from mosty.training import serials
from mosty.training.models import Certificate


@dataclass(frozen=True, slots=True)
class Checked:
    """
    What is said of a number. The name is empty unless the holder shows it.

    What was revoked names nobody, whatever she had said: she said it of what held, and
    can no longer take it back.

    ``state`` is ``issued``, ``revoked`` or ``replaced``; ``newer`` the number of what
    replaced it.
    """

    serial: str
    state: str
    course: str
    programme: str
    issuer: str
    starts_on: date | None
    ends_on: date | None
    is_illustrative: bool
    is_fictional: bool
    issued_on: date
    revoked_on: date | None
    name: str
    newer: str


def check(typed: str) -> Checked | None:
    """Return what is known of the number somebody typed, or None; one query."""
    serial = serials.read(typed)
    row = (
        Certificate.objects.filter(serial=serial)
        .select_related("offer__seat__call__course__programme", "replaced_by")
        .first()
        if serial
        else None
    )
    if row is None:
        return None
    content = row.content
    newer = getattr(row, "replaced_by", None)
    is_held = row.state == Certificate.State.ISSUED
    local = row.offer.seat.call.course.programme.local
    return Checked(
        serial=row.serial,
        state="replaced" if newer is not None else str(row.state),
        course=_said(content["course"]),
        programme=_said(content["programme"]),
        issuer=_said(content["issuer"]),
        starts_on=_day(content["starts_on"]),
        ends_on=_day(content["ends_on"]),
        is_illustrative=content["is_illustrative"],
        is_fictional=content["is_fictional"],
        issued_on=local(row.issued_at).date(),
        revoked_on=local(row.revoked_at).date() if row.revoked_at else None,
        name=content["name"] if row.shows_name and is_held else "",
        newer=newer.serial if newer is not None else "",
    )


def _said(text: dict[str, str]) -> str:
    return str(LazyI18nString(text).localize(get_language() or "en"))


def _day(day: str) -> date | None:
    return date.fromisoformat(day) if day else None


def revoked(number: int, size: int) -> list[int]:
    """Return the keys of the revoked certificates of one list; one query."""
    first = number * size
    return list(
        Certificate.objects.filter(
            state=Certificate.State.REVOKED, pk__gte=first, pk__lt=first + size
        ).values_list("pk", flat=True)
    )


def issuer_name() -> str:
    """Return who issues: the coordinator of the newest certificate, in our first language."""
    row = Certificate.objects.order_by("-pk").first()
    if row is None:
        return str(settings.OPERATOR) or "Mosty"
    issuer = row.content["issuer"]
    return str(issuer[row.content["languages"][0]])


def list_exists(number: int, size: int) -> bool:
    """Test if there is, or is about to be, a certificate of this list."""
    return number == 0 or Certificate.objects.filter(pk__gte=number * size).exists()
