"""
What the header and the footer show, supplied by apps above this one.

Settings name the suppliers, so that ``ui`` imports none of them: ``UI_NAV`` and
``UI_FOOTER`` are dotted paths of ``(request) -> list[NavItem]``, ``UI_ACCOUNT`` of
``(request) -> Account | None``, ``UI_COURSE`` of ``(request, course) -> list[NavItem]``,
the pages of one course, and ``UI_COURSE_ABOVE`` likewise, those above it. A setting that
is missing supplies nothing.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class NavItem:
    """One link of a menu; ``current`` marks the part of the site we are in."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """Who is signed in: her name, her role in words, and links to her own pages."""

    name: str
    role: str = ""
    links: tuple[NavItem, ...] = ()


def supplied(setting: str, request: HttpRequest, *about: object) -> Any:
    """Return what the function named by ``setting`` gives, or None without one."""
    path = getattr(settings, setting, "")
    return import_string(path)(request, *about) if path else None


def here(request: HttpRequest, url: str) -> bool:
    """Test if the page asked for is ``url`` or lies below it; /pl/ is only itself."""
    below = url.count("/") > 2 and url.endswith("/")
    return request.path == url or (below and request.path.startswith(url))
