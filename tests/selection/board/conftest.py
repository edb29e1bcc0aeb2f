"""Who looks at the board besides those who gather."""

import pytest

from mosty.accounts.models import Role
from mosty.selection.models import Offer
from tests.factories import make_user


@pytest.fixture
def gdansk(announced):
    """Return the contact of Gdańsk."""
    organisation = Offer.objects.get(
        nomination__organisation__slug="gdansk"
    ).nomination.organisation
    return make_user("Gerda Gdańska", role=Role.CITY, organisation=organisation)
