"""How a workshop comes in, is corrected, and is withdrawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.infopoint import notes, policies
from mosty.infopoint.actions.revisions import only_the_lead, revise
from mosty.infopoint.actions.saying import (
    CannotRecord,
    Problems,
    held,
    is_closed,
    operation_on,
)
from mosty.infopoint.models import (
    Code,
    Kind,
    Operation,
    Point,
    State,
    Workshop,
    WorkshopChange,
    WorkshopGroup,
)
from mosty.kernel.access import require

MOST_PERSONS = 9_999
_KEPT = ("day", "topic_id", "language_id", "place", "partner", "persons", "state")
Found = Mapping[tuple[str, str], Code]


@dataclass(frozen=True, slots=True)
class Group:
    """How many came of one sex and age band, by their codes; empty: not known."""

    sex: str
    age_band: str
    count: int


@dataclass(frozen=True, slots=True)
class SaidWorkshop:
    """What is said of a workshop, codes by their lists."""

    day: date
    topic: str
    language: str
    groups: Sequence[Group]
    place: str = ""
    partner: str = ""


def record(
    *,
    point: Point,
    said: SaidWorkshop,
    key: UUID,
    late_reason: str = "",
    actor: User,
    now: datetime,
) -> Workshop:
    """
    Keep a workshop; the same ``key`` is kept once, whoever sends it how often.

    :raises PermissionDenied: if ``actor`` neither works nor leads at ``point`` today.
    :raises CannotRecord: if the day, a code, a text or a number is not possible; in a
        closed period without a reason, or if ``actor`` does not lead.
    """
    try:
        return _record(point, said, key, late_reason.strip(), actor, now)
    except IntegrityError as error:
        # The same form at the same moment: the other sending won.
        if "infopoint_workshop_pkey" not in str(error):
            raise
        return _record(point, said, key, late_reason.strip(), actor, now)


@transaction.atomic(durable=True)
def _record(
    point: Point,
    said: SaidWorkshop,
    key: UUID,
    late_reason: str,
    actor: User,
    now: datetime,
) -> Workshop:
    require(policies.can_tell(actor, point))
    known = Workshop.objects.filter(pk=key).first()
    if known is not None:
        if (known.recorder_key, known.point_id) != (actor.ledger_key, point.pk):
            raise CannotRecord(_("Open the form again: this one was already used."))
        return known
    operation, found = _checked(point, said, actor, now)
    closed = operation.is_closed  # type: ignore[attr-defined]  # annotated
    if closed:
        only_the_lead(actor, point)
        if not late_reason:
            sentence = _("The period is closed: enter the reason.")
            raise CannotRecord(sentence, fields={"reason": sentence})
    row = Workshop(
        key=key,
        point=point,
        operation=operation,
        late_reason=late_reason if closed else "",
        recorded_at=now,
        recorder_key=actor.ledger_key,
        **_values(said, found),
    )
    row.save(force_insert=True)
    _write_groups(row, said, found)
    audit.record(
        actor=actor,
        verb="workshop.recorded",
        target=row,
        at=now,
        scope=point.slug,
        reason=row.late_reason,
        after={"day": said.day.isoformat(), "persons": row.persons}
        | ({"revision": True} if closed else {}),
    )
    return row


@transaction.atomic(durable=True)
def correct(
    *,
    workshop: Workshop,
    said: SaidWorkshop,
    seen: int,
    reason: str,
    actor: User,
    now: datetime,
) -> Workshop:
    """
    Change what is said of a workshop; what was said before is kept with the reason.

    :raises PermissionDenied: if ``actor`` neither leads nor wrote it.
    :raises CannotRecord: if it was changed meanwhile, nothing is different, a reason is
        missing, its period is closed and ``actor`` does not lead, or as :func:`record`.
    """
    require(policies.can_correct(actor, workshop))
    row = _locked(workshop, seen)
    operation, found = _checked(row.point, said, actor, now)
    new = {**_values(said, found), "operation": operation}
    old_groups = _groups_of(row)
    new_groups = _keys(said, found)
    changed = sorted(
        name for name in _KEPT if name in new and new[name] != getattr(row, name)
    )
    if old_groups != new_groups:
        changed = sorted({*changed, "groups"})
    if not changed:
        raise CannotRecord(_("Nothing is different. Change something, or go back."))
    revise(
        row,
        new,
        before=_before(row),
        is_closed=is_closed(row.point, row.day) or operation.is_closed,  # type: ignore[attr-defined]
        reason=reason,
        actor=actor,
        now=now,
        verb="workshop.corrected",
        changed=changed,
    )
    _write_groups(row, said, found)
    return row


@transaction.atomic(durable=True)
def withdraw(
    *, workshop: Workshop, seen: int, reason: str, actor: User, now: datetime
) -> Workshop:
    """
    Say that a workshop does not count, such as one typed twice or one that never was.

    :raises PermissionDenied: if ``actor`` neither leads nor wrote it.
    :raises CannotRecord: if it does not count, or as :func:`correct`.
    """
    require(policies.can_correct(actor, workshop))
    row = _locked(workshop, seen)
    groups = _groups_of(row)
    revise(
        row,
        {"state": State.WITHDRAWN},
        before=_before(row),
        is_closed=is_closed(row.point, row.day),
        reason=reason,
        actor=actor,
        now=now,
        verb="workshop.withdrawn",
    )
    _insert(row, groups)
    return row


def _checked(
    point: Point, said: SaidWorkshop, actor: User, now: datetime
) -> tuple[Operation, Found]:
    """Return the operation of the day and the codes, if all that is said is possible."""
    problems = Problems()
    operation = operation_on(point, said.day, now, problems)
    if (
        operation is not None
        and not policies.can_lead(actor, point)
        and not policies.works_for(actor, operation)
    ):
        problems.fields["day"] = _("Another organisation ran the point on that day.")
    named = {
        Kind.TOPIC: {said.topic},
        Kind.LANGUAGE: {said.language},
        Kind.SEX: {one.sex for one in said.groups},
        Kind.AGE_BAND: {one.age_band for one in said.groups},
    }
    wanted = [
        (str(kind), code) for kind, codes in named.items() for code in codes if code
    ]
    found = held(point, said.day, wanted)
    for kind, code in wanted:
        if (kind, code) not in found:
            problems.fields[kind] = _(
                "%(list)s: this is not on the list that holds on the day. Choose again."
            ) % {"list": Kind(kind).label}
    for kind in (Kind.TOPIC, Kind.LANGUAGE):
        if not any(named[kind]):
            problems.fields[str(kind)] = _("%(list)s: choose one.") % {
                "list": kind.label
            }
    for name in ("place", "partner"):
        if why := notes.why_not(getattr(said, name)):
            problems.fields[name] = str(why)
    counts = [one.count for one in said.groups]
    if any(count < 0 for count in counts) or sum(counts) > MOST_PERSONS:
        problems.fields["groups"] = _(
            "A number of persons is negative, or too large. Correct it."
        )
    problems.refuse()
    assert operation is not None  # noqa: S101 - refused above
    return operation, found


def _values(said: SaidWorkshop, found: Found) -> dict[str, Any]:
    return {
        "day": said.day,
        "topic_id": found[Kind.TOPIC, said.topic].pk,
        "language_id": found[Kind.LANGUAGE, said.language].pk,
        "place": said.place.strip(),
        "partner": said.partner.strip(),
        "persons": sum(one.count for one in said.groups),
    }


Keys = dict[tuple[int | None, int | None], int]


def _keys(said: SaidWorkshop, found: Found) -> Keys:
    """Return how many came, by the keys of sex and age band."""
    counts: Keys = {}
    for one in said.groups:
        sex = found[Kind.SEX, one.sex].pk if one.sex else None
        age = found[Kind.AGE_BAND, one.age_band].pk if one.age_band else None
        counts[sex, age] = counts.get((sex, age), 0) + one.count
    return {key: count for key, count in counts.items() if count}


def _groups_of(row: Workshop) -> Keys:
    held_now = row.groups.filter(version=row.version)
    return {(one.sex_id, one.age_band_id): one.count for one in held_now}


def _write_groups(row: Workshop, said: SaidWorkshop, found: Found) -> None:
    _insert(row, _keys(said, found))


def _insert(row: Workshop, counts: Keys) -> None:
    WorkshopGroup.objects.bulk_create(
        WorkshopGroup(
            workshop=row, version=row.version, sex_id=sex, age_band_id=age, count=count
        )
        for (sex, age), count in counts.items()
    )


def _locked(workshop: Workshop, seen: int) -> Workshop:
    row = (
        Workshop.objects.select_for_update(of=("self",))
        .select_related("point")
        .get(pk=workshop.pk)
    )
    if row.version != seen:
        raise CannotRecord(
            _("Somebody has changed this record meanwhile. Open it again.")
        )
    if row.state != State.COUNTED:
        raise CannotRecord(_("This record no longer counts: it cannot be corrected."))
    return row


def _before(row: Workshop) -> WorkshopChange:
    """Return what a workshop says, as JSON keeps it; its groups stay with their version."""
    said = {name: getattr(row, name) for name in _KEPT} | {"day": row.day.isoformat()}
    return WorkshopChange(workshop=row, said=said)
