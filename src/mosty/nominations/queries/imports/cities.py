"""Which city a cell means: by slug, name in any language, office's name or TERC code."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches

from mosty.directory.models import Organisation, TerritoryCode
from mosty.kernel.names import fold
from mosty.nominations.models import Call
from mosty.nominations.queries import participants
from mosty.nominations.queries.imports.declension import forms

# What stands around a city's own name in the names of its authority.
_AROUND = frozenset(
    [
        "miasto",
        "miasta",
        "gmina",
        "gminy",
        "gminie",
        "miejska",
        "miejski",
        "miejskiej",
        "miejskiego",
        "urzad",
        "urzedu",
        "um",
        "ug",
        "umig",
        "wladze",
        "prezydent",
        "prezydenta",
        "samorzad",
        "w",
        "we",
        "na",
        "prawach",
        "powiatu",
        "m",
        "st",
        "stoleczne",
        "stolecznego",
        "the",
        "city",
        "town",
        "municipality",
        "of",
        "hall",
        "council",
        "office",
    ]
)
_TERC = re.compile(r"\d{6,7}")


@dataclass(frozen=True, slots=True)
class City:
    """A city authority, as an import needs it."""

    pk: int
    slug: str
    name: str
    takes_part: bool


@dataclass(slots=True)
class Cities:
    """The city authorities that the directory knows, found by what a cell says."""

    by_pk: dict[int, City]
    names: dict[str, set[int]]
    terc: dict[str, set[int]]
    _inflected: dict[str, set[int]] = field(default_factory=dict)
    _found: dict[str, City | None] = field(default_factory=dict)

    def find(self, text: str) -> City | None:
        """Return the one city that ``text`` means."""
        if text not in self._found:
            self._found[text] = self._find(text)
        return self._found[text]

    def nearest(self, text: str) -> City | None:
        """Return the city that takes part and whose name is closest to ``text``."""
        names = {
            name: pks
            for name, pks in self.names.items()
            if any(self.by_pk[pk].takes_part for pk in pks)
        }
        for name in (_bare(fold(text)[:100]), fold(text)[:100]):
            near = get_close_matches(name, names, n=1, cutoff=0.6)
            if near:
                return self.by_pk[min(names[near[0]])]
        return None

    def _find(self, text: str) -> City | None:
        folded = fold(text)
        if _TERC.fullmatch(folded):
            return self._only(self._with_code(folded))
        bare = _bare(folded)
        for name in (folded, bare):
            if name in self.names:
                return self._only(self.names[name])
        if not self._inflected:
            self._inflect()
        return self._only(self._inflected.get(bare, set()))

    def _with_code(self, digits: str) -> set[int]:
        # Six digits are a code without its kind, or one whose first zero a
        # spreadsheet program has dropped.
        exact = self.terc.get(digits, set())
        return exact or self.terc.get(f"0{digits}", set())

    def _only(self, found: set[int]) -> City | None:
        return self.by_pk[next(iter(found))] if len(found) == 1 else None

    def _inflect(self) -> None:
        inflected: defaultdict[str, set[int]] = defaultdict(set)
        for name, pks in self.names.items():
            for form in forms(name):
                inflected[form] |= pks
        self._inflected = dict(inflected)


def _bare(folded: str) -> str:
    """Return a folded name without the words of the office around it."""
    words = folded.split()
    while len(words) > 1 and words[0] in _AROUND:
        words.pop(0)
    while len(words) > 1 and words[-1] in _AROUND:
        words.pop()
    return " ".join(words)


def cities_of(call: Call) -> Cities:
    """Return the directory's cities, those that take part in ``call`` marked; four queries."""
    part = set(participants.for_call(call).values_list("pk", flat=True))
    names: defaultdict[str, set[int]] = defaultdict(set)
    by_territory: dict[int, int] = {}
    by_pk: dict[int, City] = {}
    for organisation in Organisation.objects.filter(
        kind=Organisation.Kind.CITY
    ).select_related("territory"):
        pk = organisation.pk
        by_pk[pk] = City(
            pk, organisation.slug, str(organisation.short_name), pk in part
        )
        for name in _names(organisation):
            names[name].add(pk)
        if organisation.territory_id is not None:
            by_territory[organisation.territory_id] = pk
    terc: defaultdict[str, set[int]] = defaultdict(set)
    codes = TerritoryCode.objects.filter(
        system=TerritoryCode.System.TERC, territory__in=by_territory
    ).values_list("territory_id", "code")
    for territory, code in codes:
        for known in (code, code[:6]):
            terc[known].add(by_territory[territory])
    return Cities(by_pk, dict(names), dict(terc))


def _names(organisation: Organisation) -> Iterator[str]:
    """Yield every name of a city authority, folded, with and without the office."""
    texts: list[object] = [organisation.slug]
    texts += _languages(organisation.short_name)
    texts += _languages(organisation.name)
    if organisation.territory is not None:
        texts += _languages(organisation.territory.name)
    for text in texts:
        folded = fold(str(text))
        if folded:
            yield folded
            yield _bare(folded)


def _languages(value: object) -> Iterable[object]:
    """Return a translated field's text in each of its languages."""
    data = getattr(value, "data", value)
    return data.values() if isinstance(data, dict) else [data]
