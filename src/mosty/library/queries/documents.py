"""What the search is told of practices and tools: one document each, in its languages."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from mosty.library import policies
from mosty.library.common import template
from mosty.library.models import EditionVersion, PracticeVersion, Sort, Tool
from mosty.library.sources import Document, Text


def practices() -> Iterator[Document]:
    """Yield every practice that stands."""
    rows = policies.published().filter(practice__retired_at__isnull=True)
    for version in rows.select_related("practice__city").iterator(chunk_size=500):
        yield of_practice(version)


def of_practice(version: PracticeVersion) -> Document:
    """Return what is found of a published version."""
    practice = version.practice
    body = [
        getattr(version, name)
        for name in template.PARTS
        if name not in {"title", "summary"}
    ]
    return Document(
        kind=Sort.PRACTICE,
        key=practice.slug,
        url=reverse("library:practice", args=[practice.slug]),
        texts=(
            Text(
                version.language,
                version.title,
                version.summary,
                "\n\n".join([version.place, *filter(None, body)]),
            ),
        ),
        topics=(*version.areas, *version.groups),
        city=practice.city,
        day=timezone.localdate(version.decided_at),
    )


def tools() -> Iterator[Document]:
    """Yield every tool that is in use and of which some edition is published."""
    rows = policies.tools_published().filter(retired_at__isnull=True)
    for tool in rows.iterator(chunk_size=100):
        yield of_tool(tool)


def of_tool(tool: Tool) -> Document:
    """Return what is found of a tool: its newest edition in each language."""
    versions = list(
        policies.newest_published()
        .filter(edition__tool=tool)
        .select_related("edition")
        .prefetch_related("sections")
        .order_by("edition__language")
    )
    return Document(
        kind=Sort.TOOL,
        key=tool.slug,
        url=reverse("library:tool", args=[tool.slug]),
        texts=tuple(_text(tool, version) for version in versions),
        topics=tuple(tool.areas),
        day=max(
            timezone.localdate(version.published_at)
            for version in versions
            if version.published_at
        ),
    )


def _text(tool: Tool, version: EditionVersion) -> Text:
    language = version.edition.language
    name, summary = (
        value.data.get(language, "") if isinstance(value.data, dict) else str(value)
        for value in (tool.name, tool.summary)
    )
    sections = (f"{one.title}\n{one.text}" for one in version.sections.all())
    return Text(
        language,
        version.title,
        summary,
        "\n\n".join(filter(None, (name, tool.issuer, version.note, *sections))),
    )
