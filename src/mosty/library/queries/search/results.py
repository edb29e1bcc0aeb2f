"""What the search page shows: rows with passages, filters with counts, what to try."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info, gettext_lazy

from mosty.accounts.policies import Viewer
from mosty.directory.models import Organisation
from mosty.engines.search.asked import Asked, parse
from mosty.engines.search.distance import forgiven
from mosty.engines.search.snippets import Piece, marked, passage
from mosty.engines.search.words import fold
from mosty.library import policies
from mosty.library.models import SearchDocument, Sort
from mosty.library.queries.search.answering import answer
from mosty.library.queries.search.concepts import Vocabulary
from mosty.library.queries.search.finding import (
    FACETS,
    Chosen,
    Found,
    Hit,
    find,
    topics_of,
)
from mosty.library.queries.search.lexicon import nearest
from mosty.library.queries.search.question import Known, Question, look_up, question
from mosty.ui.listing import SIZES, Listing, Pill, changed, page_count

LABELS: Mapping[str, str | Promise] = {
    "kind": gettext_lazy("Kind"),
    "language": gettext_lazy("Language"),
    "topic": gettext_lazy("Topic"),
    "city": gettext_lazy("City"),
}
ORDERS = ("best", "newest")
_WORD = re.compile(r"[a-z0-9-]{1,60}")
_KEY = re.compile(r"'([^'~]+)'")
# So many values can be chosen in one filter, and so many are shown before "more".
_MOST_CHOSEN = 50
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class City:
    """A city as addresses and readers name it."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter: how many documents it would leave, and whether it is on."""

    value: str
    label: str
    count: int
    is_on: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One filter with its values, those with most documents first."""

    name: str
    label: str
    options: tuple[Option, ...]
    # How many of them are there at first sight.
    shown: int = _SHOWN

    @property
    def first(self) -> tuple[Option, ...]:
        """Return the values that are there at first sight."""
        return self.options[: self.shown]

    @property
    def rest(self) -> tuple[Option, ...]:
        """Return the values that are shown when asked for."""
        return self.options[self.shown :]


@dataclass(frozen=True, slots=True)
class Row:
    """One document that was found."""

    title: tuple[Piece, ...]
    passage: tuple[Piece, ...]
    url: str
    kind: str
    language: str
    language_name: str
    city: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Link:
    """A question that may lead further."""

    label: str
    url: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Results:
    """The page."""

    text: str
    rows: Listing[Row]
    facets: tuple[Facet, ...]
    pills: tuple[Pill, ...]
    clear_url: str
    order: str
    is_relaxed: bool
    is_shortened: bool
    is_wordless: bool
    # (typed, sought instead)
    corrected: tuple[tuple[str, str], ...]
    elsewhere: tuple[Row, ...]
    languages_elsewhere: tuple[Link, ...]
    suggestions: tuple[Link, ...]
    topics: tuple[Link, ...]

    @property
    def has_filters(self) -> bool:
        """Test if anything narrows the list besides the words."""
        return bool(self.pills)


def results(user: Viewer, params: QueryDict) -> Results:
    """
    Return the page for what ``params`` ask, of what ``user`` may see.

    Three queries, whatever is found: words, the statement, names of cities. One more
    where a city is chosen; some more where nothing has all that was asked for.
    """
    among = policies.documents_visible_to(user)
    asked = parse(params.get("q", ""))
    known = look_up(asked)
    chosen, cities = _chosen(params)
    if not asked.text and not chosen.language:
        among = _each_once(among)
    order = "newest" if params.get("sort") == "newest" else "best"
    size = next((one for one in SIZES if str(one) == params.get("size")), SIZES[0])
    if asked.wordless:
        asking, found, page = question(asked, known), Found(), 1
    else:
        asking, found, page = _page(asked, known, among, chosen, params, size, order)
    cities |= _cities(found, cities)
    sought = _sought(asking)
    facets = tuple(_facets(found, chosen, cities, known.vocabulary))
    listing = Listing(
        rows=_rows(found.hits, cities, sought),
        total=found.total,
        page=page,
        size=size,
        sort=order,
        sorts=frozenset(ORDERS),
        params=params,
    )
    nothing = not found.total
    return Results(
        asked.text,
        listing,
        facets,
        tuple(_pills(facets, params)),
        changed(_only(params, "q", "sort", "size")),
        order,
        found.is_relaxed,
        asked.shortened,
        asked.wordless,
        asking.corrected,
        _rows(found.elsewhere, cities, sought),
        _languages_elsewhere(asking, found, params),
        tuple(_suggestions(asking, among)) if nothing else (),
        tuple(_topics(among, known.vocabulary)) if nothing else (),
    )


def _each_once(among: QuerySet[SearchDocument]) -> QuerySet[SearchDocument]:
    """
    Return each text once: in the reader's language, or in all others it has.

    For a list that was asked for without words, in which twins would stand side by side.
    """
    language = get_language() or settings.LANGUAGE_CODE
    mine = among.filter(kind=OuterRef("kind"), key=OuterRef("key"), language=language)
    return among.filter(Q(language=language) | ~Exists(mine))


def _page(
    asked: Asked,
    known: Known,
    among: QuerySet[SearchDocument],
    chosen: Chosen,
    params: QueryDict,
    size: int,
    order: str,
) -> tuple[Question, Found, int]:
    """Return the page asked for; the last one where there are not so many."""
    typed = params.get("page", "")
    page = int(typed) if typed.isdecimal() and 0 < len(typed) < 7 else 1
    page = max(page, 1)
    newest = order == "newest"

    def rows(number: int) -> slice:
        return slice((number - 1) * size, number * size)

    asking, found = answer(asked, known, among, chosen, rows=rows(page), newest=newest)
    last = page_count(found.total, size)
    if page > last:
        page = last
        found = find(
            asking,
            among,
            chosen,
            rows=rows(page),
            newest=newest,
            is_relaxed=found.is_relaxed,
        )
    return asking, found, page


def _chosen(params: QueryDict) -> tuple[Chosen, dict[int, City]]:
    """Return the filters that are on, and the chosen cities by their keys."""

    def values(name: str) -> list[str]:
        said = dict.fromkeys(params.getlist(name))
        return [one for one in said if _WORD.fullmatch(one)][:_MOST_CHOSEN]

    slugs = values("city")
    cities = _named(Organisation.objects.filter(slug__in=slugs)) if slugs else {}
    return (
        Chosen(
            tuple(one for one in values("kind") if one in Sort.values),
            tuple(values("language")),
            tuple(values("topic")),
            # A city that does not exist has no documents.
            tuple(cities) or ((0,) if slugs else ()),
        ),
        cities,
    )


def _cities(found: Found, known: Collection[int]) -> dict[int, City]:
    """Return the cities of documents and counts beside the ``known``; one query at most."""
    wanted = {int(key) for key in found.counts["city"]}
    wanted |= {
        one.city for one in (*found.hits, *found.elsewhere) if one.city is not None
    }
    wanted -= {*known}
    return _named(Organisation.objects.filter(pk__in=wanted)) if wanted else {}


def _named(rows: QuerySet[Organisation]) -> dict[int, City]:
    return {row.pk: City(row.slug, str(row)) for row in rows}


def _sought(asking: Question) -> frozenset[str]:
    """Return every key that may be marked."""
    terms = "".join(f"{node.wide}{node.elsewhere}" for node in asking.nodes)
    return asking.keys | frozenset(_KEY.findall(terms))


def _rows(
    hits: Iterable[Hit], cities: Mapping[int, City], sought: Collection[str]
) -> tuple[Row, ...]:
    # Asked for once: to be told the language of a thread takes a while.
    reader = get_language()
    return tuple(_row(hit, cities, sought, reader) for hit in hits)


def _row(
    hit: Hit,
    cities: Mapping[int, City],
    sought: Collection[str],
    reader: str | None,
) -> Row:
    city = None if hit.city is None else cities.get(hit.city)
    said = f"{hit.summary}\n{hit.body}".strip()
    return Row(
        marked(hit.title, sought, hit.language),
        passage(said, sought, hit.language),
        _address(hit.path, reader),
        _kind_name(hit.kind, reader),
        hit.language,
        _language_name(hit.language, reader),
        city.name if city else "",
        hit.day,
    )


@lru_cache(maxsize=1_000)
def _kind_name(kind: str, _reader: str | None) -> str:
    return str(capfirst(Sort(kind).label))


def _address(path: str, reader: str | None) -> str:
    """Return our address in the reader's language; another's as it is."""
    ours = path.startswith("/")
    return f"/{reader or settings.LANGUAGE_CODE}{path}" if ours else path


def language_name(code: str) -> str:
    """Return what a language is called in the reader's; its code, if nobody knows."""
    return _language_name(code, get_language())


# A page says these names for every row: each is put together once.
@lru_cache(maxsize=1_000)
def _language_name(code: str, _reader: str | None) -> str:
    try:
        return str(capfirst(get_language_info(code)["name_translated"]))
    except KeyError:
        return code


def _facets(
    found: Found, chosen: Chosen, cities: Mapping[int, City], vocabulary: Vocabulary
) -> Iterator[Facet]:
    # Value -> what stands in addresses, and what it is called.
    names: dict[str, dict[str, tuple[str, str]]] = {
        "kind": {one: (one, _kind_name(one, get_language())) for one in Sort.values},
        "topic": {
            code: (code, name)
            for code, name in _topic_names(
                vocabulary, {*found.counts["topic"], *chosen.topic}
            ).items()
        },
        "language": {
            code: (code, language_name(code))
            for code in {*found.counts["language"], *chosen.language}
        },
        "city": {f"{pk}": (city.slug, city.name) for pk, city in cities.items()},
    }
    for name in FACETS:
        on = {str(value) for value in getattr(chosen, name)}
        # What is on stays to be seen, and to be taken off, with nothing left in it.
        counts = {**dict.fromkeys(on, 0), **found.counts[name]}
        options = [
            Option(*names[name][value], count, value in on)
            for value, count in counts.items()
            if value in names[name]
        ]
        options.sort(key=lambda one: (not one.is_on, -one.count, one.label))
        if options:
            yield Facet(name, str(LABELS[name]), tuple(options))


def _topic_names(vocabulary: Vocabulary, codes: Collection[str]) -> dict[str, str]:
    """Return the preferred names of topics, in the reader's language or in English."""
    return vocabulary.topic_names(codes, get_language() or settings.LANGUAGE_CODE)


def _pills(facets: Iterable[Facet], params: QueryDict) -> Iterator[Pill]:
    for facet in facets:
        for option in facet.options:
            if option.is_on:
                rest = params.copy()
                values = [v for v in params.getlist(facet.name) if v != option.value]
                rest.setlist(facet.name, values)
                yield Pill(facet.label, option.label, changed(rest))


def _only(params: QueryDict, *names: str) -> QueryDict:
    kept = QueryDict(mutable=True)
    for name in names:
        if value := params.get(name):
            kept[name] = value
    return kept


def _languages_elsewhere(
    asking: Question, found: Found, params: QueryDict
) -> tuple[Link, ...]:
    """Return the other languages in which something was found by the thesaurus."""
    if not found.elsewhere:
        return ()
    return tuple(
        Link(language_name(code), changed(params, language=code), count)
        for code, count in sorted(
            found.counts["language"].items(), key=lambda one: (-one[1], one[0])
        )
        if code not in asking.languages
    )


def _suggestions(asking: Question, among: QuerySet[SearchDocument]) -> Iterator[Link]:
    """Yield what may have been meant: words that are a little further away."""
    done = {typed for typed, _sought in asking.corrected}
    for one in asking.asked.words[:6]:
        if one in done or len(fold(one)) < 4:
            continue
        _keys, best = nearest(one, among, forgiven(fold(one)) + 1)
        if best and fold(best) != fold(one):
            text = re.sub(
                re.escape(one), best, asking.asked.text, count=1, flags=re.IGNORECASE
            )
            query = QueryDict(mutable=True)
            query["q"] = text
            yield Link(text, f"?{query.urlencode()}")


def _topics(among: QuerySet[SearchDocument], vocabulary: Vocabulary) -> Iterator[Link]:
    """Yield the topics that there are documents of, for whoever found nothing."""
    counts = topics_of(among)
    names = _topic_names(vocabulary, counts)
    for code, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))[
        :_SHOWN
    ]:
        if code in names:
            yield Link(names[code], f"?topic={code}", count)
