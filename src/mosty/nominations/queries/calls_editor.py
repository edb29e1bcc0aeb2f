"""What the editor of a call and its rules chooses from, and what a change would do."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone, translation
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from mosty.directory.models import Organisation
from mosty.nominations.models import Call, Nomination
from mosty.nominations.models.nominations import LIVE
from mosty.nominations.queries import participants
from mosty.nominations.queries.calls_contacts import addresses
from mosty.nominations.rules import Rules
from mosty.nominations.rules.check import Entry, breaches
from mosty.nominations.rules.words import Sentence, sentences
from mosty.programmes.models import Partnership, Programme


@dataclass(frozen=True, slots=True)
class Choices:
    """The unions and cities that rules may name: slug and name."""

    unions: list[tuple[str, str]]
    cities: list[tuple[str, str]]


def choices() -> Choices:
    """Return what rules may name; one query."""
    kinds = Organisation.Kind
    found = list(
        Organisation.objects.filter(kind__in=[kinds.UNION, kinds.NETWORK, kinds.CITY])
    )
    return Choices(
        unions=[(row.slug, str(row.name)) for row in found if row.kind != kinds.CITY],
        cities=[
            (row.slug, str(row.short_name)) for row in found if row.kind == kinds.CITY
        ],
    )


def channels(programme: Programme) -> list[Organisation]:
    """Return the organisations that may pass calls to cities: the programme's channels."""
    return list(
        Organisation.objects.filter(
            pk__in=programme.partnerships.filter(role=Partnership.Role.CHANNEL).values(
                "organisation"
            )
        )
    )


def languages(programme: Programme) -> list[str]:
    """Return the languages of the programme in which this site can speak, its first too."""
    known = dict(settings.LANGUAGES)
    return [code for code in programme.languages if code in known] or ["en"]


@dataclass(frozen=True, slots=True)
class Change:
    """A rule before and after: one of them is ``None`` where it is new or gone."""

    old: Sentence | None
    new: Sentence | None

    @property
    def kind(self) -> str:
        """Return same, new, gone or changed."""
        if self.old == self.new:
            return "same"
        if self.old is None:
            return "new"
        return "gone" if self.new is None else "changed"


@dataclass(frozen=True, slots=True)
class Wording:
    """The rules in one language, and how they differ from those before."""

    code: str
    language: str
    sentences: list[Sentence]
    changes: list[Change]

    @property
    def differs(self) -> list[Change]:
        """Return the rules that are not as before."""
        return [change for change in self.changes if change.kind != "same"]


@dataclass(frozen=True, slots=True)
class Effect:
    """What rules mean for the people nominated so far."""

    total: int
    eligible: int
    # Which rule keeps people out, in words -> how many; one person may count twice.
    by_rule: list[tuple[str, int]]
    cities: int
    cities_with_eligible: int
    cities_below_least: int


@dataclass(frozen=True, slots=True)
class Preview:
    """Rules as people will read them, and what they do."""

    rules: Rules
    wordings: list[Wording]
    cities: int
    capacity: int | None
    pool: Call | None
    effect: Effect | None
    before: Effect | None

    @property
    def seats_differ(self) -> bool:
        """Test if the course is planned for another number of people."""
        return self.capacity is not None and self.capacity != self.rules.seats


def preview(
    *,
    rules: Rules,
    programme: Programme,
    on: date,
    seed_source: Mapping[str, str],
    capacity: int | None = None,
    pool: Call | None = None,
    before: Rules | None = None,
    casting: str = "seed",
) -> Preview:
    """
    Return ``rules`` in words in every language, and what they do to the pool's people.

    ``seed_source`` is written by language. ``before`` are the rules they would replace.
    """
    wordings = []
    for code in languages(programme):
        with translation.override(code):
            source = seed_source.get(code, "")
            new = sentences(rules, participants.names(rules), source, casting)
            old = (
                sentences(before, participants.names(before), source, casting)
                if before
                else []
            )
        wordings.append(
            Wording(
                code,
                get_language_info(code)["name_local"],
                new,
                changes(old, new) if before else [],
            )
        )
    people = (
        list(
            Nomination.objects.filter(call=pool, state__in=LIVE)
            .select_related("organisation")
            .order_by("organisation", "preference", "id")
        )
        if pool is not None
        else []
    )
    return Preview(
        rules=rules,
        wordings=wordings,
        cities=participants.participating(rules, on).count(),
        capacity=capacity,
        pool=pool,
        effect=effect(rules, people, on) if pool is not None else None,
        before=effect(before, people, on) if pool is not None and before else None,
    )


def pool(
    calls: QuerySet[Call], programme: Programme, preferred: Call | None
) -> Call | None:
    """
    Return the call on whose people the effect of rules is shown; two queries.

    ``preferred`` if it has any, else the newest of ``calls`` in the programme that has.
    """
    live = Nomination.objects.filter(call=OuterRef("pk"), state__in=LIVE)
    having = calls.filter(Exists(live))
    if preferred is not None and having.filter(pk=preferred.pk).exists():
        return preferred
    return (
        having.filter(course__programme=programme).order_by("-closes_at", "-id").first()
    )


def told(call: Call, now: datetime) -> int:
    """Return how many people would be told of new rules; three queries."""
    nominating = Nomination.objects.filter(call=call, state__in=LIVE)
    cities = set(nominating.values_list("organisation", flat=True))
    return len(addresses(call, cities, timezone.localdate(now)))


def changes(old: Sequence[Sentence], new: Sequence[Sentence]) -> list[Change]:
    """Return the rules side by side, unchanged ones opposite each other."""
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    return [
        Change(left, right)
        for _tag, i, j, k, m in matcher.get_opcodes()
        for left, right in zip_longest(old[i:j], new[k:m])
    ]


def effect(rules: Rules, people: Sequence[Nomination], on: date) -> Effect:
    """Return whom of ``people``, in their cities' own order, ``rules`` let through."""
    taking_part = set(
        participants.participating(rules, on).values_list("pk", flat=True)
    )
    counts: dict[str, int] = {}
    passed: dict[int, int] = {}
    for person in people:
        city = person.organisation_id
        found = {
            breach.code
            for breach in breaches(
                rules,
                Entry(
                    organisation=person.organisation.slug,
                    takes_part=city in taking_part,
                    department=person.department,
                    level=person.level,
                    in_post_since=person.in_post_since,
                ),
            )
        }
        if not found and passed.get(city, 0) >= rules.most:
            found = {"most"}
        if not found:
            passed[city] = passed.get(city, 0) + 1
        for code in found:
            counts[code] = counts.get(code, 0) + 1
    return Effect(
        total=len(people),
        eligible=sum(passed.values()),
        by_rule=[
            (label, counts[code]) for code, label in _rule_labels() if code in counts
        ],
        cities=len({person.organisation_id for person in people}),
        cities_with_eligible=len(passed),
        cities_below_least=sum(number < rules.least for number in passed.values()),
    )


def _rule_labels() -> list[tuple[str, str]]:
    return [
        ("city", _("the city does not take part")),
        ("department", _("the call is not for this kind of unit")),
        ("level", _("the call is not for this level of the post")),
        ("most", _("the city has nominated more people than it may")),
    ]
