"""What several of these tests begin with."""

from datetime import timedelta

import pytest
from i18nfield.strings import LazyI18nString

from mosty.nominations.actions import calls
from mosty.nominations.actions.calls import (
    CallText,
)
from tests.factories import (
    RULES,
)


@pytest.fixture
def text(ump, now):
    return CallText(
        slug="part-two",
        opens_at=now,
        closes_at=now + timedelta(days=20),
        channel=ump,
        contact="The union's office",
        contact_email="office@example.org",
        costs=LazyI18nString({"pl": "", "en": "Travel is paid by the city."}),
        notice=LazyI18nString({"pl": "Informacja.", "en": "Notice."}),
        seed_source=LazyI18nString({"pl": "Losowanie liczb", "en": "A public draw"}),
    )


@pytest.fixture
def draft(course, text, coordinator, now):
    return calls.create(
        course=course, text=text, rules=RULES.as_json(), actor=coordinator, now=now
    )
