"""
Change between two surveys of a course, of people who gave the same sign in both.

A change is shown from the least number of pairs on, and only if no combination with what
else is shown of the course rests on fewer answers: not even by subtraction.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mosty.engines.feedback.gives_away import Row, gives_away
from mosty.engines.feedback.student import change
from mosty.evaluation.questions import Content, Kind
from mosty.evaluation.results.counting import score_of

SCORE = "score"


@dataclass(frozen=True, slots=True)
class Round:
    """One survey's answers with their signs, and what of its questions is shown."""

    code: str
    content: Content
    # Sign (None: none given) and closed answers.
    rows: Sequence[tuple[bytes | None, Mapping[str, Any]]]
    shown: frozenset[str]

    def values(self, key: str) -> dict[int, float]:
        """Return the numbers that were answered to ``key``, by place in ``rows``."""
        if key == SCORE:
            return {
                at: float(score_of(self.content, answers))
                for at, (_sign, answers) in enumerate(self.rows)
            }
        return {
            at: float(answers[key])
            for at, (_sign, answers) in enumerate(self.rows)
            if key in answers
        }

    def places(self) -> dict[bytes, int]:
        """Return where each sign stands that stands there once."""
        often = Counter(sign for sign, _answers in self.rows)
        return {
            sign: at
            for at, (sign, _answers) in enumerate(self.rows)
            if sign is not None and often[sign] == 1
        }


def changes(
    first: Round, later: Sequence[Round], *, minimum: int
) -> dict[str, list[dict[str, Any]]]:
    """
    Return, for each round after ``first``, what changed since, question by question.

    ``later`` stands in the order in which the rounds were closed: what was shown of an
    earlier one stays shown, and a later one is hidden where both together gave too
    much away. The last is the one that is closed now.
    """
    found: dict[str, list[dict[str, Any]]] = {one.code: [] for one in later}
    for key in _keys(first, later):
        rows: list[Row] = list(_totals(key, [first, *later]))
        for one in later:
            if not _comparable(key, first.content, one.content):
                continue
            line, row = _line(key, first, one, minimum)
            if row is not None and not gives_away([*rows, row], minimum):
                rows.append(row)
                found[one.code].append(line)
            else:
                found[one.code].append({"key": key, "shown": False})
    return found


def _keys(first: Round, later: Sequence[Round]) -> list[str]:
    keys = [
        question.key
        for question in first.content.questions
        if question.kind == Kind.SCALE
    ]
    return [*keys, *([SCORE] if first.content.is_test and later else [])]


def _comparable(key: str, first: Content, later: Content) -> bool:
    """Test if both rounds asked the same: a scale of the same steps, the same test."""
    if key == SCORE:
        return _right(first) == _right(later)
    return (one := _scale(key, first)) is not None and one == _scale(key, later)


def _scale(key: str, content: Content) -> tuple[int, int] | None:
    for question in content.questions:
        if question.key == key and question.kind == Kind.SCALE:
            return question.least, question.most
    return None


def _right(content: Content) -> dict[str, frozenset[str]]:
    return {
        question.key: question.right for question in content.questions if question.right
    }


def _totals(key: str, rounds: Sequence[Round]) -> Iterator[Row]:
    """Yield what the rounds' own results show of ``key``: a sum of all its answers."""
    for one in rounds:
        if key in one.shown:
            yield {(one.code, at): 1 for at in one.values(key)}


def _line(
    key: str, first: Round, later: Round, minimum: int
) -> tuple[dict[str, Any], Row | None]:
    before, after = first.values(key), later.values(key)
    there, here = first.places(), later.places()
    pairs = [
        (there[sign], here[sign])
        for sign in there
        if sign in here and there[sign] in before and here[sign] in after
    ]
    if len(pairs) < minimum:
        return {}, None
    moved = change([(before[b], after[a]) for b, a in pairs])
    if moved.low == moved.high:
        # All changed by the same: then everybody's change would be known.
        return {}, None
    row: Row = {
        **{(first.code, b): -1 for b, _a in pairs},
        **{(later.code, a): 1 for _b, a in pairs},
    }
    line = {
        "key": key,
        "shown": True,
        "n": moved.n,
        "mean": moved.mean,
        "low": moved.low,
        "high": moved.high,
    }
    return line, row
