"""The tests of this app see no other app's menus."""

import pytest


@pytest.fixture(autouse=True)
def _no_suppliers(settings):
    settings.UI_NAV = settings.UI_FOOTER = settings.UI_ACCOUNT = ""
