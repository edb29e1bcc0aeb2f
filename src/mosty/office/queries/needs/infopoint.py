"""What waits at an information point."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mosty.accounts.models import User
from mosty.infopoint.queries import periods, points, releases
from mosty.office.queries.needs.need import Need


def recording(user: User, now: datetime) -> Iterator[Need]:
    """Yield the points at which the user records, with how much there is of today."""
    for row in points.points(user, now):
        if row.can_record:
            yield Need(
                row.today,
                ngettext(
                    "consultation is recorded today at: %(point)s",
                    "consultations are recorded today at: %(point)s",
                    row.today,
                )
                % {"point": row.name},
                reverse("infopoint:record", args=[row.slug]),
                _("Record a consultation"),
            )


def late(user: User, now: datetime) -> Iterator[Need]:
    """Yield the points where records wait that came after their period was closed."""
    for row in points.points(user, now):
        if row.can_lead and row.late:
            yield Need(
                row.late,
                ngettext(
                    "late record waits for your decision: %(point)s",
                    "late records wait for your decision: %(point)s",
                    row.late,
                )
                % {"point": row.name},
                reverse("infopoint:periods", args=[row.slug]),
                _("Decide"),
            )


def open_months(user: User, now: datetime) -> Iterator[Need]:
    """Yield the points with months that are over and hold records, but are not closed."""
    for point, count in periods.to_close(user, now):
        yield Need(
            count,
            ngettext(
                "month is over and not closed: %(point)s",
                "months are over and not closed: %(point)s",
                count,
            )
            % {"point": point},
            reverse("infopoint:periods", args=[point.slug]),
            _("Close months"),
        )


def years_ready(user: User, now: datetime) -> Iterator[Need]:
    """Yield the years in numbers that are protected, and wait to be published."""
    for point, release in releases.ready(user):
        yield Need(
            1,
            _("year in numbers is ready to be published: %(point)s, %(year)s")
            % {"point": point, "year": release.year},
            reverse("infopoint:release", args=[point.slug, release.pk]),
            _("Look and publish"),
        )
