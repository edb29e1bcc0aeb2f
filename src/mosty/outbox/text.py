"""
How a message's text is written from a template.

Templates of pages leave out what they are not given; a message must not. A value
that is missing shows as ``{name}``, as does what a person forgot to replace, and both
are found before anybody is written to.
"""

import re
from collections.abc import Mapping
from functools import cache

from django.template import Context, Engine, engines

LINK = "{link}"
_PLACE = re.compile(r"\{[^{}\s]*\}")


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
    """Return the text that ``template`` makes of ``context``, in the current language."""
    values = Context(dict(context), autoescape=False)
    return _engine().get_template(template).render(values)


def gaps(text: str) -> list[str]:
    """Return the places in ``text`` that were not filled in, the link's apart."""
    return [place for place in _PLACE.findall(text) if place != LINK]
