"""
How a mark comes about and is corrected, whichever way it came in.

:func:`mark` is the only writer of marks. It locks the seats that it marks, and nothing
else: two trainers, or three hundred phones, wait for each other only where they mean
the same person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.audit.actors import Actor
from mosty.inbox import actions as inbox
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.outbox.models import Link
from mosty.programmes.models import Session
from mosty.selection.models import Offer
from mosty.training import policies, times
from mosty.training.models import Mark, MarkChange
from mosty.training.models.attendance import Attended, Way

RECEIPT = "training.mark"


@dataclass(frozen=True, slots=True)
class Wanted:
    """
    What somebody says of one participant.

    ``seen`` is the version of the mark that she had before her eyes, 0 where there was
    none. ``only_if_none`` leaves alone who has been marked meanwhile.
    """

    code: str
    kind: str
    minutes: int | None = None
    seen: int = 0
    only_if_none: bool = False

    def says(self, mark: Mark) -> bool:
        """Test if ``mark`` says the same."""
        return (mark.kind, mark.minutes) == (self.kind, self.minutes)


@dataclass(frozen=True, slots=True)
class Clash:
    """That a participant was marked otherwise meanwhile: both marks."""

    offer: Offer
    mine: Wanted
    theirs: Mark


class CannotMark(Refusal):
    """The mark is not possible now: too early, too late, or without a reason."""


class Clashes(CannotMark):
    """Somebody else has marked the same people otherwise since the page was opened."""

    def __init__(self, clashes: Sequence[Clash]) -> None:
        super().__init__(
            _("Somebody has marked this meanwhile. Nothing of the form was saved.")
        )
        self.clashes = clashes


class DeviceUsed(CannotMark):
    """Another participant was checked in with this phone."""


@dataclass(frozen=True, slots=True)
class Participant:
    """
    Somebody who checks herself in: she has no account, but a seat.

    In the ledger she is the holder of her link, also where she gave her code instead.
    """

    offer: Offer

    @property
    def ledger_key(self) -> str:
        """Return what names her in the ledger."""
        return f"link:{Link.Purpose.TAKE_PART}:{self.offer.code}"

    @property
    def ledger_label(self) -> str:
        """Return what a reader of the ledger sees: no name, as of all with a link."""
        return f"{Link.Purpose.TAKE_PART} link {self.offer.code}"


@transaction.atomic(durable=True)
def mark(
    *,
    session: Session,
    wanted: Sequence[Wanted],
    way: Way,
    key: UUID,
    actor: User,
    now: datetime,
    noted_at: datetime | None = None,
    reason: str = "",
) -> Mapping[str, Any]:
    """
    Mark who was at ``session``: all of ``wanted`` or none; the same ``key`` acts once.

    A mark that stands is corrected if ``wanted`` was made knowing it, with a reason;
    the old one is kept. One that says the same is left as it is. Returns how many were
    marked and corrected, and the versions that hold now.

    :raises PermissionDenied: if ``actor`` may not mark this session.
    :raises Clashes: if marks were made that she had not seen.
    :raises CannotMark: if it is too early, too late to correct, a reason is missing, or
        somebody no longer takes part.
    """
    require(policies.can_mark(actor, session))

    def act() -> Mapping[str, Any]:
        if not times.is_open(session, now):
            raise CannotMark(
                _("Attendance is marked from half an hour before the session begins.")
            )
        return _write(
            session=session,
            wanted=wanted,
            way=way,
            device=None,
            actor=actor,
            now=now,
            noted_at=possible(session, noted_at, now),
            reason=reason.strip(),
            late=now >= session.ends_at + times.TRAINER_CORRECTS_FOR
            and not policies.can_correct_late(actor, session.course),
        )

    return inbox.once(key=key, kind=RECEIPT, actor=actor, now=now, act=act)


def check_in(
    *,
    session: Session,
    wanted: Wanted,
    device: bytes,
    key: UUID,
    actor: Participant,
    now: datetime,
    noted_at: datetime,
) -> Mapping[str, Any]:
    """
    Mark that a participant was there, as she says herself.

    Whether the code and the ticket were right is :mod:`.checkin`'s to know. A mark that
    a trainer made stands. Return ``marked``: 1, or 0 where such a mark stood.

    :raises DeviceUsed: if another participant was checked in with this phone.
    :raises CannotMark: if she is marked otherwise, or no longer takes part.
    """
    try:
        return _check_in(
            session=session,
            wanted=wanted,
            device=device,
            key=key,
            actor=actor,
            now=now,
            noted_at=noted_at,
        )
    except IntegrityError as error:
        # By now the transaction is rolled back: no savepoint is needed for this.
        if "mark_one_per_device" in str(error):
            raise DeviceUsed(
                _(
                    "Another person has already been checked in with this phone. "
                    "Use your own phone, or tell the trainer that you are here."
                )
            ) from error
        raise


@transaction.atomic(durable=True)
def _check_in(
    *,
    session: Session,
    wanted: Wanted,
    device: bytes,
    key: UUID,
    actor: Participant,
    now: datetime,
    noted_at: datetime,
) -> Mapping[str, Any]:
    require(actor.offer.code == wanted.code)

    def act() -> Mapping[str, Any]:
        return _write(
            session=session,
            wanted=[wanted],
            way=Way.SELF,
            device=device,
            actor=actor,
            now=now,
            noted_at=possible(session, noted_at, now),
            reason="",
            late=True,
        )

    return inbox.once(key=key, kind=RECEIPT, actor=actor, now=now, act=act)


def possible(session: Session, noted_at: datetime | None, now: datetime) -> datetime:
    """Return ``noted_at`` as it can be: not after now, not before the session."""
    return min(now, max(noted_at or now, times.opens_at(session)))


def _write(
    *,
    session: Session,
    wanted: Sequence[Wanted],
    way: Way,
    device: bytes | None,
    actor: Actor,
    now: datetime,
    noted_at: datetime,
    reason: str,
    late: bool,
) -> Mapping[str, Any]:
    """Lock the seats, compare with what is marked, and write what is new."""
    offers = _locked(session, [one.code for one in wanted])
    marks = {
        mark.offer_id: mark
        for mark in Mark.objects.filter(session=session, offer__in=offers.values())
    }
    new: list[Mark] = []
    changed: list[tuple[Mark, Wanted]] = []
    clashes: list[Clash] = []
    for one in wanted:
        offer = offers[one.code]
        known = marks.get(offer.pk)
        if known is None:
            new.append(_new(session, offer, one, way, device, actor, now, noted_at))
            continue
        # Known already: saves a query for each, where the ledger names it.
        known.offer = offer
        if one.says(known) or one.only_if_none:
            continue
        if known.version != one.seen:
            clashes.append(Clash(offer, one, known))
        else:
            changed.append((known, one))
    if clashes:
        raise Clashes(clashes)
    if changed and late:
        raise CannotMark(
            _(
                "More than seven days have passed since the session. Only the "
                "coordinator can correct its attendance now."
            )
        )
    if changed and not reason:
        raise CannotMark(
            _("Enter why the mark is corrected."),
            fields={"reason": _("Enter why the mark is corrected.")},
        )

    Mark.objects.bulk_create(new)
    _record(session, new, "attendance.marked", actor, now)
    _correct(session, changed, way, actor, now, noted_at, reason)
    return {
        "marked": len(new),
        "corrected": len(changed),
        "versions": {
            one.code: mark.version
            for one in wanted
            if (mark := marks.get(offers[one.code].pk))
        }
        | {mark.offer.code: 1 for mark in new},
    }


def _locked(session: Session, codes: Sequence[str]) -> dict[str, Offer]:
    """
    Return the seats of ``codes``, locked in one order, so that nobody waits in a ring.

    :raises CannotMark: if one of them is no taken seat of the course.
    """
    found = {
        offer.code: offer
        for offer in policies.accepted()
        .filter(seat__call__course=session.course_id, code__in=codes)
        .select_related("nomination")
        # What a page says of her; a seat has three dozen columns more.
        .only("code", "nomination__family_name", "nomination__given_name")
        .order_by("pk")
        .select_for_update(of=("self",), no_key=True)
    }
    if set(codes) - set(found):
        raise CannotMark(
            _("Somebody on the list no longer takes part. Open the page anew.")
        )
    return found


def _new(
    session: Session,
    offer: Offer,
    one: Wanted,
    way: Way,
    device: bytes | None,
    actor: Actor,
    now: datetime,
    noted_at: datetime,
) -> Mark:
    return Mark(
        session=session,
        offer=offer,
        kind=one.kind,
        minutes=one.minutes,
        way=way,
        noted_at=noted_at,
        marked_at=now,
        marked_by=actor.ledger_label,
        marker_key=actor.ledger_key,
        device=device,
    )


def _correct(
    session: Session,
    changed: Sequence[tuple[Mark, Wanted]],
    way: Way,
    actor: Actor,
    now: datetime,
    noted_at: datetime,
    reason: str,
) -> None:
    """Keep what the marks said, then change them; a few statements for all."""
    if not changed:
        return
    MarkChange.objects.bulk_create(
        MarkChange(
            mark=mark,
            version=mark.version,
            kind=mark.kind,
            minutes=mark.minutes,
            way=mark.way,
            noted_at=mark.noted_at,
            marked_at=mark.marked_at,
            marked_by=mark.marked_by,
            marker_key=mark.marker_key,
            changed_at=now,
            changed_by=actor.ledger_label,
            reason=reason,
        )
        for mark, _one in changed
    )
    before = {mark.pk: says(mark) for mark, _one in changed}
    for mark, one in changed:
        mark.kind, mark.minutes, mark.way = one.kind, one.minutes, way
        mark.noted_at, mark.marked_at = noted_at, now
        mark.marked_by, mark.marker_key = actor.ledger_label, actor.ledger_key
        mark.version += 1
    marks = [mark for mark, _one in changed]
    Mark.objects.bulk_update(
        marks,
        [
            "kind",
            "minutes",
            "way",
            "noted_at",
            "marked_at",
            "marked_by",
            "marker_key",
            "version",
        ],
    )
    _record(session, marks, "attendance.corrected", actor, now, reason, before)


def says(mark: Mark | Wanted) -> dict[str, object]:
    """Return what the ledger says of a mark."""
    late = {"minutes": mark.minutes} if mark.kind == Attended.LATE else {}
    return {"mark": mark.kind, **late}


def began(session: Session) -> dict[str, object]:
    """Return what the ledger calls a session: when it began."""
    starts = session.course.programme.local(session.starts_at)
    return {"session": f"{starts:%Y-%m-%d %H:%M}"}


def _record(
    session: Session,
    marks: Sequence[Mark],
    verb: str,
    actor: Actor,
    now: datetime,
    reason: str = "",
    before: Mapping[int, Mapping[str, object]] | None = None,
) -> None:
    """Say in the ledger of whom what was marked; the session by when it began."""
    if not marks:
        return
    audit.record_many(
        actor=actor,
        verb=verb,
        acts=(
            (
                mark.offer,
                (before or {}).get(mark.pk, {}),
                {**began(session), "way": mark.way, **says(mark)},
            )
            for mark in marks
        ),
        at=now,
        scope=session.course.programme.slug,
        reason=reason,
    )
