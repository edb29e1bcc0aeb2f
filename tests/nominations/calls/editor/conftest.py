"""What several of these tests begin with."""

import pytest
from django.urls import reverse

from tests.factories import (
    make_city,
)


@pytest.fixture
def named(ump):
    """Return the three cities that take part without being members."""
    return [make_city(name) for name in ("Częstochowa", "Hrubieszów", "Leszno")]


@pytest.fixture
def alice(coordinator, signed_in):
    """Return the coordinator's browser."""
    return signed_in(coordinator)


@pytest.fixture
def new(course):
    """Return where a call for the course begins."""
    return reverse("nominations:call_new", args=[course.pk])
