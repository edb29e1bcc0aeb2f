"""Guides as the search finds them: valid ones that have an address."""

from collections.abc import Iterator

from mosty.infopoint.models import Guide
from mosty.library.models import Sort
from mosty.library.sources import Document, Text


def documents() -> Iterator[Document]:
    """Yield every guide that can be read somewhere and has not ended."""
    shown = Guide.objects.filter(ended_on__isnull=True).exclude(url="")
    for guide in shown.select_related("point__city"):
        yield document_of(guide)


def is_found(guide: Guide) -> bool:
    """Test if the guide can be read somewhere and has not ended."""
    return bool(guide.url) and guide.ended_on is None


def document_of(guide: Guide) -> Document:
    """Return what is found of a guide: its title, in the languages it can be read in."""
    data = guide.title.data
    titles = data if isinstance(data, dict) else {"en": str(data)}
    other = next(filter(None, titles.values()), "")
    return Document(
        Sort.GUIDE,
        str(guide.pk),
        guide.url,
        tuple(
            Text(language, titles.get(language) or other)
            for language in dict.fromkeys(guide.languages)
            if len(language) <= 10
        ),
        city=guide.point.city,
        day=guide.published_on,
    )
