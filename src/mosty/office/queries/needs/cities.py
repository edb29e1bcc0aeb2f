"""What waits for a city's contact."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mosty.accounts.models import Role, User
from mosty.nominations import policies as nominations
from mosty.nominations.models import Call, Nomination
from mosty.nominations.queries import participants
from mosty.nominations.queries.calls import with_rules
from mosty.office.queries.needs.need import Need
from mosty.programmes.models import Course
from mosty.selection.models import Decision, Run
from mosty.ui.dates import moment

# So long a result is news.
NEWS = timedelta(days=14)


def calls(user: User, now: datetime) -> Iterator[Need]:
    """Yield open calls in which a city of the user can still nominate."""
    cities = user.acts_for(Role.CITY)
    opened = with_rules(
        nominations.calls_visible_to(user)
        .filter(state=Call.State.PUBLISHED, opens_at__lte=now, closes_at__gt=now)
        .select_related("course__programme")
    )
    invited = participants.for_calls(opened, among=Q(pk__in=cities))
    counts = {
        (row["call"], row["organisation"]): row
        for row in Nomination.objects.filter(call__in=invited, organisation__in=cities)
        .values("call", "organisation")
        .annotate(
            sent=Count("id", filter=Q(state=Nomination.State.SUBMITTED)),
            drafts=Count("id", filter=Q(state=Nomination.State.DRAFT)),
        )
        .order_by()
    }
    for call in opened:
        for city in invited[call.pk]:
            row = counts.get((call.pk, city.pk), {"sent": 0, "drafts": 0})
            sent, drafts = row["sent"], row["drafts"]
            left = call.rules.most - sent
            if left <= 0:
                continue
            parts = [
                _("nominated: %(sent)s of %(most)s")
                % {"sent": sent, "most": call.rules.most},
                _("until: %(when)s")
                % {
                    "when": moment(
                        call.closes_at - timedelta(minutes=1),
                        call.course.programme.time_zone,
                    )
                },
            ]
            if drafts:
                parts.append(_("drafts: %(drafts)s") % {"drafts": drafts})
            yield Need(
                left,
                ngettext(
                    "person can still be nominated for: %(course)s",
                    "people can still be nominated for: %(course)s",
                    left,
                )
                % {"course": call.course},
                reverse("nominations:city", args=[call.slug, city.slug]),
                _("Nominate"),
                " · ".join(parts),
            )


def results(user: User, now: datetime) -> Iterator[Need]:
    """Yield what came of the selections of the last weeks for the user's cities."""
    cities = user.acts_for(Role.CITY)
    outcomes = (
        Decision.objects.filter(
            run__state=Run.State.ANNOUNCED,
            run__announced_at__gt=now - NEWS,
            run__call__state=Call.State.PUBLISHED,
            nomination__organisation__in=cities,
        )
        .values(slug=F("run__call__slug"), course=F("run__call__course"))
        .annotate(
            n=Count("id"),
            seats=Count("id", filter=Q(outcome=Decision.Outcome.SELECTED)),
            reserve=Count("id", filter=Q(outcome=Decision.Outcome.RESERVE)),
        )
        .order_by("slug")
    )
    courses = Course.objects.in_bulk({row["course"] for row in outcomes})
    for row in outcomes:
        yield Need(
            row["n"],
            ngettext(
                "result of the selection is announced for: %(course)s",
                "results of the selection are announced for: %(course)s",
                row["n"],
            )
            % {"course": courses[row["course"]]},
            reverse("selection:offers", args=[row["slug"]]),
            _("See the results"),
            _("seats: %(seats)s · reserve list: %(reserve)s · neither: %(neither)s")
            % {
                "seats": row["seats"],
                "reserve": row["reserve"],
                "neither": row["n"] - row["seats"] - row["reserve"],
            },
        )


def nominees(user: User, now: datetime) -> Iterator[Need]:
    """Yield the city's nominees who have not confirmed while they still can."""
    counts = (
        Nomination.objects.filter(
            organisation__in=user.acts_for(Role.CITY),
            state=Nomination.State.SUBMITTED,
            answer=Nomination.Answer.PENDING,
            call__state=Call.State.PUBLISHED,
            call__closes_at__gt=now,
        )
        .values(slug=F("call__slug"), city=F("organisation__slug"))
        .annotate(n=Count("id"))
        .order_by("slug")
    )
    for row in counts:
        yield Need(
            row["n"],
            ngettext(
                "nominated person has not confirmed yet",
                "nominated people have not confirmed yet",
                row["n"],
            ),
            reverse("nominations:city", args=[row["slug"], row["city"]]),
            _("See who"),
        )
