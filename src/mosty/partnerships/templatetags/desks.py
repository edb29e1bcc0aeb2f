"""Addresses of pages at the desk where the reader sits."""

from django import template

from mosty.partnerships.views.desks import Desk

register = template.Library()


@register.simple_tag
def at(desk: Desk, name: str, *args: object) -> str:
    """Return the address of the page ``name`` behind the account, or behind the link."""
    return desk.url(name, *args)
