"""Tools as those who keep them see them: all languages, drafts, what waits, what is behind."""

from collections.abc import Mapping
from dataclasses import dataclass

from mosty.accounts.models import User
from mosty.library import policies
from mosty.library.common.sections import SectionText
from mosty.library.common.standing import Standing, standing
from mosty.library.models import Edition, EditionVersion, Section, Tool
from mosty.library.queries.standing import parts_of
from mosty.programmes.languages import name as language_name

State = EditionVersion.State
TAGS = {State.DRAFT: "plain", State.PROPOSED: "wait", State.PUBLISHED: "in"}


@dataclass(frozen=True, slots=True)
class KeptEdition:
    """An edition: what is published, what is open, and whether it is behind."""

    edition: Edition
    language: str
    published: EditionVersion | None
    open: EditionVersion | None
    open_tag: str
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class KeptTool:
    """A line of the list of kept tools."""

    slug: str
    name: object
    kind: str
    languages: str
    behind: int
    waiting: int
    retired: bool


@dataclass(frozen=True, slots=True)
class ToolDesk:
    """One tool with all its editions."""

    tool: Tool
    editions: tuple[KeptEdition, ...]
    courses: tuple[str, ...]
    can_retire: bool
    can_translate: bool


@dataclass(frozen=True, slots=True)
class SectionPair:
    """A section of the source beside what there is of its translation."""

    key: str
    number: int
    source: Section | None
    title: str
    text: str
    fits: bool
    # The source says other things than what this was translated from.
    is_behind: bool


@dataclass(frozen=True, slots=True)
class VersionDesk:
    """One version that is written, or waits for approval."""

    version: EditionVersion
    edition: Edition
    language: str
    source_language: str
    state: str
    tag: str
    pairs: tuple[SectionPair, ...]
    has_source_text: bool
    is_draft: bool
    can_approve: bool
    can_return: bool


def _editions(tools: list[Tool]) -> Mapping[int, list[KeptEdition]]:
    """Return the editions of tools with their newest versions; three queries."""
    found: dict[int, list[KeptEdition]] = {tool.pk: [] for tool in tools}
    editions = list(
        Edition.objects.filter(tool__in=found).order_by(
            "tool_id", "-is_source", "language"
        )
    )
    newest: dict[int, EditionVersion] = {}
    open_: dict[int, EditionVersion] = {}
    rows = EditionVersion.objects.filter(edition__in=editions).order_by("number")
    for row in rows:
        (newest if row.state == State.PUBLISHED else open_)[row.edition_id] = row
    parts = parts_of(newest.values())
    sources = {
        one.tool_id: newest[one.pk]
        for one in editions
        if one.is_source and one.pk in newest
    }
    for edition in editions:
        published = newest.get(edition.pk)
        source = sources.get(edition.tool_id)
        how = None
        if published and source and not edition.is_source:
            how = standing(
                parts[source.pk],
                parts[published.pk],
                of_this_version=published.translates_id == source.pk,
            )
        waiting = open_.get(edition.pk)
        found[edition.tool_id].append(
            KeptEdition(
                edition=edition,
                language=language_name(edition.language),
                published=published,
                open=waiting,
                open_tag=TAGS[State(waiting.state)] if waiting else "",
                standing=how,
            )
        )
    return found


def kept(user: User) -> list[KeptTool]:
    """Return the tools that ``user`` keeps; four queries."""
    rows = list(policies.tools_kept_by(user).order_by("retired_at", "slug"))
    editions = _editions(rows)
    return [
        KeptTool(
            slug=tool.slug,
            name=tool.name,
            kind=tool.get_kind_display(),
            languages=", ".join(one.language for one in editions[tool.pk]),
            behind=sum(
                bool(one.standing and one.standing.is_behind)
                for one in editions[tool.pk]
            ),
            waiting=sum(
                bool(one.open and one.open.state == State.PROPOSED)
                for one in editions[tool.pk]
            ),
            retired=tool.retired_at is not None,
        )
        for tool in rows
    ]


def tool_desk(tool: Tool, user: User) -> ToolDesk:
    """Return one tool for those who keep it; four queries."""
    editions = tuple(_editions([tool])[tool.pk])
    return ToolDesk(
        tool=tool,
        editions=editions,
        courses=tuple(str(course) for course in tool.courses.all()),
        can_retire=policies.edits_library(user) and tool.retired_at is None,
        can_translate=tool.retired_at is None
        and any(one.published for one in editions if one.edition.is_source),
    )


def version_desk(version: EditionVersion, user: User) -> VersionDesk:
    """Return one version for those who write or approve it; two queries."""
    edition, source = version.edition, version.translates
    pairs = pairs_of(version)
    return VersionDesk(
        version=version,
        edition=edition,
        language=language_name(edition.language),
        source_language=language_name(source.edition.language) if source else "",
        state=version.get_state_display(),
        tag=TAGS[State(version.state)],
        pairs=pairs,
        has_source_text=any(pair.source for pair in pairs),
        is_draft=version.state == State.DRAFT,
        can_approve=version.state == State.PROPOSED
        and policies.can_approve(user, version),
        can_return=version.state == State.PROPOSED,
    )


def pairs_of(version: EditionVersion) -> tuple[SectionPair, ...]:
    """Return the sections of a version; of a translation, beside those of its source."""
    own = list(version.sections.order_by("order"))
    if version.translates is None:
        return tuple(
            SectionPair(
                key=one.key,
                number=number,
                source=None,
                title=one.title,
                text=one.text,
                fits=True,
                is_behind=False,
            )
            for number, one in enumerate(own, 1)
        )
    have = {one.key: one for one in own}
    return tuple(
        _pair(number, section, have.get(section.key))
        for number, section in enumerate(
            version.translates.sections.order_by("order"), 1
        )
    )


def _pair(number: int, source: Section, have: Section | None) -> SectionPair:
    digest = have.source_digest if have else ""
    return SectionPair(
        key=source.key,
        number=number,
        source=source,
        title=have.title if have else "",
        text=have.text if have else "",
        fits=digest == source.digest,
        is_behind=bool(digest) and digest != source.digest,
    )


def as_typed(
    pairs: tuple[SectionPair, ...], typed: list[SectionText]
) -> tuple[SectionPair, ...]:
    """Return sections with what was typed, for a form that could not be saved."""
    sources = {pair.key: pair for pair in pairs if pair.source}
    return tuple(
        SectionPair(
            key=one.key,
            number=number,
            source=sources[one.key].source if one.key in sources else None,
            title=one.title,
            text=one.text,
            fits=one.fits,
            is_behind=sources[one.key].is_behind if one.key in sources else False,
        )
        for number, one in enumerate(typed, 1)
    )
