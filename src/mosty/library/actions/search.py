"""
Keeping the index. Called by the action that publishes, in its transaction.

A document is found as soon as that transaction ends, and no longer once it is forgotten.
"""

import re
from collections.abc import Collection, Iterator

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from mosty.engines.search.vectors import vector
from mosty.engines.search.words import fold, visible
from mosty.kernel.locks import hold
from mosty.kernel.rows import batches
from mosty.library import sources
from mosty.library.models.search import KnownWord, SearchDocument, Sort
from mosty.library.queries.search.programmes import document_of, document_of_course
from mosty.library.sources import Document
from mosty.programmes.models import Programme

BATCH = 500
_LANGUAGE = re.compile(
    rf"^/(?:{'|'.join(re.escape(code) for code, _name in settings.LANGUAGES)})(?=/)"
)
_FIELDS = ("title", "summary", "body", "topics", "city", "day", "path")
_SET = (*_FIELDS, "reach", "course", "vector")


def index(document: Document) -> None:
    """
    Let ``document`` be found as it is now, in the languages it has now and no others.

    Within the transaction of the caller, which has asked who may publish.
    """
    _write([document], seen=set())
    SearchDocument.objects.filter(kind=document.kind, key=document.key).exclude(
        language__in=[text.language for text in document.texts]
    ).delete()


def forget(*, kind: Sort, key: str) -> None:
    """Let nobody find what stands under ``key`` any more."""
    SearchDocument.objects.filter(kind=kind, key=key).delete()


def programme_changed(programme: Programme) -> None:
    """Let a programme and its courses be found as the public sees them now."""
    SearchDocument.objects.filter(
        Q(kind=Sort.PROGRAMME, key=programme.slug)
        | Q(kind=Sort.COURSE, key__startswith=f"{programme.slug}/")
    ).delete()
    # As it stands in the database: whoever tells may hold an older one.
    for shown in Programme.objects.filter(pk=programme.pk, is_published=True):
        index(document_of(shown))
        for course in shown.courses.filter(is_published=True):
            index(document_of_course(course))


@transaction.atomic(durable=True)
def reindex(kind: Sort | None = None) -> int:
    """
    Make the index anew out of what the apps have, or that of one kind; return its size.

    What no app has any more is gone afterwards. Readers find the old until it ends.
    """
    written = 0
    seen: set[tuple[str, str]] = set()
    asked = _sources(kind)
    SearchDocument.objects.filter(kind__in=asked).delete()
    if kind is None:
        KnownWord.objects.all().delete()
    for source in asked.values():
        for some in batches(source(), BATCH):
            written += _write(some, seen)
    return written


def to_index(kind: Sort | None = None) -> int:
    """Return how many documents there are to index, each language counted."""
    return sum(
        len(document.texts)
        for source in _sources(kind).values()
        for document in source()
    )


def _sources(kind: Sort | None) -> dict[Sort, sources.Source]:
    return {
        one: source for one, source in sources.known().items() if kind in {None, one}
    }


def _write(documents: Collection[Document], seen: set[tuple[str, str]]) -> int:
    """Write rows and new words; ``seen`` holds the words that are known to be there."""
    rows = []
    found: set[tuple[str, str]] = set()
    for document in documents:
        for row, said in _rows(document):
            rows.append(row)
            found |= {(word, row.language) for word in said}
    SearchDocument.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["kind", "key", "language"],
        update_fields=_SET,
    )
    _learn(found - seen)
    seen |= found
    return len(rows)


def _rows(document: Document) -> Iterator[tuple[SearchDocument, set[str]]]:
    topics = sorted({*document.topics})
    for text in document.texts:
        title, summary, body = map(visible, (text.title, text.summary, text.body))
        city = str(document.city.short_name) if document.city else ""
        said, words = vector(
            [(title, "A"), (f"{summary}\n{city}", "B"), (body, "D")],
            topics,
            text.language,
        )
        yield (
            SearchDocument(
                kind=document.kind,
                key=document.key,
                language=text.language,
                title=title[:500],
                summary=summary,
                body=body,
                topics=topics,
                city=document.city,
                day=document.day,
                path=_LANGUAGE.sub("", document.url),
                reach=document.reach,
                course=document.course,
                vector=said,
            ),
            words,
        )


def _learn(said: set[tuple[str, str]]) -> None:
    """Keep the forms that are new; who adds some waits for others who do."""
    some = sorted({word for word, _language in said})
    there: set[tuple[str, str]] = set()
    for chunk in batches(some, 5_000):
        known = KnownWord.objects.filter(plain__in={fold(word) for word in chunk})
        there |= set(known.values_list("said", "language"))
    new = sorted(said - there)
    if not new:
        return
    # Two who add the same words in another order would wait for each other for ever.
    hold("library.known_words")
    KnownWord.objects.bulk_create(
        (KnownWord(said=word, plain=fold(word), language=code) for word, code in new),
        batch_size=2_000,
        ignore_conflicts=True,
    )
