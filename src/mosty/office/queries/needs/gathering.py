"""What waits for those who gather nominations."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mosty.accounts.models import User
from mosty.nominations import policies as nominations
from mosty.nominations.models import Call, Invitation, Nomination, PossibleDuplicate
from mosty.nominations.queries import participants
from mosty.nominations.queries.calls import with_rules
from mosty.office.queries.needs.need import Need
from mosty.selection.models import Offer
from mosty.ui.dates import moment

SOON = timedelta(days=3)


def _gathered(user: User, now: datetime) -> QuerySet[Call]:
    """Return the published calls the user gathers whose course has not begun."""
    return (
        nominations.gathered_by(user)
        .filter(state=Call.State.PUBLISHED, opens_at__lte=now)
        .filter(
            Q(course__starts_on__isnull=True)
            | Q(course__starts_on__gt=timezone.localdate(now))
        )
        .select_related("course__programme")
    )


def pairs(user: User, now: datetime) -> Iterator[Need]:
    """Yield pairs of nominations that may be one person."""
    open_pairs = PossibleDuplicate.objects.filter(
        first__call__in=_gathered(user, now),
        decision=PossibleDuplicate.Decision.OPEN,
        first__state=Nomination.State.SUBMITTED,
        second__state=Nomination.State.SUBMITTED,
    )
    counts = open_pairs.values(
        slug=F("first__call__slug"), course=F("first__call__course__title")
    ).annotate(n=Count("id"))
    for row in counts.order_by("slug"):
        yield Need(
            row["n"],
            ngettext(
                "pair of nominations may be the same person",
                "pairs of nominations may be the same person",
                row["n"],
            ),
            reverse("nominations:duplicates", args=[row["slug"]]),
            _("Compare"),
            str(row["course"]),
        )


def unchecked(user: User, now: datetime) -> Iterator[Need]:
    """Yield submitted nominations that nobody has checked."""
    counts = (
        Nomination.objects.filter(
            call__in=_gathered(user, now),
            state=Nomination.State.SUBMITTED,
            checked_at__isnull=True,
        )
        .values(slug=F("call__slug"), course=F("call__course__title"))
        .annotate(n=Count("id"))
        .order_by("slug")
    )
    for row in counts:
        yield Need(
            row["n"],
            ngettext(
                "nomination waits to be checked",
                "nominations wait to be checked",
                row["n"],
            ),
            f"{reverse('nominations:nominations', args=[row['slug']])}?checked=no",
            _("Check"),
            str(row["course"]),
        )


def silent_cities(user: User, now: datetime) -> Iterator[Need]:
    """Yield, for each open call, cities that have neither nominated nor declined."""
    opened = with_rules(_gathered(user, now).filter(closes_at__gt=now))
    taking_part = participants.for_calls(opened)
    answered = _answered(taking_part)
    for call in opened:
        names = [
            str(city)
            for city in taking_part[call.pk]
            if (call.pk, city.pk) not in answered
        ]
        if names:
            yield Need(
                len(names),
                ngettext(
                    "city has not answered the call: %(course)s",
                    "cities have not answered the call: %(course)s",
                    len(names),
                )
                % {"course": call.course},
                reverse("nominations:remind", args=[call.slug]),
                _("Remind them"),
                f"{', '.join(names[:5])}{', …' if len(names) > 5 else ''} · "
                + _("closes: %(when)s")
                % {
                    "when": moment(
                        call.closes_at - timedelta(minutes=1),
                        call.course.programme.time_zone,
                    )
                },
            )


def _answered(calls: Iterable[int]) -> set[tuple[int, int]]:
    """Return which city has nominated, or declined, in which of the ``calls``; one query."""
    nominated = Nomination.objects.filter(
        call__in=calls, state=Nomination.State.SUBMITTED
    ).values_list("call", "organisation")
    declined = Invitation.objects.filter(
        call__in=calls, declined_at__isnull=False
    ).values_list("call", "organisation")
    return set(nominated.union(declined))


def stuck_seats(user: User, now: datetime) -> Iterator[Need]:
    """Yield seats that the calculation could not pass on, so that a person must."""
    counts = (
        Offer.objects.filter(
            seat__call__in=_gathered(user, now), waits_since__isnull=False
        )
        .values(slug=F("seat__call__slug"), course=F("seat__call__course__title"))
        .annotate(n=Count("id"))
        .order_by("slug")
    )
    for row in counts:
        yield Need(
            row["n"],
            ngettext(
                "free seat waits for you to pass it on",
                "free seats wait for you to pass them on",
                row["n"],
            ),
            reverse("selection:offers", args=[row["slug"]]),
            _("See the offers"),
            str(row["course"]),
        )


def ending_offers(user: User, now: datetime) -> Iterator[Need]:
    """Yield open offers, and say how many end soon."""
    counts = (
        Offer.objects.filter(
            seat__call__in=_gathered(user, now), state=Offer.State.OPEN
        )
        .values(slug=F("seat__call__slug"), course=F("seat__call__course__title"))
        .annotate(n=Count("id"), soon=Count("id", filter=Q(expires_at__lte=now + SOON)))
        .order_by("slug")
    )
    for row in counts:
        parts = [str(row["course"])]
        if soon := row["soon"]:
            parts.append(
                ngettext(
                    "%(soon)s ends within three days",
                    "%(soon)s end within three days",
                    soon,
                )
                % {"soon": soon}
            )
        yield Need(
            row["n"],
            ngettext(
                "offer of a seat waits for an answer",
                "offers of seats wait for an answer",
                row["n"],
            ),
            reverse("selection:offers", args=[row["slug"]]),
            _("See the offers"),
            " · ".join(parts),
        )
