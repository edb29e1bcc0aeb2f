"""Taking a year of records out into an archive."""

import shutil
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp

from django.db import transaction
from django.utils.translation import gettext as _

from mosty.audit import actions as audit
from mosty.audit.actors import Actor
from mosty.figures.tables.archives.manifest import Archive
from mosty.infopoint import policies
from mosty.infopoint.queries import archives
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal


class CannotArchive(Refusal):
    """The year is open, no point was there, or the folder is taken."""


@transaction.atomic(durable=True)
def make(
    *,
    year: int,
    slug: str,
    folder: Path,
    may_be_open: bool,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Archive:
    """
    Write the records of a year that count into ``folder``; all points', or one's.

    The folder stands only once it is whole. The ledger says of each point how many
    records were taken and why.

    :raises PermissionDenied: if ``actor`` is not whoever runs the installation.
    :raises CannotArchive: if no point was open then, the year is not closed (and need be),
        or there is something where the folder is to be.
    """
    require(policies.can_archive(actor))
    points = archives.open_in(year, slug)
    if not points:
        raise CannotArchive(_("No such information point was open in this year."))
    waiting = archives.months_open(year, points)
    if waiting and not may_be_open:
        point, month = waiting[0]
        raise CannotArchive(
            _(
                "%(month)s is not closed at %(point)s: its records can still change. Close the year first, or say --open."
            )
            % {"month": month, "point": point.slug}
        )
    if folder.exists():
        raise CannotArchive(
            _("%(folder)s is there already. An archive is never written over.")
            % {"folder": folder.name}
        )
    # DuckDB only where it is needed: see there what it costs.
    from mosty.figures.tables.archives import writing

    folder.parent.mkdir(parents=True, exist_ok=True)
    # For nobody else to read, beside its place so that it takes it at one stroke.
    partial = Path(mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        archive = writing.write(
            partial,
            archives.contents(year, points),
            year=year,
            places={point.slug: point.city.slug for point in points},
            is_closed=not waiting,
            now=now,
        )
        for point in points:
            audit.record(
                actor=actor,
                verb="consultations.archived",
                target=point,
                at=now,
                scope=point.slug,
                reason=reason,
                after={
                    "year": year,
                    "records": archive.rows_of("consultations", point.slug),
                    "closed": not waiting,
                },
            )
        partial.rename(folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return archive.moved(folder)
