"""What a call's public page shows, in a constant number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils import dateformat
from django.utils.text import capfirst
from i18nfield.strings import LazyI18nString

from mosty.accounts.models import Role, User
from mosty.directory.models import Organisation
from mosty.nominations import policies
from mosty.nominations.models import Call, RulesVersion
from mosty.nominations.queries.calls import Phase, last_minute, phase
from mosty.nominations.queries.earlier import earlier_calls
from mosty.nominations.rules import Rules
from mosty.nominations.rules.words import Sentence, sentences
from mosty.programmes import languages
from mosty.programmes.queries import timetables


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the rules: since when, why, and what they say."""

    number: int
    since: datetime
    reason: str
    sentences: list[Sentence]


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session. ``day`` is empty where the line above has the same."""

    day: date | None
    hours: str
    title: LazyI18nString
    room: str


@dataclass(frozen=True, slots=True)
class PublicCall:
    """A call for everybody to read."""

    call: Call
    phase: Phase
    rules: Rules
    until: datetime
    opens: datetime
    languages: str
    # The newest version first.
    versions: list[Version]
    sessions: list[SessionLine]
    topics: list[LazyI18nString]
    # What -> the organisations that provide it.
    provided: list[tuple[str, str]]
    # That an earlier call of the same course was cancelled, maybe after its draw.
    earlier_calls: list[str]

    @property
    def sentences(self) -> list[Sentence]:
        """Return the rules in force, in words."""
        return self.versions[0].sentences

    @property
    def is_open(self) -> bool:
        """Test if nominations are taken."""
        return self.phase is Phase.OPEN


def calls(user: User | AnonymousUser) -> QuerySet[Call]:
    """Return the calls whose public page ``user`` may read, each in one query."""
    return policies.calls_visible_to(user).select_related(
        "course__programme", "channel"
    )


def public_call(call: Call, now: datetime) -> PublicCall:
    """Return what the page of ``call`` shows; six queries."""
    course, programme = call.course, call.course.programme
    stored = list(call.versions.order_by("-number"))
    provided: dict[str, list[str]] = {}
    for provision in course.provisions.select_related("organisation"):
        provided.setdefault(capfirst(str(provision.get_what_display())), []).append(
            str(provision.organisation.short_name)
        )
    return PublicCall(
        call=call,
        phase=phase(call, now),
        rules=stored[0].rules,
        until=last_minute(call),
        opens=programme.local(call.opens_at),
        languages=languages.names(course.languages),
        versions=versions_in_words(call, stored),
        sessions=_sessions(call),
        topics=[topic.text for topic in course.topics.all()],
        provided=[(what, ", ".join(names)) for what, names in provided.items()],
        earlier_calls=earlier_calls(call),
    )


def versions_in_words(call: Call, stored: Sequence[RulesVersion]) -> list[Version]:
    """Return versions of the rules in words, in the order given; one query."""
    names = _names([version.rules for version in stored])
    return [
        Version(
            version.number,
            version.made_at,
            version.reason,
            sentences(version.rules, names, str(call.seed_source), call.casting),
        )
        for version in stored
    ]


def _names(rules: Sequence[Rules]) -> Mapping[str, str]:
    """Return what the organisations that any of ``rules`` name are called."""
    unions = {own.members_of for own in rules}
    slugs = unions | {slug for own in rules for slug in own.exceptions}
    return {
        found.slug: str(found.name if found.slug in unions else found.short_name)
        for found in Organisation.objects.filter(slug__in=slugs).only(
            "slug", "name", "short_name"
        )
    }


def _sessions(call: Call) -> list[SessionLine]:
    found = []
    before = None
    for session in timetables.published(call.course).sessions:
        start, end = (
            call.course.programme.local(moment)
            for moment in (session.starts_at, session.ends_at)
        )
        found.append(
            SessionLine(
                day=start.date() if start.date() != before else None,
                hours=f"{dateformat.format(start, 'H:i')}–{dateformat.format(end, 'H:i')}",
                title=session.title,
                room=session.room,
            )
        )
        before = start.date()
    return found


def own_cities(user: User | AnonymousUser) -> list[Organisation]:
    """Return the cities that ``user`` speaks for; no query for the public."""
    keys = user.acts_for(Role.CITY) if isinstance(user, User) else frozenset()
    return list(Organisation.objects.filter(pk__in=keys)) if keys else []
