"""
The keys by which words find each other: base form and word, each without its ending.

Base forms are simplemma's. Its frugal dictionaries of our six languages take about
100 MB in a process, a language only once it is needed.
"""

from collections.abc import Collection, Iterable
from functools import lru_cache

from simplemma import Lemmatizer
from simplemma import is_known as in_dictionary
from simplemma.strategies import DefaultStrategy

from mosty.engines.search.endings import LANGUAGES, stem
from mosty.engines.search.stops import STOPS
from mosty.engines.search.words import fold, words

_lemmatizer = Lemmatizer(
    cache_max_size=0, lemmatization_strategy=DefaultStrategy(low_memory=True)
)


@lru_cache(maxsize=200_000)
def keys(word: str, language: str) -> tuple[str, ...]:
    """
    Return the one or two keys of ``word``, in small letters, in ``language``.

    That of its base form is first. None of a word that says nothing ("of"); in another
    language than ours the word itself.
    """
    folded = fold(word)
    if not folded or folded in STOPS.get(language, ()):
        return ()
    if folded.isdecimal() or language not in STOPS:
        return (folded,)
    own = stem(folded, language)
    base = stem(fold(_lemmatizer.lemmatize(word, language)) or folded, language)
    return (base,) if base == own else (base, own)


def warm() -> None:
    """Load every dictionary: seconds that nobody who searches should wait."""
    for language in LANGUAGES:
        _lemmatizer.lemmatize("mosty", language)


@lru_cache(maxsize=20_000)
def is_word(word: str, language: str) -> bool:
    """Test if ``word`` is one of ``language``, in any form."""
    return fold(word) in STOPS[language] or any(
        in_dictionary(one, language, low_memory=True)
        for one in (word, word.capitalize())
    )


def spoken(asked: Iterable[str], also: Iterable[Collection[str]]) -> tuple[str, ...]:
    """
    Return the languages that know most of ``asked``; all where none knows any.

    ``also`` says of each word in which languages our own documents have it.
    """
    known = dict.fromkeys(LANGUAGES, 0)
    for word, others in zip(asked, also, strict=True):
        for language in LANGUAGES:
            known[language] += language in others or is_word(word, language)
    most = max(known.values())
    return tuple(language for language, n in known.items() if n == most)


def name_keys(name: str, language: str) -> tuple[str, ...]:
    """Return one key for each word of ``name`` that says something: of its base form."""
    return tuple(
        found[0]
        for word in words(name)
        if word.is_part and (found := keys(word.text, language))
    )
