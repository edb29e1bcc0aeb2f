"""What is told of calls: their phase, how many nominated, which cities they are for."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.forms import BaseForm
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from i18nfield.strings import LazyI18nString

from mosty.accounts.models import Role, User
from mosty.directory.models import Membership, Organisation
from mosty.nominations import policies
from mosty.nominations.models import Call, Invitation, Nomination, RulesVersion
from mosty.nominations.models.nominations import LIVE
from mosty.nominations.queries.participants import opening_day
from mosty.nominations.rules import Rules
from mosty.programmes import policies as programmes
from mosty.programmes.models import Course
from mosty.ui import listing
from mosty.ui.listing import Listing


class Phase(Enum):
    """Where a call stands at a moment: its value, a word for people, kind of its tag."""

    DRAFT = ("draft", _("draft"), "plain")
    UPCOMING = ("upcoming", _("opens soon"), "wait")
    OPEN = ("open", _("call open"), "open")
    CLOSED = ("closed", _("call closed"), "plain")
    CANCELLED = ("cancelled", pgettext_lazy("state", "call cancelled"), "no")

    def __init__(self, key: str, word: Promise, tag: str) -> None:
        self.key = key
        self.word = word
        self.tag = tag


def phase(call: Call, now: datetime) -> Phase:
    """Return where ``call`` stands."""
    if call.state == Call.State.DRAFT:
        return Phase.DRAFT
    if call.state == Call.State.CANCELLED:
        return Phase.CANCELLED
    if now < call.opens_at:
        return Phase.UPCOMING
    return Phase.OPEN if call.is_open(now) else Phase.CLOSED


def in_phase(key: str, now: datetime) -> Q:
    """Return the condition under which a call is in the phase ``key``."""
    published = Q(state=Call.State.PUBLISHED)
    return {
        "draft": Q(state=Call.State.DRAFT),
        "cancelled": Q(state=Call.State.CANCELLED),
        "upcoming": published & Q(opens_at__gt=now),
        "open": published & Q(opens_at__lte=now, closes_at__gt=now),
        "closed": published & Q(closes_at__lte=now),
    }[key]


def last_minute(call: Call) -> datetime:
    """Return the last minute that counts, on the programme's clocks."""
    return call.course.programme.local(call.closes_at - timedelta(minutes=1))


def at_desks_of(user: User) -> QuerySet[Call]:
    """Return the calls that ``user`` works on or follows as a partner, not as a city."""
    return (
        policies.calls_visible_to(user)
        .filter(
            Q(pk__in=policies.gathered_by(user).values("pk"))
            | Q(course__programme__in=programmes.partnered_by(user).values("pk"))
        )
        .select_related("course__programme", "channel")
    )


def visible_with_course(user: User) -> QuerySet[Call]:
    """
    Return the calls ``user`` may know exist, with what every page of them shows.

    The rules in force come in the same statement.
    """
    return with_rules(
        policies.calls_visible_to(user).select_related("course__programme", "channel")
    )


def with_rules(calls: QuerySet[Call]) -> QuerySet[Call]:
    """Let the rules in force come along with ``calls``, in the same statement."""
    newest = RulesVersion.objects.filter(call=OuterRef("pk")).order_by("-number")
    return calls.annotate(stored_rules=Subquery(newest.values("stored")[:1]))


@dataclass(frozen=True, slots=True)
class CallRow:
    """One line of the list of calls, for those who work on them."""

    slug: str
    programme_slug: str
    course: LazyI18nString
    programme: LazyI18nString
    phase: Phase
    closes: datetime
    zone: str
    seats: int
    nominated: int
    answered: int
    cities: int


SORTS = {
    "closes": ("closes_at",),
    "nominated": ("nominated",),
}


def calls_for(
    user: User, params: QueryDict, form: BaseForm, now: datetime
) -> Listing[CallRow]:
    """Return a page of the calls on ``user``'s desk; five queries."""
    rows = at_desks_of(user).annotate(
        nominated=counted(Nomination.objects.filter(state="submitted")),
        nominating=counted(
            Nomination.objects.filter(state="submitted"), distinct="organisation"
        ),
        declined=counted(Invitation.objects.filter(declined_at__isnull=False)),
    )
    if form.is_valid() and form.cleaned_data["phase"]:
        rows = rows.filter(in_phase(form.cleaned_data["phase"], now))
    found: Listing[Any] = listing.build(
        params, rows, sorts=SORTS, default="-closes", form=form
    )
    rules = rules_of(found.rows)
    cities = cities_of(found.rows, rules)
    return replace(
        found,
        rows=[
            CallRow(
                slug=call.slug,
                programme_slug=call.course.programme.slug,
                course=call.course.title,
                programme=call.course.programme.short_name,
                phase=phase(call, now),
                closes=last_minute(call),
                zone=call.course.programme.time_zone,
                seats=rules[call.pk].seats,
                nominated=call.nominated,
                answered=call.nominating + call.declined,
                cities=len(cities[call.pk]),
            )
            for call in found.rows
        ],
    )


def counted(
    rows: "QuerySet[Nomination] | QuerySet[Invitation]", distinct: str = ""
) -> Coalesce:
    """Return how many of ``rows`` belong to the call at hand, or of their ``distinct``."""
    number = Count(distinct or "pk", distinct=bool(distinct))
    return Coalesce(
        Subquery(
            rows.filter(call=OuterRef("pk"))
            .order_by()
            .values("call")
            .annotate(number=number)
            .values("number")
        ),
        Value(0),
    )


def rules_of(calls: Iterable[Call]) -> Mapping[int, Rules]:
    """Return the rules in force of each call; one query."""
    newest = (
        RulesVersion.objects.filter(call__in=[call.pk for call in calls])
        .order_by("call_id", "-number")
        .distinct("call_id")
    )
    return {version.call_id: version.rules for version in newest}


def cities_of(
    calls: Collection[Call], rules: Mapping[int, Rules]
) -> Mapping[int, frozenset[int]]:
    """
    Return the cities that take part in each call; two queries.

    What :func:`mosty.nominations.queries.participants.for_call` says of one call.
    """
    memberships = Membership.objects.filter(
        body__slug__in={rules[call.pk].members_of for call in calls},
        member__kind=Organisation.Kind.CITY,
    ).values_list("body__slug", "member", "since", "until")
    by_slug = dict(
        Organisation.objects.filter(
            slug__in={slug for call in calls for slug in rules[call.pk].exceptions},
            kind=Organisation.Kind.CITY,
        ).values_list("slug", "pk")
    )
    held = list(memberships)
    found = {}
    for call in calls:
        day, own = opening_day(call), rules[call.pk]
        members = {
            member
            for body, member, since, until in held
            if body == own.members_of
            and (since is None or since <= day)
            and (until is None or day <= until)
        }
        named = {by_slug[slug] for slug in own.exceptions if slug in by_slug}
        found[call.pk] = frozenset(members | named)
    return found


@dataclass(frozen=True, slots=True)
class CityCall:
    """A call as one city sees it: how many it has nominated, how many more it may."""

    slug: str
    programme_slug: str
    city_slug: str
    city: LazyI18nString
    course: LazyI18nString
    phase: Phase
    closes: datetime
    zone: str
    used: int
    drafts: int
    least: int
    most: int

    @property
    def left(self) -> int:
        """Return how many more people the city may nominate."""
        return max(0, self.most - self.used) if self.phase is Phase.OPEN else 0


def city_calls(user: User, now: datetime) -> list[CityCall]:
    """Return the calls for the cities ``user`` speaks for, open ones first; six queries."""
    own = {
        city.pk: city
        for city in Organisation.objects.filter(pk__in=user.acts_for(Role.CITY))
    }
    if not own:
        return []
    calls = list(
        visible_with_course(user)
        .filter(state=Call.State.PUBLISHED)
        .order_by("-closes_at")[:100]
    )
    rules = rules_of(calls)
    cities = cities_of(calls, rules)
    counts = {
        (row["call"], row["organisation"]): row
        for row in Nomination.objects.filter(
            call__in=[call.pk for call in calls], organisation__in=own, state__in=LIVE
        )
        .order_by()
        .values("call", "organisation")
        .annotate(used=Count("pk"), drafts=Count("pk", filter=Q(state="draft")))
    }
    nothing = {"used": 0, "drafts": 0}
    rows = [
        CityCall(
            slug=call.slug,
            programme_slug=call.course.programme.slug,
            city_slug=city.slug,
            city=city.short_name,
            course=call.course.title,
            phase=phase(call, now),
            closes=last_minute(call),
            zone=call.course.programme.time_zone,
            used=counts.get((call.pk, city.pk), nothing)["used"],
            drafts=counts.get((call.pk, city.pk), nothing)["drafts"],
            least=rules[call.pk].least,
            most=rules[call.pk].most,
        )
        for call in calls
        for city in own.values()
        if city.pk in cities[call.pk]
    ]
    order = (Phase.OPEN, Phase.UPCOMING, Phase.CLOSED)
    return sorted(rows, key=lambda row: order.index(row.phase))


def planned_courses(user: User) -> QuerySet[Course]:
    """Return the courses of the programmes in which ``user`` is a partner."""
    return Course.objects.filter(
        programme__in=programmes.partnered_by(user).values("pk")
    ).select_related("programme")


def call_of(course: Course, user: User) -> Call | None:
    """Return the call of ``course`` that stands; a cancelled one where there is no other."""
    rows = at_desks_of(user).filter(course=course).order_by("-closes_at", "-pk")
    return min(rows, key=lambda call: call.state == Call.State.CANCELLED, default=None)


def courses_without_call(user: User, today: date) -> list[Course]:
    """
    Return the courses for which ``user`` can begin a call, newest first; one query.

    Not those that are over: nobody is called to what has been.
    """
    return list(
        Course.objects.filter(
            programme__in=programmes.coordinated_by(user).values("pk")
        )
        .exclude(
            pk__in=Call.objects.exclude(state=Call.State.CANCELLED).values("course")
        )
        .exclude(ends_on__lt=today)
        .select_related("programme")
        .order_by("-starts_on", "-id")
    )
