"""
Answers counted question by question, and what of it is never shown.

A question is shown from the survey's least number of answers on, and only if not all
gave the same answer: then everybody's answer would be known. It is shown all the same
where as many people did not answer as must have answered, for nobody knows who they are.
"""

import random
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mosty.evaluation.questions import Content, Kind, Question
from mosty.evaluation.questions.schema import CHOICES, CLOSED, WRITTEN

# The order of what people wrote must not be the order in which they did.
_shuffled = random.SystemRandom()


@dataclass(frozen=True, slots=True)
class Given:
    """What came in: closed answers by person, and what was written, without persons."""

    answers: Sequence[Mapping[str, Any]]
    said: Mapping[str, Sequence[str]] = field(default_factory=dict)


def counted(
    content: Content, given: Given, *, minimum: int, participants: int
) -> dict[str, Any]:
    """Return what is stored of a survey: nothing that may not be shown is in it."""
    hidden = len(given.answers) < minimum
    questions = [
        _hidden(question)
        if hidden
        else _question(question, given, minimum=minimum, participants=participants)
        for question in content.questions
        if question.kind != Kind.NOTE
    ]
    return {
        "questions": questions,
        "score": _score(content, given.answers, questions),
    }


def _hidden(question: Question) -> dict[str, Any]:
    return {"key": question.key, "shown": False}


def _question(
    question: Question, given: Given, *, minimum: int, participants: int
) -> dict[str, Any]:
    if question.kind in WRITTEN:
        texts = list(given.said.get(question.key, ()))
        if len(texts) < minimum:
            return _hidden(question)
        _shuffled.shuffle(texts)
        return {
            "key": question.key,
            "shown": True,
            "n": len(texts),
            "texts": texts,
        }
    values = answers_to(question, given.answers)
    alike = len({_comparable(value) for value in values}) < 2
    known = alike and participants - len(values) < minimum
    if len(values) < minimum or known or _one_outweighs(question, values):
        return _hidden(question)
    shown: dict[str, Any] = {"key": question.key, "shown": True, "n": len(values)}
    if question.kind in {Kind.SCALE, Kind.NUMBER}:
        shown["mean"] = sum(values) / len(values)
    if question.kind != Kind.NUMBER:
        shown["counts"] = _counts(question, values)
    return shown


def answers_to(question: Question, answers: Sequence[Mapping[str, Any]]) -> list[Any]:
    """Return what was answered to ``question`` by those who did."""
    return [
        answer[question.key]
        for answer in answers
        if question.kind in CLOSED and question.key in answer
    ]


def _comparable(value: object) -> object:
    return frozenset(value) if isinstance(value, list) else value


def _one_outweighs(question: Question, values: Sequence[Any]) -> bool:
    """Test if one number is more than half of the sum, and so known from the mean."""
    return question.kind == Kind.NUMBER and 2 * max(values) > sum(values)


def _counts(question: Question, values: Sequence[Any]) -> list[int]:
    chosen = Counter(
        one
        for value in values
        for one in (value if isinstance(value, list) else [value])
    )
    keys: Collection[Any] = (
        question.steps
        if question.kind == Kind.SCALE
        else [option.key for option in question.options]
    )
    return [chosen[key] for key in keys]


def score_of(content: Content, answer: Mapping[str, Any]) -> int:
    """Return how many of a test's questions somebody answered rightly."""
    return sum(
        _as_set(answer.get(question.key)) == question.right
        for question in content.questions
        if question.right
    )


def _as_set(value: object) -> frozenset[object]:
    if value is None:
        return frozenset()
    return frozenset(value if isinstance(value, list) else [value])


def _score(
    content: Content,
    answers: Sequence[Mapping[str, Any]],
    questions: Sequence[Mapping[str, Any]],
) -> dict[str, Any] | None:
    """
    Return the mean score of a test, where each of its questions is shown.

    Else the hidden question would be what is left of the score.
    """
    asked = {question.key for question in content.questions if question.right}
    if not asked:
        return None
    shown = {one["key"] for one in questions if one["shown"]}
    if not asked <= shown or any(
        question.kind not in CHOICES
        for question in content.questions
        if question.key in asked
    ):
        return {"shown": False, "of": len(asked)}
    scores = [score_of(content, answer) for answer in answers]
    return {
        "shown": True,
        "of": len(asked),
        "n": len(scores),
        "mean": sum(scores) / len(scores),
    }
