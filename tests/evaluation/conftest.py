"""A questionnaire of every kind of question, and surveys that people answer."""

from datetime import timedelta

import pytest

from mosty.evaluation.actions import answers, questionnaires, surveys
from mosty.evaluation.questions import parse
from mosty.outbox.models import Link
from tests.training.conftest import seated, timetable  # noqa: F401 - fixtures


def both(text):
    return {"pl": f"{text} (pl)", "en": text}


CONTENT = {
    "title": both("How was it?"),
    "languages": ["pl", "en"],
    "questions": [
        {"key": "intro", "kind": "note", "text": both("The course")},
        {
            "key": "useful",
            "kind": "scale",
            "text": both("It was useful"),
            "required": True,
            "least": 1,
            "most": 5,
            "low": both("not at all"),
            "high": both("very"),
        },
        {
            "key": "length",
            "kind": "one",
            "text": both("The length was"),
            "options": [
                {"key": "short", "text": both("too short")},
                {"key": "right", "text": both("right"), "right": True},
                {"key": "long", "text": both("too long")},
            ],
        },
        {
            "key": "liked",
            "kind": "many",
            "text": both("What did you like?"),
            "options": [
                {"key": "talks", "text": both("talks")},
                {"key": "food", "text": both("food")},
            ],
        },
        {"key": "years", "kind": "number", "text": both("Years in this work")},
        {"key": "better", "kind": "text", "text": both("What could be better?")},
        {"key": "quote", "kind": "quote", "text": both("In one sentence")},
    ],
}


@pytest.fixture
def content():
    return parse(CONTENT)


@pytest.fixture
def questionnaire(programme, coordinator, content, now):
    return questionnaires.create(
        programme=programme,
        name="Reaction",
        content=content,
        actor=coordinator,
        now=now - timedelta(days=30),
    )


@pytest.fixture
def ask(course, questionnaire, coordinator, now):
    """Return what makes a survey that is open now, of so many people."""

    def made(kind="reaction", *, expected=20, minimum=5, of=None, began=2, **plan):
        return surveys.make(
            course=of or course,
            plan=surveys.Plan(
                questionnaire=plan.pop("questionnaire", questionnaire),
                kind=kind,
                opens_at=now - timedelta(days=began),
                closes_at=now + timedelta(days=5),
                minimum=minimum,
                expected=expected,
            ),
            actor=coordinator,
            now=now - timedelta(days=3),
        )

    return made


@pytest.fixture
def survey(ask):
    return ask()


def link_to(survey):
    return Link.objects.get(purpose="feedback", subject=survey.code)


@pytest.fixture
def give(now):
    """Return what answers a survey: the answers to closed questions by name."""

    def given(survey, chosen=None, *, words=(), sign="", at=None, **more):
        answers.give(
            survey=survey,
            sheet=answers.Sheet(
                {"useful": 4, **(chosen or {}), **more}, tuple(words), sign
            ),
            actor=link_to(survey),
            now=at or now,
        )

    return given


@pytest.fixture
def close(coordinator, now):
    def closed(survey):
        surveys.close(survey=survey, actor=coordinator, now=now)
        survey.refresh_from_db()
        return survey

    return closed
