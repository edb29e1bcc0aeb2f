"""What somebody asked for: words and phrases, out of any text she may have typed."""

import re
from dataclasses import dataclass

from mosty.engines.search.words import visible, words

# Questions are short; whoever pastes a page is told that only its beginning counts.
MOST_CHARACTERS = 300
MOST_WORDS = 24
_OPENS = '"„“«”'
_CLOSES = {'"': '"', "„": '”“"', "“": '”"', "«": "»", "”": "”"}
_LINES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in its parts: each one word, or a phrase of several in that order."""

    text: str
    parts: tuple[tuple[str, ...], ...]
    # Only its beginning was read.
    shortened: bool = False
    # Something was typed, and no word was in it.
    wordless: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """Return the words of all parts."""
        return tuple(word for part in self.parts for word in part)


def parse(typed: str) -> Asked:
    """Return what ``typed`` asks for. Any text is an answer; none is an error."""
    whole = _LINES.sub(" ", visible(typed)).strip()
    text = whole[:MOST_CHARACTERS]
    if len(whole) > MOST_CHARACTERS:
        # Not in the middle of a word.
        text = text.rpartition(" ")[0] or text
    parts: list[tuple[str, ...]] = []
    for piece, is_phrase in _pieces(text):
        said = _simple(piece)
        parts += [tuple(said)] if is_phrase and said else [(word,) for word in said]
    kept: list[tuple[str, ...]] = []
    room = MOST_WORDS
    for part in parts:
        if room:
            kept.append(part[:room])
            room -= len(kept[-1])
    return Asked(
        text,
        tuple(kept),
        shortened=text != whole or sum(map(len, kept)) < sum(map(len, parts)),
        wordless=bool(whole) and not kept,
    )


def _pieces(text: str) -> list[tuple[str, bool]]:
    """Return the text cut at quotation marks; one that is never closed is no mark."""
    found: list[tuple[str, bool]] = []
    plain = 0
    at = 0
    while at < len(text):
        if text[at] in _OPENS:
            ends = [text.find(close, at + 1) for close in _CLOSES[text[at]]]
            closed = min((end for end in ends if end > at), default=0)
            if closed:
                found += [(text[plain:at], False), (text[at + 1 : closed], True)]
                at = plain = closed + 1
                continue
        at += 1
    return [*found, (text[plain:], False)]


def _simple(piece: str) -> list[str]:
    """Return the words of a piece; of compounds the parts."""
    return [word.text for word in words(piece) if word.is_part and word.text]
