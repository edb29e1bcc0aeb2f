"""Tools as anybody reads them: the list, one tool, one edition."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from mosty.library import policies
from mosty.library.common import linked
from mosty.library.common.citing import Source
from mosty.library.common.standing import Standing, standing
from mosty.library.models import Area, Edition, EditionVersion, Section, Tool
from mosty.library.queries.practices import words
from mosty.library.queries.standing import parts_of
from mosty.programmes import policies as programmes
from mosty.programmes.languages import name as language_name
from mosty.programmes.models import Course
from mosty.ui import listing
from mosty.ui.listing import Listing

SORTS = {"name": ("slug",), "added": ("created_at",)}
State = EditionVersion.State


@dataclass(frozen=True, slots=True)
class EditionRow:
    """One language of a tool; amber where its source says other things by now."""

    language: str
    language_name: str
    is_source: bool
    title: str
    version: EditionVersion
    standing: Standing | None
    translator: str
    licence: str
    published_on: date


@dataclass(frozen=True, slots=True)
class ToolRow:
    """What one line of the list shows."""

    slug: str
    name: object
    kind: str
    issuer: str
    areas: str
    languages: tuple[EditionRow, ...]
    retired: bool


@dataclass(frozen=True, slots=True)
class ToolPage:
    """A tool with its editions."""

    tool: Tool
    kind: str
    areas: str
    editions: tuple[EditionRow, ...]
    courses: tuple[Course, ...]
    data: SafeString
    can_keep: bool


@dataclass(frozen=True, slots=True)
class EditionPage:
    """One published version of an edition."""

    tool: Tool
    row: EditionRow
    version: EditionVersion
    sections: tuple[Section, ...]
    versions: tuple[EditionVersion, ...]
    is_newest: bool
    source_language: str
    citation: Source


def filtered(form: forms.Form) -> QuerySet[Tool]:
    """Return the published tools that the valid part of ``form`` lets through."""
    form.is_valid()
    asked = form.cleaned_data
    rows = policies.tools_published()
    is_retired = asked.get("state") == "retired"
    rows = rows.filter(retired_at__isnull=not is_retired)
    if kind := asked.get("kind"):
        rows = rows.filter(kind=kind)
    if area := asked.get("area"):
        rows = rows.filter(areas__contains=[area])
    if language := asked.get("language"):
        there = policies.newest_published().filter(
            edition__tool=OuterRef("pk"), edition__language=language
        )
        rows = rows.filter(Exists(there))
    return rows


def tools(params: QueryDict, form: forms.Form) -> Listing[ToolRow]:
    """Return one page of the list; four queries."""
    found: Listing[Tool] = listing.build(
        params, filtered(form), sorts=SORTS, default="-added", form=form
    )
    editions = editions_of(found.rows)
    return listing.Listing(
        rows=[_row(tool, editions[tool.pk]) for tool in found.rows],
        total=found.total,
        page=found.page,
        size=found.size,
        sort=found.sort,
        sorts=found.sorts,
        params=found.params,
        pills=found.pills,
        sizes=found.sizes,
    )


def _row(tool: Tool, editions: Iterable[EditionRow]) -> ToolRow:
    return ToolRow(
        slug=tool.slug,
        name=tool.name,
        kind=tool.get_kind_display(),
        issuer=tool.issuer,
        areas=words(Area, tool.areas),
        languages=tuple(editions),
        retired=tool.retired_at is not None,
    )


def editions_of(rows: Iterable[Tool]) -> Mapping[int, list[EditionRow]]:
    """Return the published editions of tools, the source first; two queries."""
    found: dict[int, list[EditionRow]] = {tool.pk: [] for tool in rows}
    versions = list(
        policies.newest_published()
        .filter(edition__tool__in=found)
        .select_related("edition", "translates")
        .order_by("edition__tool_id", "-edition__is_source", "edition__language")
    )
    parts = parts_of(versions)
    sources = {one.edition.tool_id: one for one in versions if one.edition.is_source}
    for version in versions:
        source = sources.get(version.edition.tool_id)
        how = (
            standing(
                parts[source.pk],
                parts[version.pk],
                of_this_version=version.translates_id == source.pk,
            )
            if source is not None and not version.edition.is_source
            else None
        )
        found[version.edition.tool_id].append(_edition(version.edition, version, how))
    return found


def _edition(
    edition: Edition, version: EditionVersion, how: Standing | None
) -> EditionRow:
    return EditionRow(
        language=edition.language,
        language_name=language_name(edition.language),
        is_source=edition.is_source,
        title=version.title,
        version=version,
        standing=how,
        translator=edition.translator,
        licence=edition.licence_text or edition.get_licence_display(),
        published_on=_day(version),
    )


def page(tool: Tool, viewer: policies.Viewer) -> ToolPage:
    """Return what the page of a tool shows; four queries."""
    editions = tuple(editions_of([tool])[tool.pk])
    courses = tuple(
        programmes.courses_visible_to(viewer)
        .filter(pk__in=tool.courses.values("pk"))
        .select_related("programme")
    )
    return ToolPage(
        tool=tool,
        kind=tool.get_kind_display(),
        areas=words(Area, tool.areas),
        editions=editions,
        courses=courses,
        data=data(tool, editions),
        can_keep=policies.can_keep_tools(viewer),
    )


def published_versions(tool: Tool, language: str) -> QuerySet[EditionVersion]:
    """Return the versions of an edition that anybody may read, the newest first."""
    return (
        EditionVersion.objects.filter(
            edition__tool=tool, edition__language=language, state=State.PUBLISHED
        )
        .select_related("edition__tool", "translates__edition")
        .order_by("-number")
    )


def edition_page(tool: Tool, version: EditionVersion) -> EditionPage:
    """Return what the page of a published version shows; five queries."""
    versions = tuple(published_versions(tool, version.edition.language))
    rows = editions_of([tool])[tool.pk]
    row = next(one for one in rows if one.language == version.edition.language)
    source = next((one for one in rows if one.is_source), None)
    return EditionPage(
        tool=tool,
        row=row,
        version=version,
        sections=tuple(version.sections.order_by("order")),
        versions=versions,
        is_newest=versions[0].pk == version.pk,
        source_language=source.language_name if source else "",
        citation=citation(version),
    )


def citation(version: EditionVersion) -> Source:
    """Return how a version of an edition is cited."""
    tool, language = version.edition.tool, version.edition.language
    path = reverse(
        "library:edition_version", args=[tool.slug, language, version.number]
    )
    return Source(
        key=f"{tool.slug}-{language}-{version.number}",
        author=tool.issuer,
        title=version.title,
        published_on=_day(version),
        version=version.label or str(version.number),
        language=language,
        url=linked.absolute(path),
    )


def newest(limit: int) -> list[EditionVersion]:
    """Return the editions published last, for a feed; one query."""
    rows = policies.newest_published().filter(edition__tool__retired_at__isnull=True)
    return list(
        rows.select_related("edition__tool").order_by("-published_at", "-pk")[:limit]
    )


def data(tool: Tool, editions: Iterable[EditionRow]) -> SafeString:
    """Return what machines read of a tool: a work, and an example of it per language."""
    url = linked.absolute(reverse("library:tool", args=[tool.slug]))
    return linked.as_data(
        {
            "@type": "CreativeWork",
            "@id": url,
            "url": url,
            "name": str(tool.name),
            "abstract": str(tool.summary),
            "genre": str(tool.get_kind_display()),
            "about": [str(Area(code).label) for code in tool.areas],
            "publisher": {"@type": "Organization", "name": tool.issuer},
            "creativeWorkStatus": "Retired" if tool.retired_at else "Published",
            "workExample": [_example(tool, row, url) for row in editions],
        }
    )


def _example(tool: Tool, row: EditionRow, work: str) -> dict[str, object]:
    path = reverse("library:edition", args=[tool.slug, row.language])
    said: dict[str, object] = {
        "@type": "CreativeWork",
        "url": linked.absolute(path),
        "name": row.title,
        "inLanguage": row.language,
        "version": row.version.label or str(row.version.number),
        "datePublished": row.published_on.isoformat(),
    }
    if licence := linked.LICENCES.get(row.version.edition.licence):
        said["license"] = licence
    if not row.is_source:
        said |= {
            "translationOfWork": {"@id": work},
            "translator": {"@type": "Organization", "name": row.translator},
        }
    return said


def _day(version: EditionVersion) -> date:
    assert version.published_at is not None  # noqa: S101 - it is published
    return timezone.localdate(version.published_at)


def name_of(tool: Tool) -> str:
    """Return a tool's name in the reader's language."""
    return str(tool.name.localize(get_language() or "en"))
