"""
The words by which offices name units, levels, genders and languages.

Labels come from the models in every language of the site; the rest are the words that
stand in real lists. Nothing is guessed: what is not understood is an error of the row.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise

from mosty.directory.models import Department, Gender, Level
from mosty.kernel.names import fold

# Beginnings of folded words, per kind of unit. The order counts: what is found is
# taken out of the text, so that "ośrodek pomocy społecznej" is not also "pomoc
# społeczna", a field of policy.
_UNITS: Sequence[tuple[Department, str]] = (
    (
        Department.POLICE,
        r"straz\w* miejsk|straznik|(?:municipal|city) (?:police|guard)",
    ),
    (
        Department.ASSISTANT,
        r"asyst\w* \w*kultur\w*|(?:inter|cross) ?cultural assist\w*",
    ),
    (
        Department.SOCIAL_WORK,
        (
            r"(?:m|g|mg)op[sr]\b|[mp]cpr\b|osrod\w* pomocy (?:spolecz|rodzin)\w*"
            r"|centr\w* uslug spolecz\w*|prac\w* socjaln|social work|welfare cent"
        ),
    ),
    (
        Department.NGO,
        (
            r"ngo\w*|organizac\w* pozarzadow\w*|pozarzadow"
            r"|non ?governmental|civil society"
        ),
    ),
    (
        Department.INFORMATION,
        (
            r"polity\w* informac\w*|informac|komunikac\w* spolecz\w*|biur\w* prasow"
            r"|prasow|rzeczni|promoc|media\b|communication|press\b|information"
        ),
    ),
    (
        Department.EQUALITY,
        (
            r"rown\w* traktowan\w*|rownosc|rownego trakt|antydyskrym|dyskryminac"
            r"|praw\w* czlowiek|equal|discrimination|human rights"
        ),
    ),
    (Department.EDUCATION, r"eduk|oswiat|szkolnictw|szkol[ay]\b|education|school"),
    # "Kultura fizyczna" is sport.
    (Department.CULTURE, r"kultur(?!\w* fizycz)|dziedzictw|culture|heritage"),
    (
        Department.SOCIAL_POLICY,
        (
            r"polity\w* spolecz\w*|spraw\w* spolecz|pomoc\w* spolecz"
            r"|polity\w* senior|social polic|social affairs|social services"
        ),
    ),
)
_UNIT_PATTERNS = tuple((unit, re.compile(rf"\b(?:{words})")) for unit, words in _UNITS)
# Named besides a field of its own, integration says where, not what.
_OTHER = re.compile(r"\b(?:inn[aey]|integrac|migra|cudzoziem|other|integration)")

_LEVELS: Mapping[str, Sequence[str]] = {
    Level.SENIOR: (
        "kierownicze",
        "kierowniczy",
        "kierownik",
        "kierowniczka",
        "stanowisko kierownicze",
        "wyższe",
        "wyższy",
        "wyższy szczebel",
        "dyrektor",
        "dyrektorka",
        "zastępca dyrektora",
        "naczelnik",
        "kadra zarządzająca",
        "kadra kierownicza",
        "zarządcze",
        "senior",
        "senior level",
        "management",
        "director",
        "head",
    ),
    Level.MIDDLE: (
        "średni",
        "średnie",
        "średnia",
        "średni szczebel",
        "średniego szczebla",
        "szczebel średni",
        "kierownicze średniego szczebla",
        "główny specjalista",
        "główna specjalistka",
        "starszy specjalista",
        "starsza specjalistka",
        "koordynator",
        "koordynatorka",
        "middle",
        "mid",
        "mid-level",
        "medium",
    ),
    Level.JUNIOR: (
        "specjalista",
        "specjalistka",
        "młodszy specjalista",
        "młodsza specjalistka",
        "niższy",
        "niższe",
        "niższy szczebel",
        "podstawowy",
        "wykonawcze",
        "referent",
        "referentka",
        "podinspektor",
        "podinspektorka",
        "junior",
        "specialist",
        "entry",
    ),
}
_GENDERS: Mapping[str, Sequence[str]] = {
    Gender.WOMAN: ("K", "kobieta", "żeńska", "Ż", "woman", "female", "F", "W"),
    Gender.MAN: ("M", "mężczyzna", "męska", "man", "male"),
    Gender.OTHER: ("inna", "inne", "inna płeć", "other", "another", "X", "nb"),
    Gender.UNSTATED: (
        "nie podano",
        "nie podaję",
        "brak",
        "brak danych",
        "nieznana",
        "unstated",
        "unknown",
        "n/a",
    ),
}
_LANGUAGES: Mapping[str, Sequence[str]] = {
    "pl": ("polski", "polskim", "polska", "polish", "pol"),
    "en": ("angielski", "angielskim", "angielska", "english", "eng", "ang"),
}


@cache
def choices(key: str) -> Mapping[str, Sequence[object]]:
    """
    Return the answers of the column ``key`` with all their names, the label first.

    The first name is lazy, so that it is said in the language that is active.
    """
    given: Mapping[str, Sequence[str]]
    labels: Sequence[tuple[str, str | Promise]]
    match key:
        case "department":
            given, labels = {}, Department.choices
        case "level":
            given, labels = _LEVELS, Level.choices
        case "gender":
            given, labels = _GENDERS, Gender.choices
        case _:
            given, labels = _LANGUAGES, settings.LANGUAGES
    return {
        value: (label, *_translations(label), value, *given.get(value, ()))
        for value, label in labels
    }


def _translations(label: object) -> list[str]:
    """Return ``label`` in every language of the site."""
    found = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found.append(str(label))
    return found


@cache
def _names(key: str) -> Mapping[str, str]:
    """Return value by folded name, for the column ``key``."""
    return {
        fold(str(name)): value
        for value, names in reversed(list(choices(key).items()))
        for name in reversed(names[1:])
        if fold(str(name))
    }


def answer(key: str, text: str) -> str | None:
    """Return which answer ``text`` gives in the column ``key``, if any is understood."""
    folded = fold(text)
    found = _names(key).get(folded)
    if found is None and key == "department":
        units = units_in(text)
        return units[0] if len(units) == 1 else None
    return found


def units_in(text: str) -> list[str]:
    """Return every kind of unit that the name of an office's unit speaks of."""
    rest = fold(text)
    found: list[str] = []
    for unit, pattern in _UNIT_PATTERNS:
        rest, times = pattern.subn(" ", rest)
        if times:
            found.append(unit)
    if not found and _OTHER.search(rest):
        return [Department.OTHER]
    return found
