"""
The one place that tells the search what has changed; every action calls it.

Inside the action's transaction, after the write: a document is found as it is now, or not
at all.
"""

from mosty.library import policies
from mosty.library.actions import search
from mosty.library.models import Practice, Sort, Tool
from mosty.library.queries import documents


def practice_changed(practice: Practice) -> None:
    """Tell that a practice was published, changed or retired."""
    version = (
        policies.published()
        .filter(practice=practice, practice__retired_at__isnull=True)
        .select_related("practice__city")
        .first()
    )
    if version is None:
        search.forget(kind=Sort.PRACTICE, key=practice.slug)
    else:
        search.index(documents.of_practice(version))


def tool_changed(tool: Tool) -> None:
    """Tell that a tool or one of its editions was published, changed or retired."""
    shown = policies.tools_published().filter(pk=tool.pk, retired_at__isnull=True)
    found = shown.first()
    if found is None:
        search.forget(kind=Sort.TOOL, key=tool.slug)
    else:
        search.index(documents.of_tool(found))
