"""
What a question becomes: terms of PostgreSQL's tsquery.

A key is letters and digits, a topic's besides them hyphens and a tilde; within single
quotes none of them means anything else.
"""

from collections.abc import Collection, Iterable, Sequence

Keys = Collection[str]


def any_of(terms: Iterable[str]) -> str:
    """Return a term that holds where one of ``terms`` does; empty without any."""
    kept = [*dict.fromkeys(term for term in terms if term)]
    return kept[0] if len(kept) == 1 else f"({'|'.join(kept)})" if kept else ""


def all_of(terms: Iterable[str]) -> str:
    """Return a term that holds where all of ``terms`` do; empty without any."""
    kept = [*dict.fromkeys(term for term in terms if term)]
    return kept[0] if len(kept) == 1 else f"({'&'.join(kept)})" if kept else ""


def word(keys: Keys) -> str:
    """Return a term for a word: any of its keys."""
    return any_of(f"'{key}'" for key in keys)


def phrase(words: Sequence[Keys]) -> str:
    """
    Return a term for words one after another; words that say nothing leave a gap.

    Those at either end are left out.
    """
    found = ""
    gap = 1
    for keys in words:
        if not keys:
            gap += 1
        elif not found:
            found, gap = word(keys), 1
        else:
            found, gap = f"{found}<{gap}>{word(keys)}", 1
    return f"({found})" if "<" in found else found
