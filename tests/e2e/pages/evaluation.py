"""Questionnaires, surveys and their results."""

from collections.abc import Mapping
from typing import Any

from mosty.accounts.models import Role
from tests.e2e.academy import Academy
from tests.e2e.pages.page import Args, Page, of, programme


def _course_held(academy: Academy) -> dict[str, Any]:
    return {"pk": academy.survey("reaction").course_id}


def _survey(kind: str, *, few: bool = False) -> Args:
    return lambda academy: {"code": academy.survey(kind, few=few).code}


def _questionnaire(academy: Academy) -> Mapping[str, Any]:
    return {"pk": academy.survey("reaction").version.questionnaire_id}


def _asked(kind: str) -> Args:
    return lambda a: {"token": a.token("feedback", a.survey(kind).code)}


PAGES = (
    *(
        Page(f"evaluation:{name}", Role.COORDINATOR, args)
        for name, args in (
            ("course", _course_held),
            ("new", lambda a: {**_course_held(a), "kind": "after"}),
            ("survey", _survey("test")),
            ("move", _survey("test")),
            ("close", _survey("test")),
            ("results", _survey("reaction")),
            ("questionnaires", of()),
            ("write", programme),
            ("bring", programme),
            ("questionnaire", _questionnaire),
            ("edit", _questionnaire),
            ("compare", _questionnaire),
        )
    ),
    Page("evaluation:results", Role.TRAINER, _survey("after"), variant="pairs"),
    Page("evaluation:results", Role.PARTNER, _survey("reaction", few=True),
         variant="hidden"),
    Page("evaluation:answer", args=_asked("test")),
    Page("evaluation:answer", args=_asked("reaction"), variant="closed"),
    Page("evaluation:answer", args=_asked("three"), variant="planned"),
)  # fmt: skip

# Wide tables, pictures, long forms, and what people open on a phone.
SMALL = {
    "evaluation-answer",
    "evaluation-compare",
    "evaluation-course",
    "evaluation-edit",
    "evaluation-results",
    "evaluation-survey",
}
# What is there for buttons to send to, for programs to read or for people to keep.
NO_PAGES: dict[str, Args] = {
    "evaluation:invite": _survey("test"),
    "evaluation:picture": lambda a: {**_survey("reaction")(a), "key": "useful"},
    "evaluation:qr": _survey("test"),
    "evaluation:quotes": _survey("reaction"),
    "evaluation:remind": _survey("test"),
    "evaluation:results_csv": _survey("reaction"),
    "evaluation:results_xlsx": _survey("reaction"),
    "evaluation:xlsform": _questionnaire,
}
