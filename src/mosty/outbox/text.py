"""
How a message's text is written from a template.

Templates of pages leave out what they are not given; a message must not. A value
that is missing shows as ``{name}``, as does what a person forgot to replace, and both
are found before anybody is written to.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Protocol

from django.template import Context, Engine, engines

LINK = "{link}"
# Where the reader's name and address come: private characters, which no text has.
NAME, EMAIL = "\ue000", "\ue001"
_PLACE = re.compile(r"\{[^{}\s]*\}")
_PARENTHESES = str.maketrans("{}", "()")


@cache
def _engine() -> Engine:
    """Return an engine that finds the apps' templates and shows what is missing."""
    pages: Engine = engines["django"].engine  # type: ignore[attr-defined]  # the Django backend's own
    return Engine(
        dirs=pages.dirs,
        app_dirs=True,
        libraries=pages.libraries,
        builtins=pages.builtins,
        string_if_invalid="{%s}",
    )


def render(template: str, context: Mapping[str, object]) -> str:
    """
    Return the text that ``template`` makes of ``context``, in the current language.

    Braces in plain texts of ``context`` become parentheses: what somebody gives as a
    reason is no place to be filled in, and never that of another person's link.
    """
    values = {
        name: value if name == "link" else _without_braces(value)
        for name, value in context.items()
    }
    return _engine().get_template(template).render(Context(values, autoescape=False))


def _without_braces(value: object) -> object:
    if isinstance(value, str):
        return value.translate(_PARENTHESES)
    if isinstance(value, list):
        return [_without_braces(one) for one in value]
    return value


class Named(Protocol):
    """Whoever a letter is written to."""

    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str: ...


def fill(written: str, to: Named) -> str:
    """Return ``written`` with the name and address of ``to``, which are no places."""
    name = to.name.translate(_PARENTHESES)
    return written.replace(NAME, name).replace(EMAIL, to.email)


def gaps(text: str) -> list[str]:
    """Return the places in ``text`` that were not filled in, the link's apart."""
    return [place for place in _PLACE.findall(text) if place != LINK]
