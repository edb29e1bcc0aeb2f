"""Practices as anybody reads them: the list, one page, its citation and its data."""

from dataclasses import dataclass
from datetime import date, datetime

from django import forms
from django.db.models import Count, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from mosty.library import policies, uses
from mosty.library.common import linked, template
from mosty.library.common.citing import Source
from mosty.library.models import Area, Evidence, Group, Practice, PracticeVersion
from mosty.library.queries.adoptions import AdoptionRow, chain
from mosty.programmes.languages import name as language_name
from mosty.ui import listing
from mosty.ui.listing import Listing

SORTS = {
    "title": ("title",),
    "city": ("practice__city__sort_name", "title"),
    "published": ("decided_at",),
    "adoptions": ("adopted", "decided_at"),
}
State = PracticeVersion.State


@dataclass(frozen=True, slots=True)
class PracticeRow:
    """What one line of the list shows."""

    slug: str
    title: str
    language: str
    city: str
    areas: str
    published_on: date
    adopted: int
    in_trial: bool
    retired: bool


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One published version, for the list of all."""

    number: int
    published_at: datetime


@dataclass(frozen=True, slots=True)
class PracticePage:
    """A published version with what others made of it."""

    practice: Practice
    version: PracticeVersion
    parts: tuple[tuple[str, str], ...]
    areas: str
    groups: str
    evidence: str
    language: str
    published_on: date
    is_newest: bool
    versions: tuple[VersionRow, ...]
    adoptions: tuple[AdoptionRow, ...]
    uses: tuple[uses.Use, ...]
    # The day since which this year's question waits for an answer.
    unanswered_since: date | None
    can_adopt: bool
    can_write: bool
    citation: Source
    data: SafeString


def filtered(form: forms.Form) -> QuerySet[PracticeVersion]:
    """Return the published practices that the valid part of ``form`` lets through."""
    form.is_valid()
    asked = form.cleaned_data
    rows = policies.published()
    if asked.get("state") != "retired":
        rows = rows.filter(practice__retired_at__isnull=True)
    match asked.get("state"):
        case "trial":
            rows = rows.filter(in_trial=True)
        case "settled":
            rows = rows.filter(in_trial=False)
        case "retired":
            rows = rows.filter(practice__retired_at__isnull=False)
    if area := asked.get("area"):
        rows = rows.filter(areas__contains=[area])
    if group := asked.get("group"):
        rows = rows.filter(groups__contains=[group])
    if city := asked.get("city"):
        rows = rows.filter(practice__city__slug=city)
    if language := asked.get("language"):
        rows = rows.filter(language=language)
    return rows


def practices(params: QueryDict, form: forms.Form) -> Listing[PracticeRow]:
    """Return one page of the list; two queries."""
    rows = filtered(form).select_related("practice__city")
    return listing.build(
        params,
        rows.annotate(adopted=Count("practice__adoptions")),
        sorts=SORTS,
        default="-published",
        form=form,
        shape=_row,
    )


def _row(version: PracticeVersion) -> PracticeRow:
    return PracticeRow(
        slug=version.practice.slug,
        title=version.title,
        language=version.language,
        city=str(version.practice.city),
        areas=words(Area, version.areas),
        published_on=_day(version.decided_at),
        adopted=getattr(version, "adopted", 0),
        in_trial=version.in_trial,
        retired=version.practice.retired_at is not None,
    )


def words(choices: type[Area] | type[Group], codes: list[str]) -> str:
    """Return codes of a list in words, in one line."""
    return ", ".join(str(choices(code).label) for code in codes)


def cities() -> list[tuple[str, str]]:
    """Return the cities of which some practice is published; one query."""
    rows = (
        policies.practices_published()
        .select_related("city")
        .order_by("city__sort_name")
        .distinct("city__sort_name", "city")
    )
    return [(row.city.slug, str(row.city)) for row in rows]


def newest(limit: int) -> list[PracticeVersion]:
    """Return the practices published last, for a feed; one query."""
    rows = policies.published().filter(practice__retired_at__isnull=True)
    return list(
        rows.select_related("practice__city").order_by("-decided_at", "-pk")[:limit]
    )


def published_versions(practice: Practice) -> QuerySet[PracticeVersion]:
    """Return the versions of ``practice`` that anybody may read, the newest first."""
    return practice.versions.filter(state=State.PUBLISHED).order_by("-number")


def page(
    practice: Practice, version: PracticeVersion, viewer: policies.Viewer
) -> PracticePage:
    """Return what the page of a published version shows; six queries, however many, and those of uses."""
    rows = list(published_versions(practice).values_list("number", "decided_at"))
    adoptions = chain(practice, viewer)
    mine = policies.cities_of(viewer).exclude(pk=practice.city_id)
    can_adopt = (
        practice.retired_at is None
        and mine.exclude(pk__in=practice.adoptions.values("city")).exists()
    )
    open_ = practice.confirmations.filter(answered_at__isnull=True).order_by("-due_on")
    asked = open_.first()
    waits = asked is not None and (
        practice.confirmed_on is None or asked.due_on > practice.confirmed_on
    )
    return PracticePage(
        practice=practice,
        version=version,
        parts=parts_of(version),
        areas=words(Area, version.areas),
        groups=words(Group, version.groups),
        evidence=str(Evidence(version.evidence).label),
        language=language_name(version.language),
        published_on=_day(version.decided_at),
        is_newest=version.number == rows[0][0],
        versions=tuple(VersionRow(number, at) for number, at in rows if at),
        adoptions=tuple(adoptions),
        uses=tuple(uses.of(practice, viewer)),
        unanswered_since=timezone.localdate(asked.asked_at)
        if asked and waits and practice.retired_at is None
        else None,
        can_adopt=can_adopt,
        can_write=policies.can_write(viewer, practice),
        citation=citation(practice, version),
        data=data(practice, version),
    )


def parts_of(version: PracticeVersion) -> tuple[tuple[str, str], ...]:
    """Return the texts of a version under their headings, but its title and summary."""
    return tuple(
        (str(part.label), getattr(version, name))
        for name, part in template.PARTS.items()
        if name not in {"title", "summary"} and getattr(version, name)
    )


def address(practice: Practice, version: PracticeVersion) -> str:
    """Return the whole address of one version, which never shows another."""
    return linked.absolute(
        reverse("library:practice_version", args=[practice.slug, version.number])
    )


def citation(practice: Practice, version: PracticeVersion) -> Source:
    """Return how a version is cited."""
    return Source(
        key=f"{practice.slug}-{version.number}",
        author=str(practice.city),
        title=version.title,
        published_on=_day(version.decided_at),
        version=str(version.number),
        language=version.language,
        url=address(practice, version),
    )


def data(practice: Practice, version: PracticeVersion) -> SafeString:
    """Return what machines read of a version."""
    since = version.started_on.isoformat() if version.started_on else ""
    until = version.ended_on.isoformat() if version.ended_on else ".."
    url = linked.absolute(reverse("library:practice", args=[practice.slug]))
    return linked.as_data(
        {
            "@type": "CreativeWork",
            "@id": url,
            "url": url,
            "name": version.title,
            "abstract": version.summary,
            "inLanguage": version.language,
            "about": [str(Area(code).label) for code in version.areas],
            "audience": [
                {"@type": "Audience", "audienceType": str(Group(code).label)}
                for code in version.groups
            ],
            "author": {
                "@type": "GovernmentOrganization",
                "name": str(practice.city),
            },
            "locationCreated": {"@type": "Place", "name": version.place},
            "temporalCoverage": f"{since}/{until}",
            "version": str(version.number),
            "datePublished": _day(version.decided_at).isoformat(),
            "creativeWorkStatus": "Retired" if practice.retired_at else "Published",
            "isBasedOn": version.link,
            "publisher": {"@type": "Organization", "name": "Mosty"},
        }
    )


def _day(moment: datetime | None) -> date:
    assert moment is not None  # noqa: S101 - what is published was decided
    return timezone.localdate(moment)
