"""
Every page: what it is called, who looks at it, and at what in the played Academy.

Read by the checks of all pages and by ``scripts/screenshots.py``. An area is one module
with PAGES; SMALL names those also looked at on a phone in the dark, NO_PAGES the area's
addresses that are no pages, and at what they are asked for where every address is.
"""

from tests.e2e.pages import (
    certificates,
    evaluation,
    infopoint,
    library,
    office,
    partnerships,
    planning,
    plans,
    public,
    search,
    selection,
    training,
)
from tests.e2e.pages.page import Page as Page

_AREAS = (
    public,
    planning,
    selection,
    training,
    certificates,
    evaluation,
    infopoint,
    library,
    partnerships,
    plans,
    office,
    search,
)
ALL = tuple(page for area in _AREAS for page in area.PAGES)
SMALL = frozenset(key for area in _AREAS for key in getattr(area, "SMALL", ()))
NO_PAGES = {
    name: args
    for area in _AREAS
    for name, args in getattr(area, "NO_PAGES", {}).items()
}
