"""
A practice of Kraków, written by the cast's Celina.

Alice coordinates, Bob and Sabina review; Leon is the contact of Łódź, which adopts.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from mosty.accounts.models import User
from mosty.directory.models import Organisation
from mosty.library.actions import practices, reviews
from mosty.library.actions.practices import Content
from mosty.library.models import CRITERIA, Practice, PracticeVersion, Review

SCORES = dict.fromkeys(CRITERIA, 4)


def words(count: int) -> str:
    """Return a text of so many words."""
    return " ".join(["word"] * count)


# What can be submitted: each text within its limits.
TEXTS = {
    "title": "Neighbours' mornings in the library",
    "summary": words(80),
    "issue": words(120),
    "how": words(80),
    "results": words(80),
    "evaluation": "",
    "beneficiaries": words(20),
    "funding": words(10),
}


def make_content(**changes: Any) -> Content:
    """Return what can be submitted, with ``changes`` of texts and facts."""
    facts = {
        "language": "en",
        "areas": ("culture",),
        "groups": ("everybody",),
        "place": "Kraków",
        "started_on": date(2020, 3, 1),
    }
    given = {name: changes.pop(name) for name in list(changes) if name in TEXTS}
    return Content(texts={**TEXTS, **given}, **{**facts, **changes})


def refused(change: Callable[[], object]) -> None:
    """Check that the database refuses ``change``."""
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


@pytest.fixture
def draft(city: User, krakow: Organisation, now: datetime) -> PracticeVersion:
    """Return Kraków's draft, which could be submitted."""
    return practices.begin(city=krakow, content=make_content(), actor=city, now=now)


@pytest.fixture
def submitted(draft: PracticeVersion, city: User, now: datetime) -> PracticeVersion:
    """Return it in review."""
    return practices.submit(version=draft, actor=city, now=now)


Reviewed = Callable[..., Review]


@pytest.fixture
def reviewed(submitted: PracticeVersion, coordinator: User, now: datetime) -> Reviewed:
    """Return what lets somebody review it."""

    def review(reviewer: User, advice: str = "publish") -> Review:
        asked = reviews.ask(
            version=submitted, reviewer=reviewer, actor=coordinator, now=now
        )
        return reviews.give(
            review=asked,
            scores=SCORES,
            advice=advice,
            comment="Clear and useful.",
            actor=reviewer,
            now=now,
        )

    return review


@pytest.fixture
def published(
    submitted: PracticeVersion,
    reviewed: Reviewed,
    partner: User,
    secretariat: User,
    coordinator: User,
    now: datetime,
) -> Practice:
    """Return it published."""
    reviewed(partner)
    reviewed(secretariat)
    version = reviews.publish(version=submitted, reason="", actor=coordinator, now=now)
    return version.practice
