"""Freezing what a map says."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mosty.kernel.access import require
from mosty.kernel.names import clean
from mosty.partnerships import policies
from mosty.partnerships.actions.writing import CannotWrite, locked, note
from mosty.partnerships.content import to_json
from mosty.partnerships.models import MapVersion, StakeholderMap
from mosty.partnerships.queries.saying import said_by


@transaction.atomic(durable=True)
def freeze(
    *,
    found: StakeholderMap,
    day: date,
    note_text: str,
    actor: policies.Writer,
    now: datetime,
) -> MapVersion:
    """
    Keep what the map says as a version that never changes.

    :raises PermissionDenied: if ``actor`` is no contact of the city.
    :raises CannotWrite: if nobody stands on the map, nothing has changed since the
        newest version, or ``day`` is to come or before the newest version's.
    """
    require(policies.can_keep(actor, found))
    found = locked(found)
    content = to_json(said_by(found))
    if not content["actors"]:
        raise CannotWrite(_("Nobody is on the map yet. Add an actor first."))
    last = found.versions.first()
    if last and last.content == content:
        raise CannotWrite(
            _("Nothing has changed since version %(number)d.") % {"number": last.number}
        )
    if day > now.date() or (last and day < last.day):
        sentence = _("The day is not to come, and not before the last version's.")
        raise CannotWrite(sentence, fields={"day": sentence})
    version = MapVersion.objects.create(
        map=found,
        number=last.number + 1 if last else 1,
        day=day,
        note=clean(note_text)[:200],
        content=content,
        frozen_at=now,
        frozen_by=actor.ledger_label,
    )
    note(
        "map.frozen",
        of=found,
        target=found,
        actor=actor,
        now=now,
        after={
            "version": version.number,
            "actors": len(content["actors"]),
            "ties": len(content["ties"]),
        },
    )
    return version
