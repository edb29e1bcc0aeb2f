"""Public programmes and their courses, as the search finds them."""

from collections.abc import Iterator

from django.urls import reverse
from i18nfield.strings import LazyI18nString

from mosty.library.models import Sort
from mosty.library.sources import Document, Text
from mosty.programmes.models import Course, Programme


def programmes() -> Iterator[Document]:
    """Yield every public programme."""
    for programme in Programme.objects.filter(is_published=True):
        yield document_of(programme)


def courses() -> Iterator[Document]:
    """Yield every public course."""
    shown = Course.objects.filter(is_published=True, programme__is_published=True)
    for course in shown.select_related("programme"):
        yield document_of_course(course)


def document_of(programme: Programme) -> Document:
    """Return what is found of a programme."""
    return Document(
        Sort.PROGRAMME,
        programme.slug,
        reverse("public:programme", args=[programme.slug]),
        _texts(programme.name, programme.summary),
        day=programme.starts_on,
    )


def document_of_course(course: Course) -> Document:
    """Return what is found of a course."""
    return Document(
        Sort.COURSE,
        key_of(course),
        reverse("public:course", args=[course.programme.slug, course.slug]),
        _texts(course.title, course.summary),
        day=course.starts_on,
    )


def key_of(course: Course) -> str:
    """Return what names a course among all."""
    return f"{course.programme.slug}/{course.slug}"


def _texts(title: object, summary: object) -> tuple[Text, ...]:
    titles, summaries = _said(title), _said(summary)
    return tuple(
        Text(language, said, summaries.get(language, ""))
        for language, said in titles.items()
    )


def _said(text: object) -> dict[str, str]:
    """Return a translated text by language, without what is empty."""
    data = text.data if isinstance(text, LazyI18nString) else text
    found = data if isinstance(data, dict) else {"en": str(data or "")}
    return {code: said for code, said in found.items() if said}
