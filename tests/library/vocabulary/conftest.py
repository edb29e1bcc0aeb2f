"""The common thesaurus and one set of synonyms."""

import pytest

from mosty.library.actions import synonyms, thesaurus


@pytest.fixture
def words(coordinator, now):
    """Load the thesaurus and one set of synonyms."""
    thesaurus.load_common()
    return synonyms.add(
        language="en", said=("bike", "two-wheeler"), actor=coordinator, now=now
    )
