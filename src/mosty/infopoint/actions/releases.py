"""
Releases of a point's closed years: asked for by the lead, counted by the worker.

What is kept, published and never changed is :mod:`mosty.figures.actions.releases`.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mosty.accounts.models import User
from mosty.audit.actors import Actor
from mosty.figures.actions import releases as figures
from mosty.figures.actions.releases import CannotRelease
from mosty.figures.models import Release
from mosty.figures.releases.document import Document
from mosty.figures.releases.making import CannotMake
from mosty.infopoint import policies
from mosty.infopoint.actions.periods import bounds
from mosty.infopoint.models import Consultation, Period, Point, State
from mosty.infopoint.queries.retention import blanked_fields
from mosty.infopoint.releases import counting
from mosty.infopoint.releases.besides import OPINIONS
from mosty.infopoint.tables import EVERY
from mosty.kernel.access import require

TASK = "infopoint.release"
LEAST, MOST = 3, 100


@transaction.atomic(durable=True)
def ask(
    *,
    point: Point,
    year: int,
    rules: Mapping[str, Any],
    reason: str,
    actor: User,
    now: datetime,
) -> Release:
    """
    Let the worker protect a closed year; nothing is published by this.

    :raises PermissionDenied: if ``actor`` does not lead there.
    :raises CannotRelease: if the year is open, late records wait, a rule is no rule, or
        a correction has no reason.
    """
    require(policies.can_lead(actor, point))
    point = Point.objects.select_for_update(of=("self",)).get(pk=point.pk)
    if not _is_closed(point, year):
        raise CannotRelease(
            _("The year %(year)s is not closed. Close it first.") % {"year": year}
        )
    if late := _late(point, year):
        raise CannotRelease(
            ngettext(
                "%(late)s late record of this year waits in the tray. Accept or refuse it first.",
                "%(late)s late records of this year wait in the tray. Accept or refuse them first.",
                late,
            )
            % {"late": late}
        )
    if gone := blanked_fields(point, year):
        raise CannotRelease(
            _(
                "Fields of this year's records were emptied, as the point's retention "
                "says (%(fields)s). Its figures stay as they are published."
            )
            % {"fields": ", ".join(gone)}
        )
    return figures.draft(
        owner=point.city,
        subject=point.subject,
        year=year,
        rules=_sensible(rules),
        reason=reason,
        task=TASK,
        actor=actor,
        now=now,
    )


def _sensible(rules: Mapping[str, Any]) -> dict[str, Any]:
    """
    Return the rules with nothing else in them.

    :raises CannotRelease: if no table is chosen, or a threshold is none.
    """
    known = {*(table.slug for table in EVERY), OPINIONS}
    tables = {
        slug: int(limit) for slug, limit in rules["tables"].items() if slug in known
    }
    if not tables:
        raise CannotRelease(_("Choose one table at least."))
    limits = [*tables.values(), sensitive := int(rules["sensitive"])]
    if not all(LEAST <= limit <= MOST for limit in limits):
        raise CannotRelease(
            _("A threshold is a number from %(least)s to %(most)s.")
            % {"least": LEAST, "most": MOST}
        )
    if sensitive < max(tables.values()):
        raise CannotRelease(
            _("Sensitive topics have the highest threshold, not a lower one.")
        )
    widths = {
        slug: int(width)
        for slug, width in rules.get("widths", {}).items()
        if slug in tables
    }
    if any(not tables[slug] <= width <= MOST for slug, width in widths.items()):
        sentence = _(
            "A hidden number stays open by its table's smallest shown number at least, and by %(most)s at most."
        ) % {"most": MOST}
        raise CannotRelease(sentence, fields={"width": sentence})
    found = {"sensitive": sensitive, "tables": tables}
    return found | ({"widths": widths} if widths else {})


def count(release: Release, asker: User) -> Document:
    """
    Count what a release says, at one moment: records of the point wait meanwhile.

    :raises PermissionDenied: if ``asker`` does not lead there any more.
    :raises CannotMake: if something has come late since.
    """
    slug = release.subject.partition(":")[2]
    with transaction.atomic():
        point = (
            Point.objects.select_for_update(of=("self",))
            .select_related("city")
            .get(slug=slug)
        )
        require(policies.can_lead(asker, point))
        if not _is_closed(point, release.year):
            raise CannotMake("open_year")
        if late := _late(point, release.year):
            raise CannotMake("late", records=late)
        return counting.of_point(
            point,
            year=release.year,
            number=release.number,
            rules=release.rules,
            counted_at=release.asked_at,
            reason=release.reason,
        )


def make(
    *,
    release: int,
    actor: Actor,
    now: datetime,
    stop: Callable[[], bool] = lambda: False,
) -> None:
    """
    Count, protect and audit the release with this key.

    :raises PermissionDenied: if ``actor`` is not the installation itself.
    """
    figures.carry_out(release=release, count=count, actor=actor, now=now, stop=stop)


def _is_closed(point: Point, year: int) -> bool:
    return Period.objects.filter(point=point, year=year, month__isnull=True).exists()


def _late(point: Point, year: int) -> int:
    return Consultation.objects.filter(
        point=point, day__range=bounds(year, None), state=State.LATE
    ).count()
