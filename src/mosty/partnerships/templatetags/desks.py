"""Addresses of pages at the desk where the reader sits."""

from collections.abc import Mapping, Sequence

from django import template

from mosty.partnerships.onward import Choice
from mosty.partnerships.views.desks import Desk

register = template.Library()


@register.simple_tag
def at(desk: Desk, name: str, *args: object) -> str:
    """Return the address of the page ``name`` behind the account, or behind the link."""
    return desk.url(name, *args)


@register.filter
def partner(partner_of: Mapping[str, Sequence[Choice]], key: str) -> Sequence[Choice]:
    """Return of which actions the actor ``key`` is a partner."""
    return partner_of.get(key, ())
