"""What a cell may say: codes and their names in all languages, as lists held on a day."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from django.db.models import Q
from django.utils.translation import get_language

from mosty.infopoint.models import Code, Kind, Point, Returning
from mosty.kernel.languages import EVERYONE
from mosty.kernel.names import fold

_LIKE = 0.6
_MOST_NEAR = 3
# Letters by which offices say who came.
_SHORT: Mapping[tuple[str, str], Sequence[str]] = {
    (Kind.SEX, "female"): ("k", "f", "ж"),
    (Kind.SEX, "male"): ("m", "м", "ч"),
}
YES = frozenset(
    map(fold, ("tak", "t", "yes", "y", "true", "1", "x", "так", "да"))
)  # fmt: skip
NO = frozenset(
    map(fold, ("nie", "n", "no", "false", "0", "ні", "не", "нет"))
)  # fmt: skip
RETURNING_WORDS = {
    fold(word): str(value)
    for value, words in {
        Returning.NEW: (
            "new", "first time", "first", "nowy", "nowa", "nowa osoba", "pierwszy raz",
            "po raz pierwszy", "pierwsza wizyta", "вперше", "уперше", "упершыню",
            "впервые", "новый",
        ),
        Returning.RETURNING: (
            "returning", "has been here before", "repeat", "powracający", "powracająca",
            "ponownie", "kolejny raz", "kolejna wizyta", "był/a tu wcześniej",
            "повторно", "вже був", "зноў", "паўторна", "снова",
        ),
        Returning.UNKNOWN: (
            "unknown", "not known", "nie wiadomo", "brak danych", "невідомо", "невядома",
            "неизвестно",
        ),
    }.items()
    for word in words
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """One code with the days on which it holds."""

    pk: int
    code: str
    label: str
    since: date | None
    until: date | None
    is_own: bool

    def holds_on(self, day: date) -> bool:
        """Test if it is on the list of ``day``."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


class Lists:
    """The lists that a point's records may speak from: the city's own and the common."""

    def __init__(self, rows: Sequence[tuple[str, Known, Sequence[str]]]) -> None:
        self._codes: defaultdict[str, list[Known]] = defaultdict(list)
        self._by_code: defaultdict[tuple[str, str], list[Known]] = defaultdict(list)
        self._by_name: defaultdict[tuple[str, str], list[Known]] = defaultdict(list)
        self._words: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for kind, known, names in rows:
            self._codes[kind].append(known)
            code = fold(known.code)
            self._by_code[kind, code].append(known)
            for word in {fold(name) for name in names} - {"", code}:
                self._by_name[kind, word].append(known)
            for word in (code, *map(fold, names)):
                self._words[kind].setdefault(word)

    def named(self, kind: str, text: str) -> list[Known]:
        """Return every code that ``text`` names on any day: as itself, else by a name."""
        word = fold(text)
        return self._by_code.get((kind, word)) or self._by_name.get((kind, word), [])

    def find(self, kind: str, text: str, day: date) -> Known | None:
        """
        Return the code that ``text`` names on ``day``; None if there is none, or several.

        A city's own stands before a common one.
        """
        held = [known for known in self.named(kind, text) if known.holds_on(day)]
        own = [known for known in held if known.is_own]
        held = own or held
        return held[0] if len(held) == 1 else None

    def near(self, kind: str, text: str, day: date | None) -> list[str]:
        """Return the labels that are most like ``text``, of codes that hold on ``day``."""
        wanted = fold(text)[:100]
        known = self._words[kind]
        # "pobyt" is part of a longer name, though it is little like the whole of it.
        within = [word for word in known if len(wanted) > 2 and wanted in word]
        alike = get_close_matches(wanted, known, n=_MOST_NEAR * 3, cutoff=_LIKE)
        words = [*within, *alike]
        found = dict.fromkeys(
            known.label
            for word in words
            for known in self.named(kind, word)
            if day is None or known.holds_on(day)
        )
        return list(found)[:_MOST_NEAR]

    def offered(self, kind: str) -> list[Known]:
        """Return the codes of a list: the city's own where it has one, else the common."""
        codes = self._codes[kind]
        return [known for known in codes if known.is_own] or codes


def lists_of(point: Point) -> Lists:
    """Return the lists of a point, with names in the active language; one query."""
    language = get_language() or "en"
    rows = (
        Code.objects.filter(Q(owner__isnull=True) | Q(owner=point.city_id))
        .order_by("kind", "order", "code")
        .values_list("kind", "pk", "code", "label", "since", "until", "owner")
    )
    return Lists(
        [
            (
                kind,
                Known(
                    pk,
                    code,
                    label.localize(language),
                    since,
                    until,
                    owner is not None,
                ),
                [*_names(label), *_SHORT.get((kind, code), ())],
            )
            for kind, pk, code, label, since, until, owner in rows
        ]
    )


def _names(label: object) -> Iterator[str]:
    data = getattr(label, "data", label)
    if isinstance(data, dict):
        yield from (str(data[language]) for language in EVERYONE if data.get(language))
    else:
        yield str(data)
