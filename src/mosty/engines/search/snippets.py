"""The passage of a text that answers best, with what matched told apart."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from mosty.engines.search.keys import keys
from mosty.engines.search.words import fold, words

WIDTH = 220
# How much of a text is looked through.
MOST = 12_000
# What stands after words, and is none.
_MARKS = '.,;:!?)”»"'


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a text; ``is_match``: they are what was sought."""

    text: str
    is_match: bool


def marked(text: str, sought: Collection[str], language: str) -> tuple[Piece, ...]:
    """Return ``text`` whole, cut at what matches."""
    return _cut(text, _matches(text, sought, language), 0, len(text))


def passage(
    text: str, sought: Collection[str], language: str, width: int = WIDTH
) -> tuple[Piece, ...]:
    """
    Return about ``width`` characters of ``text``, where most of ``sought`` stand.

    The first of equally good places; the beginning where nothing matches. Never cut
    within a word, unless a word is longer than the passage.
    """
    text = " ".join(text[:MOST].split())
    found = _matches(text, sought, language)
    start = _best(found, width)
    # Some words before the first match, to read it in.
    start = _word_start(text, max(0, start - width // 4)) if start else 0
    end = _word_end(text, start, min(len(text), start + width))
    pieces = _cut(text, found, start, end)
    before = (Piece("… ", is_match=False),) if start else ()
    after = (Piece(" …", is_match=False),) if end < len(text) else ()
    return (*before, *pieces, *after)


Match = tuple[int, int, frozenset[str]]


def _matches(text: str, sought: Collection[str], language: str) -> list[Match]:
    found: list[Match] = []
    # Looking a word up takes longer than seeing how it begins. Base forms that begin
    # otherwise (people, person) stay without a mark.
    begins = {key[:2] for key in sought}
    letters = {key[:1] for key in sought}
    at = 0
    for token in text.split(" "):
        if not _is_passed(token, letters):
            for word in words(token):
                if _beginning(word.text) not in begins:
                    continue
                hit = frozenset(keys(word.text, language)).intersection(sought)
                start = at + word.start
                # A whole compound comes after its parts, which may be marked already.
                if hit and (not found or start >= found[-1][1]):
                    found.append((start, at + word.end, hit))
        at += len(token) + 1
    return found


def _is_passed(token: str, letters: Collection[str]) -> bool:
    """Test if ``token`` is one plain word that begins with another letter."""
    return _letter(token[:1]) not in letters and token.rstrip(_MARKS).isalnum()


@lru_cache(maxsize=5_000)
def _letter(char: str) -> str:
    return fold(char)[:1]


@lru_cache(maxsize=50_000)
def _beginning(word: str) -> str:
    """Return the first letters of ``word``, plain; texts say the same words again."""
    return fold(word)[:2]


def _best(found: list[Match], width: int) -> int:
    best, start = 0, 0
    for number, (begin, _end, _hit) in enumerate(found):
        within: set[str] = set()
        for _begin, end, hit in found[number:]:
            if end - begin > width * 3 // 4:
                break
            within |= hit
        if len(within) > best:
            best, start = len(within), begin
    return start


def _word_start(text: str, at: int) -> int:
    space = text.rfind(" ", 0, at + 1)
    return space + 1 if space >= 0 else 0


def _word_end(text: str, start: int, at: int) -> int:
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", start, at + 1)
    return space if space > start else at


def _cut(text: str, found: list[Match], start: int, end: int) -> tuple[Piece, ...]:
    pieces = []
    at = start
    for begin, stop, _hit in found:
        if begin < at or stop > end:
            continue
        if begin > at:
            pieces.append(Piece(text[at:begin], is_match=False))
        pieces.append(Piece(text[begin:stop], is_match=True))
        at = stop
    if at < end:
        pieces.append(Piece(text[at:end], is_match=False))
    return tuple(pieces)
