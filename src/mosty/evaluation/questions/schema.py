"""A questionnaire's content: read from JSON, checked, and written back."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mosty.kernel.names import clean
from mosty.kernel.refusal import Refusal
from mosty.programmes import languages

MOST_QUESTIONS = 60
MOST_OPTIONS = 30
MOST_STEPS = 11
LONGEST_TEXT = 500
# How the name of a question begins whose answer may be quoted.
QUOTE = "quote"
# Names that spreadsheets, forms and addresses can all hold.
_KEY = re.compile(r"[a-z_][a-z0-9_]{0,39}")
_OPTION = re.compile(r"[a-z0-9_-]{1,40}")

Text = Mapping[str, str]


class CannotUse(Refusal):
    """The questionnaire cannot be used as it is; the sentence says what to change."""


class Kind(models.TextChoices):
    """What kind of answer a question takes."""

    SCALE = "scale", pgettext_lazy("question", "scale")
    ONE = "one", pgettext_lazy("question", "one answer of several")
    MANY = "many", pgettext_lazy("question", "several answers")
    NUMBER = "number", pgettext_lazy("question", "whole number")
    TEXT = "text", pgettext_lazy("question", "text")
    QUOTE = "quote", pgettext_lazy("question", "words that may be quoted")
    NOTE = "note", pgettext_lazy("question", "heading or note, no answer")


CHOICES = frozenset({Kind.ONE, Kind.MANY})
WRITTEN = frozenset({Kind.TEXT, Kind.QUOTE})
CLOSED = frozenset({Kind.SCALE, Kind.ONE, Kind.MANY, Kind.NUMBER})


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that can be chosen."""

    key: str
    text: Text
    is_right: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One question. What its kind does not need is empty."""

    key: str
    kind: Kind
    text: Text
    hint: Text = field(default_factory=dict)
    required: bool = False
    least: int = 1
    most: int = 5
    low: Text = field(default_factory=dict)
    high: Text = field(default_factory=dict)
    options: tuple[Option, ...] = ()

    @property
    def steps(self) -> range:
        """Return the steps of a scale."""
        return range(self.least, self.most + 1)

    @property
    def right(self) -> frozenset[str]:
        """Return the right answers of a test's question; none if it is no such."""
        return frozenset(option.key for option in self.options if option.is_right)


@dataclass(frozen=True, slots=True)
class Content:
    """A title and questions, each in every one of the languages."""

    title: Text
    languages: tuple[str, ...]
    questions: tuple[Question, ...]

    def as_json(self) -> dict[str, Any]:
        """Return what is stored; :func:`parse` reads it back unchanged."""
        return {
            "title": dict(self.title),
            "languages": list(self.languages),
            "questions": [_question_json(one) for one in self.questions],
        }

    @property
    def is_test(self) -> bool:
        """Test if some question has a right answer."""
        return any(question.right for question in self.questions)


def say(text: Text, language: str) -> str:
    """Return ``text`` in ``language``, or in the first that it has."""
    return text.get(language) or next(iter(text.values()), "")


def _question_json(question: Question) -> dict[str, Any]:
    found: dict[str, Any] = {
        "key": question.key,
        "kind": str(question.kind),
        "text": dict(question.text),
    }
    if question.hint:
        found["hint"] = dict(question.hint)
    if question.required:
        found["required"] = True
    if question.kind == Kind.SCALE:
        found |= {"least": question.least, "most": question.most}
        found |= {"low": dict(question.low)} if question.low else {}
        found |= {"high": dict(question.high)} if question.high else {}
    if question.kind in CHOICES:
        found["options"] = [
            {"key": option.key, "text": dict(option.text)}
            | ({"right": True} if option.is_right else {})
            for option in question.options
        ]
    return found


def parse(stored: Mapping[str, Any]) -> Content:
    """
    Return the content that is stored as JSON.

    :raises CannotUse: if it makes no sense; the sentence names the question.
    """
    codes = tuple(str(code) for code in stored.get("languages", ()))
    if not codes or set(codes) - set(languages.CODES):
        raise CannotUse(_("Say in which languages the questionnaire is written."))
    content = Content(
        title=_text(stored.get("title")),
        languages=codes,
        questions=tuple(_question(one) for one in stored.get("questions", ())),
    )
    _check(content)
    return content


def _question(stored: Mapping[str, Any]) -> Question:
    kind = Kind(stored["kind"])
    return Question(
        key=str(stored["key"]),
        kind=kind,
        text=_text(stored.get("text")),
        hint=_text(stored.get("hint")),
        required=bool(stored.get("required")) and kind != Kind.NOTE,
        least=int(stored.get("least", 1)),
        most=int(stored.get("most", 5)),
        low=_text(stored.get("low")),
        high=_text(stored.get("high")),
        options=tuple(
            Option(str(one["key"]), _text(one["text"]), bool(one.get("right")))
            for one in stored.get("options", ())
        ),
    )


def _text(stored: object) -> Text:
    if not isinstance(stored, Mapping):
        return {}
    cleaned = {str(code): clean(str(value)) for code, value in stored.items()}
    return {code: value for code, value in cleaned.items() if value}


def _check(content: Content) -> None:
    if not any(question.kind != Kind.NOTE for question in content.questions):
        raise CannotUse(_("Add a question: the questionnaire asks nothing yet."))
    if len(content.questions) > MOST_QUESTIONS:
        raise CannotUse(
            format_lazy(
                _("A questionnaire has at most {most} questions."), most=MOST_QUESTIONS
            )
        )
    lacking = [code for code in content.languages if not content.title.get(code)]
    if lacking:
        raise CannotUse(
            format_lazy(
                _("The title is missing in: {languages}."),
                languages=languages.names(lacking),
            )
        )
    keys = [question.key for question in content.questions]
    for number, question in enumerate(content.questions, 1):
        if not _KEY.fullmatch(question.key) or keys.count(question.key) > 1:
            raise _about(number, _("its name is used twice or is not plain letters"))
        _check_question(number, question, content.languages)


def _check_question(number: int, question: Question, codes: Sequence[str]) -> None:
    texts = [question.text, *(option.text for option in question.options)]
    # What is given in one language is given in all; what is not given at all may be so.
    texts += [text for text in (question.hint, question.low, question.high) if text]
    lacking = {code for text in texts for code in codes if not text.get(code)}
    if lacking:
        names = languages.names(sorted(lacking))
        raise _about(
            number, format_lazy(_("a text is missing in: {languages}"), languages=names)
        )
    if any(len(value) > LONGEST_TEXT for text in texts for value in text.values()):
        raise _about(
            number,
            format_lazy(_("a text has more than {most} characters"), most=LONGEST_TEXT),
        )
    if question.kind in WRITTEN and (
        question.key.startswith(QUOTE) != (question.kind == Kind.QUOTE)
    ):
        # So that an XLSForm, which knows texts only, says which may be quoted.
        raise _about(
            number, _("a question for a quote, and no other text, is named “quote…”")
        )
    # Not by the length of the range, which no number may be too large for.
    count = question.most - question.least + 1
    if question.kind == Kind.SCALE and not 2 <= count <= MOST_STEPS:
        raise _about(
            number, format_lazy(_("a scale has 2 to {most} steps"), most=MOST_STEPS)
        )
    if question.kind in CHOICES:
        keys = [option.key for option in question.options]
        if not 2 <= len(keys) <= MOST_OPTIONS:
            raise _about(number, _("give at least two answers, and at most thirty"))
        if len(set(keys)) < len(keys) or not all(map(_OPTION.fullmatch, keys)):
            raise _about(
                number, _("the name of an answer is used twice or is not plain")
            )
        if question.kind == Kind.ONE and len(question.right) > 1:
            raise _about(number, _("only one answer can be right where one is chosen"))


def _about(number: int, what: str | Promise) -> CannotUse:
    return CannotUse(
        format_lazy(_("Question {number}: {what}."), number=number, what=what)
    )
