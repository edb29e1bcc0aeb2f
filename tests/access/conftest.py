"""The readers, signed in to the played Academy."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.access import stage
from tests.access.crossing import Crossing, crossing
from tests.e2e.academy import Academy


@pytest.fixture(scope="package")
def everybody(
    academy: Academy, django_db_blocker: DjangoDbBlocker
) -> Iterator[Crossing]:
    """Return who asks; what is staged for them goes with the Academy."""
    with django_db_blocker.unblock():
        people = stage.cast()
        stage.complete(academy, people)
        with crossing(academy, people) as made:
            yield made
