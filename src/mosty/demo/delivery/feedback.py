"""What people thought: a reaction, a pair before and after, and one with too few answers."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from mosty.audit.actors import SYSTEM
from mosty.demo.cast import Cast, Say
from mosty.demo.mail import deliver
from mosty.evaluation.actions import (
    answers,
    invitations,
    questionnaires,
    quotes,
    surveys,
)
from mosty.evaluation.models import Questionnaire, Quote, Survey
from mosty.evaluation.queries.people import count_asked
from mosty.evaluation.questions import parse
from mosty.outbox import actions as outbox
from mosty.outbox.models import Link, Message
from mosty.programmes.models import Course

TOO_FEW = 3


def _both(polish: str, english: str) -> dict[str, str]:
    return {"pl": polish, "en": english}


_ENDS = {
    "low": _both("zdecydowanie nie", "not at all"),
    "high": _both("zdecydowanie tak", "very much"),
}


def _scale(key: str, polish: str, english: str) -> dict[str, Any]:
    return {
        "key": key,
        "kind": "scale",
        "text": _both(polish, english),
        "required": True,
        "least": 1,
        "most": 5,
        **_ENDS,
    }


REACTION = {
    "title": _both("Opinia o szkoleniu", "What you thought of the course"),
    "languages": ["pl", "en"],
    "questions": [
        _scale(
            "useful",
            "Szkolenie przyda mi się w pracy.",
            "The course will be of use in my work.",
        ),
        _scale("clear", "Treść była podana jasno.", "What was said was clear."),
        {
            "key": "pace",
            "kind": "one",
            "text": _both("Tempo zajęć było", "The pace was"),
            "options": [
                {"key": "slow", "text": _both("zbyt wolne", "too slow")},
                {"key": "right", "text": _both("w sam raz", "just right")},
                {"key": "fast", "text": _both("zbyt szybkie", "too fast")},
            ],
        },
        {
            "key": "most",
            "kind": "many",
            "text": _both("Co dało najwięcej?", "What gave you most?"),
            "options": [
                {
                    "key": "examples",
                    "text": _both("przykłady z miast", "examples of cities"),
                },
                {"key": "groups", "text": _both("praca w grupach", "work in groups")},
                {"key": "talks", "text": _both("wykłady", "talks")},
            ],
        },
        {
            "key": "better",
            "kind": "text",
            "text": _both("Co można poprawić?", "What could be better?"),
        },
        {
            "key": "quote",
            "kind": "quote",
            "text": _both("Szkolenie w jednym zdaniu", "The course in one sentence"),
        },
    ],
}
SKILLS = {
    "title": _both("Co już potrafię", "What I can do already"),
    "languages": ["pl", "en"],
    "questions": [
        _scale(
            "partners",
            "Wiem, z kim współpracować w moim mieście.",
            "I know whom to work with in my city.",
        ),
        _scale(
            "plan",
            "Umiem przygotować plan działania.",
            "I can prepare an action plan.",
        ),
        _scale(
            "law",
            "Znam podstawy prawne wsparcia cudzoziemców.",
            "I know the law on support for foreigners.",
        ),
    ],
}


def _choice(
    key: str, question: tuple[str, str], *options: tuple[str, str]
) -> dict[str, Any]:
    """Return a question of a test; its first answer is right."""
    return {
        "key": key,
        "kind": "one",
        "text": _both(*question),
        "options": [
            {"key": f"a{number}", "text": _both(*one), "right": number == 1}
            for number, one in enumerate(options, 1)
        ],
    }


TEST = {
    "title": _both("Krótki test (przykład)", "A short test (illustrative)"),
    "languages": ["pl", "en"],
    "questions": [
        _choice(
            "first",
            (
                "Od czego zaczyna się plan działania?",
                "What does an action plan begin with?",
            ),
            ("od diagnozy", "a look at how things are"),
            ("od budżetu", "a budget"),
            ("od uchwały", "a resolution"),
        ),
        _choice(
            "partner",
            (
                "Kogo pyta się najpierw o potrzeby?",
                "Who is asked first what is needed?",
            ),
            ("osoby, których to dotyczy", "the people concerned"),
            ("tylko urzędy", "offices only"),
        ),
    ],
}
BETTER = (
    "Więcej czasu na pracę w grupach.",
    "Przydałyby się materiały przed szkoleniem.",
    "Dłuższe przerwy.",
    "Więcej przykładów z mniejszych miast.",
    "Lista kontaktów do wszystkich uczestników.",
    "Więcej o finansowaniu działań.",
    "Sala była za mała.",
)
QUOTES = (
    ("Wróciłam z gotowym planem i numerami telefonów.", "uczestniczka z dużego miasta"),
    ("Pierwszy raz rozmawialiśmy o tym z innymi miastami.", ""),
)


def play(course: Course, cast: Cast, now: datetime, say: Say) -> None:
    """Ask those who were there; everything is made up by a fixed seed."""
    chance = random.Random(20230601)  # noqa: S311 - made-up answers
    zone = course.programme.zone
    first_day = min(one.starts_at for one in course.sessions.all()).astimezone(zone)
    begins = now - (now.astimezone(zone).date() - first_day.date())
    reaction = _written("Opinia o szkoleniu", REACTION, course, cast, begins)
    skills = _written("Samoocena umiejętności", SKILLS, course, cast, begins)
    before = _asked(course, skills, "before", cast, begins - timedelta(days=5), 4)
    people = before.people
    signs = [f"{chr(65 + n % 26)}{chr(65 + n // 26)}{10 + n}" for n in range(people)]
    first = [[chance.choice((1, 2, 2, 3, 3)) for _ in range(3)] for _ in signs]
    paired = people - min(7, people // 3)
    _answer(before, [_levels(one) for one in first], signs=signs)
    _close(before, cast)
    end = begins + timedelta(days=1, hours=8)
    after = _asked(course, skills, "after", cast, end, 7)
    later = [
        [min(5, one + chance.choice((0, 1, 1, 2))) for one in row] for row in first
    ]
    kept = min(paired, after.people)
    _answer(after, [_levels(one) for one in later[:kept]], signs=signs[:kept])
    _close(after, cast)
    opinion = _asked(course, reaction, "reaction", cast, end, 7)
    count = max(0, opinion.people - 5)
    _answer(
        opinion,
        [
            {
                "useful": chance.choice((3, 4, 4, 5, 5, 5)),
                "clear": chance.choice((2, 3, 4, 4, 5)),
                "pace": chance.choice(("right", "right", "right", "fast", "slow")),
                "most": chance.sample(("examples", "groups", "talks"), 2),
            }
            for _ in range(count)
        ],
        words=True,
    )
    _close(opinion, cast)
    _read_quotes(opinion.survey, cast, end + timedelta(days=8))
    few = _asked(course, reaction, "reaction", cast, end - timedelta(hours=1), 3)
    _answer(few, [{"useful": 4, "clear": 3}] * TOO_FEW)
    _close(few, cast)
    _waiting(course, skills, cast, now - timedelta(days=1))
    say(
        f"  feedback: {count} of {opinion.people} answered, {kept} pairs before and after;"
        f" {TOO_FEW} answers to another survey stay hidden"
    )


class _Asked:
    """A survey that is open, its one link, and how many people it asks."""

    def __init__(self, survey: Survey, opened: datetime, closes: datetime) -> None:
        self.survey, self.opened, self.closes = survey, opened, closes
        self.link = Link.objects.get(
            purpose=Link.Purpose.FEEDBACK, subject=survey.code, revoked_at=None
        )
        self.people = count_asked(survey)


def _written(
    name: str, stored: dict[str, Any], course: Course, cast: Cast, begins: datetime
) -> Questionnaire:
    return questionnaires.create(
        programme=course.programme,
        name=name,
        content=parse(stored),
        actor=cast.coordinator,
        now=begins - timedelta(days=10),
    )


def _asked(
    course: Course,
    questionnaire: Questionnaire,
    kind: str,
    cast: Cast,
    opens: datetime,
    days: int,
) -> _Asked:
    closes = opens + timedelta(days=days)
    survey = surveys.make(
        course=course,
        plan=surveys.Plan(questionnaire, kind, opens, closes),
        actor=cast.coordinator,
        now=opens - timedelta(days=1),
    )
    return _Asked(survey, opens, closes)


def _levels(values: Sequence[int]) -> dict[str, int]:
    return dict(zip(("partners", "plan", "law"), values, strict=True))


def _answer(
    asked: _Asked,
    chosen: Sequence[dict[str, Any]],
    *,
    signs: Sequence[str] = (),
    words: bool = False,
) -> None:
    for number, one in enumerate(chosen):
        said = []
        if words and number < len(BETTER):
            said.append(answers.Words("better", BETTER[number]))
        if words and number < len(QUOTES):
            text, name = QUOTES[number]
            said.append(answers.Words("quote", text, True, name))
        answers.give(
            survey=asked.survey,
            sheet=answers.Sheet(one, tuple(said), signs[number] if signs else ""),
            actor=asked.link,
            now=asked.opened + timedelta(hours=1),
        )


def _close(asked: _Asked, cast: Cast) -> None:
    surveys.close(survey=asked.survey, actor=cast.coordinator, now=asked.closes)
    asked.survey.refresh_from_db()


def _read_quotes(survey: Survey, cast: Cast, at: datetime) -> None:
    """Publish the first quote; the other waits to be read."""
    chosen = Quote.objects.filter(survey=survey).exclude(attribution="")
    quotes.decide(
        survey=survey,
        states={one.pk: Quote.State.PUBLISHABLE for one in chosen},
        actor=cast.coordinator,
        now=at,
    )


def _waiting(course: Course, skills: Questionnaire, cast: Cast, now: datetime) -> None:
    """Plan the follow-up after three months, and leave a short test open."""
    surveys.make(
        course=course,
        plan=surveys.Plan(
            skills,
            Survey.Kind.THREE_MONTHS,
            now + timedelta(days=80),
            now + timedelta(days=101),
        ),
        actor=cast.coordinator,
        now=now,
    )
    test = surveys.make(
        course=course,
        plan=surveys.Plan(
            _written("Krótki test", TEST, course, cast, now),
            Survey.Kind.TEST,
            now - timedelta(hours=1),
            now + timedelta(days=14),
        ),
        actor=cast.coordinator,
        now=now,
    )
    invitations.invite(survey=test, actor=SYSTEM, now=now)
    written = Message.objects.filter(kind="evaluation.invitation")
    outbox.release(
        messages=written.values_list("pk", flat=True), actor=cast.coordinator, now=now
    )
    deliver()
