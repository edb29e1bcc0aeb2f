"""The main navigation: what is there for the public, and for each role."""

from django.http import HttpRequest

from mosty.ui.nav import NavItem


def items(request: HttpRequest) -> list[NavItem]:
    """Return the entries for whoever asks."""
    return []
