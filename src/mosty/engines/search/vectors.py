"""A document as PostgreSQL's tsvector: keys, where they stand, and how much they count."""

from collections import defaultdict
from collections.abc import Iterable

from mosty.engines.search.keys import keys
from mosty.engines.search.words import words

# PostgreSQL keeps no place beyond this, and 255 of a key.
LAST_PLACE = 16_383
MOST_PLACES = 255
# Between parts, so that no phrase spans two of them.
GAP = 10
TOPIC = "~"


def topic_key(code: str) -> str:
    """Return the key of a topic; no word has it."""
    return f"{TOPIC}{code}"


def vector(
    parts: Iterable[tuple[str, str]], topics: Iterable[str], language: str
) -> tuple[str, set[str]]:
    """
    Return the tsvector of ``parts`` and the words they are made of.

    Each part is a text and its weight, A to D; what counts more must come first, since
    what lies beyond the last place is left out. A key is letters and digits, a topic
    besides hyphens: neither needs escaping within quotes.
    """
    places: dict[str, dict[int, str]] = defaultdict(dict)
    seen: set[str] = set()
    first = 1
    for text, weight in parts:
        last = 0
        for word in words(text):
            place = first + word.place
            if place > LAST_PLACE:
                break
            last = max(last, word.place)
            found = keys(word.text, language)
            if found:
                seen.add(word.text)
            for key in found:
                if len(places[key]) < MOST_PLACES:
                    places[key].setdefault(place, weight)
        first += last + GAP
    said = [
        f"'{key}':" + ",".join(f"{place}{weight}" for place, weight in where.items())
        for key, where in places.items()
    ]
    said += [f"'{topic_key(code)}':{LAST_PLACE}B" for code in sorted({*topics})]
    return " ".join(said), seen
