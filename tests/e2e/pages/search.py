"""The search, and the words that its editors keep."""

from typing import Any

from mosty.accounts.models import Role
from tests.e2e.academy import Academy
from tests.e2e.pages.page import Args, Page, of


def _synonyms(academy: Academy) -> dict[str, Any]:
    return {"pk": academy.synonyms.pk}


PAGES = (
    Page("library:search"),
    Page("library:search", variant="found", query="?q=mieszkania"),
    Page("library:search", variant="corrected", query="?q=mieszkanai&kind=course"),
    Page("library:search", variant="nothing", query="?q=hipopotam"),
    Page("library:search", variant="wordless", query="?q=%3F%21"),
    Page("library:thesaurus", Role.COORDINATOR),
    Page("library:concept_add", Role.COORDINATOR),
    Page("library:concept", Role.COORDINATOR, of(code="housing")),
    Page("library:synonyms", Role.SECRETARIAT),
    Page("library:synonyms_add", Role.SECRETARIAT),
    Page("library:synonyms_change", Role.SECRETARIAT, _synonyms),
)
SMALL = {"library-search-found", "library-thesaurus", "library-concept"}
# A button sends to it.
NO_PAGES: dict[str, Args] = {
    "library:synonyms_remove": _synonyms,
}
