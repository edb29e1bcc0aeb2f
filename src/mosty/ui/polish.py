"""
How Polish is set: words of one letter go to the next line with the word they belong to.

So do a number with its month or unit, and a year with its "r.". Texts are written with
plain spaces; they are bound where they are shown, on pages and on paper.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

BOUND = "\u00a0"
_MONTHS = (
    "stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października"
    "|listopada|grudnia"
)
_LETTER = r"(?:(?<=[\s(„>–/])|^)([aiouwzAIOUWZ]) (?=\S)"
_UNIT = rf"(?<=\d) (?=(?:{_MONTHS}|r\.|%|zł|godz\.|min)(?!\w))"
_LOOSE = re.compile(rf"{_LETTER}|{_UNIT}")
# What is sent back, copied or read by programs stays as it is.
_KEPT = frozenset({"textarea", "pre", "code", "script", "title"})


def is_read() -> bool:
    """Test if what is being made will be read in Polish."""
    return (get_language() or "").split("-")[0] == "pl"


def bind(text: str) -> str:
    """Return ``text`` so that no word of one letter ends a line."""
    return _LOOSE.sub(_bound, text)


def bind_page(html: str) -> str:
    """
    Return a page with its texts bound, and all that is no text as it was.

    In one pass, tag after tag: pages are long, and somebody may have typed a long text.
    """
    first, *rest = html.split("<")
    parts = [bind(first)]
    kept = ""
    for part in rest:
        tag, end, text = part.partition(">")
        if kept:
            kept = "" if tag[1:].lower() == kept and tag[0] == "/" else kept
        elif (name := _name(tag)) in _KEPT:
            kept = name
        parts.append(part if kept or len(text) < 3 else f"{tag}{end}{bind(text)}")
    return "<".join(parts)


def _name(tag: str) -> str:
    return tag.split(maxsplit=1)[0].lower() if tag else ""


def bind_data(data: Any) -> Any:
    """
    Return data with every text in it bound.

    Names of fields stay, and so does what programs read: drawings and attached files.
    """
    if isinstance(data, str):
        return data if data.startswith(("<", "{")) else bind(data)
    if isinstance(data, Mapping):
        return {key: bind_data(value) for key, value in data.items()}
    if isinstance(data, Sequence):
        return [bind_data(value) for value in data]
    return data


def _bound(found: re.Match[str]) -> str:
    return (found[1] or "") + BOUND


class BoundPages:
    """Binds the texts of each page that is read in Polish."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        response = self.get_response(request)
        if (
            is_read()
            and not response.streaming
            and response.get("Content-Type", "").startswith("text/html")
        ):
            response.content = bind_page(response.content.decode(response.charset))
        return response
