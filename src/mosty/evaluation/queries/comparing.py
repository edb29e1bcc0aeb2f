"""One question over courses: the frozen results of closed surveys side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from mosty.accounts.models import User
from mosty.evaluation import policies
from mosty.evaluation.models import Questionnaire, Survey
from mosty.evaluation.queries.results import asked
from mosty.evaluation.questions import Kind
from mosty.evaluation.questions.schema import say


@dataclass(frozen=True, slots=True)
class Column:
    """One closed survey."""

    survey: Survey
    answers: int
    participants: int


@dataclass(frozen=True, slots=True)
class Line:
    """One scale, and its mean and number of answers in each survey; None: not shown."""

    text: str
    cells: tuple[tuple[float, int] | None, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The scales of a questionnaire over its closed surveys. There is no sum of all."""

    questionnaire: Questionnaire
    columns: list[Column]
    lines: list[Line]


MOST_COLUMNS = 12


def compare(questionnaire: Questionnaire, user: User, language: str) -> Comparison:
    """
    Return the closed surveys of ``questionnaire``, the last twelve; two queries.

    A scale is the same one in two versions where its name and its steps are.
    """
    surveys = list(
        policies.visible_to(user)
        .filter(version__questionnaire=questionnaire, closed_at__isnull=False)
        .select_related("course", "version", "result")
        .order_by("-closed_at", "-pk")[:MOST_COLUMNS]
    )[::-1]
    return Comparison(
        questionnaire,
        [Column(one, one.result.answers, one.result.participants) for one in surveys],
        _lines(surveys, language),
    )


def _lines(surveys: Sequence[Survey], language: str) -> list[Line]:
    texts: dict[tuple[str, int, int], str] = {}
    found: dict[tuple[str, int, int], dict[int, tuple[float, int]]] = {}
    for survey in surveys:
        content = survey.version.content
        means = {
            one.key: (one.mean, one.n)
            for one in asked(content, survey.result.stored, language)
            if one.shown and one.mean is not None
        }
        for question in content.questions:
            if question.kind != Kind.SCALE:
                continue
            scale = (question.key, question.least, question.most)
            # The newest wording stands for all.
            texts[scale] = say(question.text, language)
            found.setdefault(scale, {})
            if question.key in means:
                mean, n = means[question.key]
                found[scale][survey.pk] = (float(mean or 0), n)
    return [
        Line(text, tuple(found[scale].get(one.pk) for one in surveys))
        for scale, text in texts.items()
    ]
