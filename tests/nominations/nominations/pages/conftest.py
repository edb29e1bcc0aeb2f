"""What several of these tests begin with."""

import pytest


@pytest.fixture
def contact(city, signed_in):
    """Return a client of Kraków's contact."""
    return signed_in(city)


@pytest.fixture
def office(secretariat, signed_in):
    """Return a client of the secretariat."""
    return signed_in(secretariat)
