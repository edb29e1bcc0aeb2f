"""
Forms in which Polish writes a city's name after "Urząd Miasta" and "Urząd Miejski w".

Works on folded names (without diacritics) and makes more forms than the language has,
never one that is another city's: a form that two cities share names neither.
"""

from collections.abc import Iterator
from itertools import islice, product

# Last letters of a word -> what stands in their place in genitive and locative. The
# longest ending that fits counts.
_ENDINGS = {
    "a": ("y", "i", "ie", "e", "ej"),
    "ca": ("cy", "ci"),
    "da": ("dy", "dzie", "dej"),
    "ga": ("gi", "dze", "giej"),
    "ia": ("i", "iej", "ii"),
    "ka": ("ki", "ce", "kiej"),
    "la": ("ly", "li", "le", "lej"),
    "ra": ("ry", "rze", "rej"),
    "ta": ("ty", "cie", "tej"),
    "o": ("a", "ie", "u", "ego", "ym"),
    "to": ("ta", "cie", "tu"),
    "e": ("", "ach", "a", "u", "ego", "em", "ych", "ich"),
    "ce": ("c", "cach", "ec", "ca", "cu"),
    "ie": ("", "iach", "ia", "iu", "iego", "iem", "ich"),
    "y": ("ow", "", "ach", "ego", "ym", "ej"),
    "i": ("", "ow", "ach", "iego", "im"),
    "ec": ("ca", "cu"),
    "iec": ("ca", "cu", "zca", "zcu"),
    "ek": ("ka", "ku"),
    "t": ("ta", "tu", "cie"),
    "d": ("du", "da", "dzie"),
    "r": ("ra", "ru", "rza", "rzu", "rze"),
    "": ("a", "ia", "u", "ie", "iu", "i", "y"),
}
_IRREGULAR = {
    "bialystok": ("bialegostoku", "bialymstoku"),
    "krasnystaw": ("krasnegostawu", "krasnymstawie"),
    "wysokie": ("wysokiego", "wysokiem"),
    "zdroj": ("zdroju", "zdroj"),
}
# Names of more words than this have no forms worth listing.
_MOST_FORMS = 2_000


def forms(name: str) -> Iterator[str]:
    """Yield ``name``, which is folded, in the cases that follow an office's name."""
    words = [[word, *_word_forms(word)] for word in name.split()]
    for parts in islice(product(*words), 1, _MOST_FORMS):
        yield " ".join(parts)


def _word_forms(word: str) -> Iterator[str]:
    if word in _IRREGULAR:
        yield from _IRREGULAR[word]
        return
    for length in (3, 2, 1, 0):
        ending = word[len(word) - length :]
        if ending in _ENDINGS and len(word) > length + 1:
            stem = word.removesuffix(ending)
            yield from (stem + replaced for replaced in _ENDINGS[ending])
            return
