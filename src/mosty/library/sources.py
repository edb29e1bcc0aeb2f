"""
Where what can be found comes from: each app names its documents in its ``apps.py``.

Needed to make the whole index anew; single documents come by ``actions.search.index``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from mosty.directory.models import Organisation
from mosty.library.models.search import Reach, Sort
from mosty.programmes.models import Course


@dataclass(frozen=True, slots=True)
class Text:
    """What a document says in one language; plain text, as people typed it."""

    language: str
    title: str
    summary: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """
    What can be found under one key, in all its languages.

    ``url`` is an address of ours, in any language. ``topics`` are codes of concepts;
    the areas and groups of practices are such codes.
    """

    kind: Sort
    key: str
    url: str
    texts: tuple[Text, ...]
    reach: Reach = Reach.PUBLIC
    topics: tuple[str, ...] = ()
    city: Organisation | None = None
    # For whose participants it is, where the reach is a course.
    course: Course | None = None
    day: date | None = None


Source = Callable[[], Iterable[Document]]


@dataclass(slots=True)
class _Sources:
    by_kind: dict[Sort, Source] = field(default_factory=dict)


_sources = _Sources()


def register(kind: Sort, source: Source) -> None:
    """Name the function that yields every document of ``kind`` there is to find."""
    _sources.by_kind[kind] = source


def known() -> dict[Sort, Source]:
    """Return the sources that are registered."""
    return dict(_sources.by_kind)
