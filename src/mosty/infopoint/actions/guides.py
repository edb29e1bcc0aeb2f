"""Guides that a point published: told, corrected, ended."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from i18nfield.strings import LazyI18nString

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.infopoint import policies
from mosty.infopoint.actions.saying import is_closed
from mosty.infopoint.models import Guide, Point
from mosty.infopoint.queries.found import document_of, is_found
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.library.actions import search
from mosty.library.models import Edition, Sort


@dataclass(frozen=True, slots=True)
class GuideDetails:
    """What is said of a guide."""

    title: LazyI18nString
    languages: tuple[str, ...]
    published_on: date
    url: str = ""
    # Of the library, where the guide is there.
    edition: Edition | None = None


class CannotTell(Refusal):
    """The guide is not possible: its day, its languages, or its period is closed."""


@transaction.atomic(durable=True)
def publish(
    *, point: Point, details: GuideDetails, reason: str, actor: User, now: datetime
) -> Guide:
    """
    Say that the point published a guide.

    :raises PermissionDenied: if ``actor`` neither works nor leads at ``point`` today.
    :raises CannotTell: if the day is not possible; in a closed period without a reason,
        or if ``actor`` does not lead.
    """
    require(policies.can_tell(actor, point))
    point = Point.objects.select_for_update(no_key=True).get(pk=point.pk)
    _check(point, details, now)
    closed = is_closed(point, details.published_on)
    guide = Guide(point=point, late_reason=_reason(actor, point, closed, reason))
    _set(guide, details)
    guide.save()
    _note(guide, "guide.published", {}, closed, reason, actor, now)
    return guide


@transaction.atomic(durable=True)
def correct(
    *,
    guide: Guide,
    details: GuideDetails,
    seen: int,
    reason: str,
    actor: User,
    now: datetime,
) -> Guide:
    """
    Change what is said of a guide; the ledger keeps what was said before.

    :raises PermissionDenied: if ``actor`` neither works nor leads there today.
    :raises CannotTell: if it was changed meanwhile, or as :func:`publish`.
    """
    require(policies.can_tell(actor, guide.point))
    row = _locked(guide, seen)
    _check(row.point, details, now)
    if row.ended_on and row.ended_on < details.published_on:
        sentence = _("The guide was no longer valid then.")
        raise CannotTell(sentence, fields={"published_on": sentence})
    before = _in_ledger(row)
    closed = is_closed(row.point, row.published_on) or is_closed(
        row.point, details.published_on
    )
    row.late_reason = _reason(actor, row.point, closed, reason) or row.late_reason
    _set(row, details)
    if _in_ledger(row) == before:
        raise CannotTell(_("Nothing is different. Change something, or go back."))
    row.version += 1
    row.save()
    _note(row, "guide.corrected", before, closed, reason, actor, now)
    return row


@transaction.atomic(durable=True)
def end(
    *, guide: Guide, last_day: date, seen: int, reason: str, actor: User, now: datetime
) -> Guide:
    """
    Say until which day a guide is valid; it stays among what was published.

    :raises PermissionDenied: if ``actor`` neither works nor leads there today.
    :raises CannotTell: if it was changed meanwhile, or the day is not possible.
    """
    require(policies.can_tell(actor, guide.point))
    row = _locked(guide, seen)
    if last_day < row.published_on:
        sentence = _("The last day lies before the first.")
        raise CannotTell(sentence, fields={"until": sentence})
    before = _in_ledger(row)
    row.ended_on = last_day
    row.version += 1
    row.save()
    _note(row, "guide.ended", before, False, reason, actor, now)
    return row


def _check(point: Point, details: GuideDetails, now: datetime) -> None:
    day = details.published_on
    if day > point.today(now):
        sentence = _("This day is still to come.")
    elif day < point.opened_on or (point.closed_on and day > point.closed_on):
        sentence = _("The point was not open on that day.")
    else:
        return
    raise CannotTell(sentence, fields={"published_on": sentence})


def _reason(actor: User, point: Point, closed: bool, reason: str) -> str:
    """Return the reason that a closed period asks for; of an open one none is kept."""
    if not closed:
        return ""
    if not policies.can_lead(actor, point):
        raise CannotTell(
            _("The period is closed. Only the lead can change its records now.")
        )
    if not reason.strip():
        sentence = _("The period is closed: enter the reason.")
        raise CannotTell(sentence, fields={"reason": sentence})
    return reason.strip()


def _locked(guide: Guide, seen: int) -> Guide:
    row = (
        Guide.objects.select_for_update(of=("self",))
        .select_related("point")
        .get(pk=guide.pk)
    )
    if row.version != seen:
        raise CannotTell(
            _("Somebody has changed this record meanwhile. Open it again.")
        )
    return row


def _set(guide: Guide, details: GuideDetails) -> None:
    guide.title = details.title
    guide.languages = list(details.languages)
    guide.published_on = details.published_on
    guide.url = details.url
    guide.edition = details.edition


def _note(
    guide: Guide,
    verb: str,
    before: dict[str, object],
    closed: bool,
    reason: str,
    actor: User,
    now: datetime,
) -> None:
    audit.record(
        actor=actor,
        verb=verb,
        target=guide,
        at=now,
        scope=guide.point.slug,
        reason=reason.strip(),
        before=before,
        after=_in_ledger(guide) | ({"revision": True} if closed else {}),
    )
    if is_found(guide):
        search.index(document_of(guide))
    else:
        search.forget(kind=Sort.GUIDE, key=str(guide.pk))


def _in_ledger(guide: Guide) -> dict[str, object]:
    title = guide.title
    return {
        "title": dict(title.data) if isinstance(title.data, dict) else str(title),
        "languages": list(guide.languages),
        "published_on": guide.published_on.isoformat(),
        "ended_on": guide.ended_on.isoformat() if guide.ended_on else "",
        "url": guide.url,
        **(
            {"tool": guide.edition.tool.slug, "edition": guide.edition.language}
            if guide.edition
            else {}
        ),
    }
