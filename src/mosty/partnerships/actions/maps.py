"""Beginning a map, and changing what it is."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.directory.models import Organisation
from mosty.kernel.access import require
from mosty.kernel.names import clean
from mosty.partnerships import policies
from mosty.partnerships.actions.writing import CannotWrite, locked, note
from mosty.partnerships.models import StakeholderMap, Visibility
from mosty.programmes.actions.rows import kept, refuse_unless_valid
from mosty.programmes.models import Course


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What a map is."""

    title: str
    topic: str
    made_on: date
    target_groups: tuple[str, ...] = ()
    course: Course | None = None
    visibility: str = Visibility.CITY


_FIELDS = ("title", "topic", "made_on", "target_groups", "visibility", "course_id")


@transaction.atomic(durable=True)
def make(
    *, city: Organisation, details: Details, actor: policies.Writer, now: datetime
) -> StakeholderMap:
    """
    Begin a map of ``city``. It is the city's own until its contact opens it.

    :raises PermissionDenied: if ``actor`` may begin none there.
    :raises CannotWrite: if something is not said.
    """
    course_key = details.course.pk if details.course else None
    require(policies.can_make_for(actor, city, course_key))
    found = StakeholderMap(city=city, created_at=now, created_by=actor.ledger_label)
    _write(found, details)
    if not isinstance(actor, User):
        found.visibility = Visibility.CITY
    refuse_unless_valid(found, CannotWrite)
    found.save()
    note("map.made", of=found, target=found, actor=actor, now=now)
    return found


@transaction.atomic(durable=True)
def change(
    *,
    found: StakeholderMap,
    details: Details,
    seen: int,
    actor: policies.Writer,
    now: datetime,
) -> StakeholderMap:
    """
    Change what a map is, and who sees it. Saying the same again changes nothing.

    :raises PermissionDenied: if ``actor`` is no contact of the city.
    :raises CannotWrite: if it changed after revision ``seen``, or something is not said.
    """
    require(policies.can_keep(actor, found))
    found = locked(found)
    was = kept(found, _FIELDS)
    _write(found, details)
    changed = [
        name for name, value in kept(found, _FIELDS).items() if was[name] != value
    ]
    if not changed:
        return found
    if found.revision != seen:
        raise CannotWrite(_("Somebody else has changed this meanwhile. Open it again."))
    refuse_unless_valid(found, CannotWrite)
    found.revision += 1
    found.save()
    # Who sees it is for everybody to know; what it is called is not.
    after = {"fields": changed, "visibility": str(found.visibility)}
    note("map.changed", of=found, target=found, actor=actor, now=now, after=after)
    return found


def _write(found: StakeholderMap, details: Details) -> None:
    found.title = clean(details.title)
    found.topic = details.topic
    found.made_on = details.made_on
    found.target_groups = list(details.target_groups)
    found.course = details.course
    found.visibility = details.visibility
