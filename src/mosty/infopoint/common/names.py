"""
The long lists: languages (ISO 639-1) and countries of citizenship (ISO 3166-1 alpha-3).

Their names are those of Unicode's CLDR, as Babel carries it.
"""

from collections.abc import Iterator

from babel import Locale
from babel.core import get_global

from mosty.infopoint.common.words import ENTRIES, Entry
from mosty.kernel.languages import EVERYONE

# What points are asked in most stands first; the rest by its code.
FIRST_LANGUAGES = ("pl", "uk", "ru", "be", "en")
FIRST_COUNTRIES = ("ukr", "blr", "rus", "geo", "ind")
STATELESS = ("bez obywatelstwa", "stateless", "без громадянства", "без грамадзянства", "без гражданства")  # fmt: skip
# Nobody's citizenship: ice, islands without people, and CLDR's own signs.
NOBODYS = {
    "asc", "ata", "atf", "bvt", "cpt", "dga", "hmd", "iot", "quu", "sgs", "taa", "umi",
    "xaa", "xbb", "zzz",
}  # fmt: skip
# Of countries that are no more. CLDR reads them as those that came after, so that one
# name would stand twice, and one country's people be counted in two rows.
FORMER = {"bur", "ddr", "fxx", "tmp", "ymd", "zar"}
UNKNOWN = ("nie wiadomo", "not known", "невідомо", "невядома", "неизвестно")


def entries() -> Iterator[Entry]:
    """Yield the whole common list, each kind in its order."""
    yield from ENTRIES
    locales = [Locale(code) for code in EVERYONE]
    spoken = [code for code in map(str, locales[1].languages) if len(code) == 2]
    for code in _ordered(spoken, FIRST_LANGUAGES):
        yield Entry("language", code, _names(locales, "languages", code))
    countries = _countries()
    for code in _ordered(list(countries), FIRST_COUNTRIES):
        yield Entry(
            "nationality", code, _names(locales, "territories", countries[code])
        )
    yield Entry("nationality", "xxa", STATELESS)
    yield Entry("nationality", "xxx", UNKNOWN)


def _countries() -> dict[str, str]:
    """Return the two letters by which CLDR names each country, by its three."""
    names = Locale("en").territories
    return {
        three.lower(): two[0]
        for three, two in get_global("territory_aliases").items()
        if len(three) == 3
        and three.isalpha()
        and len(two) == 1
        and len(two[0]) == 2
        and two[0] in names
        and three.lower() not in NOBODYS | FORMER
    }


def _names(
    locales: list[Locale], what: str, code: str
) -> tuple[str, str, str, str, str]:
    english = getattr(locales[1], what)[code]
    # Where CLDR knows no name, the English one says more than a code.
    pl, en, uk, be, ru = (getattr(one, what).get(code, english) for one in locales)
    return (pl, en, uk, be, ru)


def _ordered(codes: list[str], first: tuple[str, ...]) -> list[str]:
    return [*first, *sorted(set(codes) - set(first))]
