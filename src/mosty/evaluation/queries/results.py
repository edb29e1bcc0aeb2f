"""
What pages, files and comparisons show of a closed survey: its frozen result, no more.

Nothing here reads an answer. Whatever may not be shown is not in the result.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from mosty.accounts.models import User
from mosty.evaluation import policies
from mosty.evaluation.models import Quote, Survey
from mosty.evaluation.questions import Content, Kind, Question
from mosty.evaluation.questions.schema import CHOICES, say
from mosty.evaluation.results.pairs import SCORE
from mosty.kernel.sheets.write import Value
from mosty.ui.charts import Figure


@dataclass(frozen=True, slots=True)
class Line:
    """One answer that could be given, and how often it was."""

    label: str
    count: int
    percent: int
    is_right: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with what was answered, as far as it is shown."""

    key: str
    kind: str
    text: str
    shown: bool
    n: int = 0
    mean: float | None = None
    lines: tuple[Line, ...] = ()
    texts: tuple[str, ...] = ()
    figure: Figure | None = None

    @property
    def caption(self) -> str:
        """Return how many answered, and the mean."""
        return _caption(self.n, self.mean)


@dataclass(frozen=True, slots=True)
class Moved:
    """By how much one thing changed between two surveys, or that it is not shown."""

    text: str
    shown: bool
    n: int = 0
    mean: float = 0
    low: float = 0
    high: float = 0


@dataclass(frozen=True, slots=True)
class Score:
    """How a test came out."""

    shown: bool
    of: int
    mean: float = 0


@dataclass(frozen=True, slots=True)
class ResultPage:
    """What one survey came to."""

    survey: Survey
    title: str
    answers: int
    participants: int
    silent: int
    enough: bool
    asked: list[Asked]
    score: Score | None
    moved: list[Moved]
    quotes: list[Quote]
    can_ask: bool


def result_page(survey: Survey, user: User, language: str) -> ResultPage:
    """Return the results of a closed survey; three queries, however many answered."""
    result = survey.result
    content = survey.version.content
    stored: Mapping[str, Any] = result.stored
    enough = result.answers >= survey.minimum
    can_ask = policies.can_ask(user, survey.course)
    return ResultPage(
        survey=survey,
        title=say(content.title, language),
        answers=result.answers,
        participants=result.participants,
        silent=result.participants - result.answers,
        enough=enough,
        asked=asked(content, stored, language),
        score=_score(stored),
        moved=_moved(content, stored, language),
        quotes=_quotes(survey, can_ask=can_ask) if enough else [],
        can_ask=can_ask,
    )


def _quotes(survey: Survey, *, can_ask: bool) -> list[Quote]:
    """Return the quotes: all to whoever decides, to others what may be published."""
    # By the random key: any other order might say more.
    rows = Quote.objects.filter(survey=survey).order_by("id")
    return list(rows if can_ask else rows.filter(state=Quote.State.PUBLISHABLE))


def asked(content: Content, stored: Mapping[str, Any], language: str) -> list[Asked]:
    """Return each question with what is shown of it."""
    found = {one["key"]: one for one in stored["questions"]}
    return [
        _asked(question, found[question.key], language)
        for question in content.questions
        if question.key in found
    ]


def _asked(question: Question, found: Mapping[str, Any], language: str) -> Asked:
    text = say(question.text, language)
    if not found["shown"]:
        return Asked(question.key, question.kind, text, shown=False)
    n = found["n"]
    lines = tuple(
        Line(label, count, round(100 * count / n), is_right)
        for (label, is_right), count in zip(
            _labels(question, language), found.get("counts", ()), strict=False
        )
    )
    return Asked(
        question.key,
        question.kind,
        text,
        shown=True,
        n=n,
        mean=found.get("mean"),
        lines=lines,
        texts=tuple(found.get("texts", ())),
        figure=_figure(_caption(n, found.get("mean")), n, lines) if lines else None,
    )


def _labels(question: Question, language: str) -> list[tuple[str, bool]]:
    if question.kind == Kind.SCALE:
        ends = {question.least: question.low, question.most: question.high}
        return [
            (
                f"{step} – {words}"
                if (words := say(ends.get(step, {}), language))
                else str(step),
                False,
            )
            for step in question.steps
        ]
    if question.kind in CHOICES:
        return [
            (say(option.text, language), option.is_right) for option in question.options
        ]
    return []


def _caption(n: int, mean: float | None) -> str:
    words = ngettext("%(n)s answer", "%(n)s answers", n) % {"n": n}
    if mean is None:
        return words
    return f"{words} · {_('mean')} {number_format(round(mean, 2), 2)}"


def _figure(caption: str, n: int, lines: Sequence[Line]) -> Figure:
    label = _("answers")
    return Figure(
        # The question itself stands above as the heading.
        title=caption,
        unit=_("answers, of %(n)s") % {"n": n},
        series=(label,),
        rows=tuple((line.label, (float(line.count),)) for line in lines),
    )


def figure_of(survey: Survey, key: str, language: str) -> Figure | None:
    """Return the chart of one question, or None if it is not shown."""
    rows = asked(survey.version.content, survey.result.stored, language)
    return next((one.figure for one in rows if one.key == key), None)


def _score(stored: Mapping[str, Any]) -> Score | None:
    score = stored.get("score")
    if score is None:
        return None
    return Score(score["shown"], score["of"], score.get("mean", 0))


def _moved(content: Content, stored: Mapping[str, Any], language: str) -> list[Moved]:
    texts = {one.key: say(one.text, language) for one in content.questions}
    texts[SCORE] = _("Right answers in the test")
    return [
        Moved(
            texts[line["key"]],
            line["shown"],
            line.get("n", 0),
            line.get("mean", 0),
            line.get("low", 0),
            line.get("high", 0),
        )
        for line in (stored.get("change") or {}).get("lines", ())
    ]


HEADER: Sequence[Promise] = (
    gettext_lazy("Question"),
    gettext_lazy("Answer"),
    gettext_lazy("How many"),
    pgettext_lazy("column", "Per cent"),
    gettext_lazy("Answered the question"),
    gettext_lazy("Mean"),
)


def sheet(page: ResultPage) -> Iterator[list[Value]]:
    """Yield the lines of the file: exactly what the page shows."""
    yield [_("People asked"), "", page.participants, None, None, None]
    yield [_("Answers"), "", page.answers, None, None, None]
    yield [_("Not answered"), "", page.silent, None, None, None]
    for one in page.asked:
        if not one.shown:
            yield [one.text, _("not shown"), None, None, None, None]
            continue
        mean = None if one.mean is None else round(one.mean, 2)
        for line in one.lines:
            yield [one.text, line.label, line.count, line.percent, one.n, mean]
        for text in one.texts:
            yield [one.text, text, None, None, one.n, None]
        if not one.lines and not one.texts:
            yield [one.text, "", None, None, one.n, mean]
    if page.score is not None and page.score.shown:
        label = _("Right answers in the test")
        yield [label, "", None, None, page.answers, round(page.score.mean, 2)]
    for moved in page.moved:
        if moved.shown:
            words = _("mean change of pairs, 95%% interval %(low)s to %(high)s") % {
                "low": f"{moved.low:.2f}",
                "high": f"{moved.high:.2f}",
            }
            yield [moved.text, words, None, None, moved.n, round(moved.mean, 2)]
    for quote in page.quotes:
        if quote.state == Quote.State.PUBLISHABLE:
            yield [_("Quote"), quote.text, None, None, None, quote.attribution]
