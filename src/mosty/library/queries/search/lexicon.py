"""Which words our documents have, for what is typed without marks or with slips."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from mosty.engines.search.distance import forgiven, slips
from mosty.engines.search.keys import keys
from mosty.engines.search.words import fold
from mosty.library.models import SearchDocument

# Word -> its forms with marks, and the languages they are of.
Forms = Mapping[str, list[tuple[str, str]]]
_ALIKE = 60
_MOST = 8


def written(words: Collection[str]) -> tuple[Forms, UUID | None]:
    """
    Return how our documents write ``words``, marks and all, and the vocabulary's stamp.

    One query for both: each question asks for both.
    """
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    stamp = None
    with connection.cursor() as cursor:
        cursor.execute(
            "select null, stamp::text, null from library_vocabularystamp union all"
            " select plain, said, language from library_knownword"
            " where plain = any(%s)",
            [[*{fold(word) for word in words}]],
        )
        for plain, said, language in cursor.fetchall():
            if plain is None:
                stamp = UUID(said)
            else:
                found[plain].append((said, language))
    return found, stamp


def present(terms: Collection[str], among: QuerySet[SearchDocument]) -> set[str]:
    """Return those of ``terms`` that some document of ``among`` has; one query."""
    if not terms:
        return set()
    inner, given = among.order_by().values("vector").query.sql_with_params()
    with connection.cursor() as cursor:
        # Django's own SQL; every value is a parameter.
        there = f"exists (select from ({inner}) seen where vector @@ term::tsquery)"
        cursor.execute(
            f"select term from unnest(%s::text[]) term where {there}",  # noqa: S608 - see above
            [[*terms], *given],
        )
        return {term for (term,) in cursor.fetchall()}


def alike(word: str, most: int | None = None) -> list[tuple[int, str, str]]:
    """
    Return (slips, form, language) of our words that differ from ``word`` by few slips.

    The nearest first; ``most`` slips, or as many as are forgiven; one query.
    """
    plain = fold(word)
    most = forgiven(plain) if most is None else most
    if not most:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "select plain, said, language from library_knownword"
            " where plain %% %s and length(plain) between %s and %s"
            " order by similarity(plain, %s) desc, plain, said, language limit %s",
            [plain, len(plain) - most, len(plain) + most, plain, _ALIKE],
        )
        rows = cursor.fetchall()
    found = [
        (distance, said, language)
        for known, said, language in rows
        if (distance := slips(plain, known, most)) <= most
    ]
    return sorted(found)


def nearest(
    word: str, among: QuerySet[SearchDocument], most: int | None = None
) -> tuple[set[str], str]:
    """
    Return the keys of our nearest words that ``among`` has, and the best of the words.

    Nothing of a word that only documents have which the reader may not see.
    """
    found = alike(word, most)[: 3 * _MOST]
    by_form = {(said, code): keys(said, code) for _slips, said, code in found}
    there = present({f"'{key}'" for some in by_form.values() for key in some}, among)
    kept: set[str] = set()
    best = ""
    fewest = None
    for distance, said, code in found:
        seen = {key for key in by_form[said, code] if f"'{key}'" in there}
        if not seen or (fewest is not None and distance > fewest):
            continue
        fewest, best = distance, best or said
        kept |= seen
    return kept, best


def restored(word: str, forms: Forms, languages: Iterable[str]) -> set[str]:
    """Return the keys of ``word`` as our documents write it, in ``languages``."""
    wanted = {*languages}
    return {
        key
        for said, code in forms.get(fold(word), ())
        if code in wanted
        for key in keys(said, code)
    }
