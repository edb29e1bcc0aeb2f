"""
The one place that tells the search what has changed; every action calls it.

Call it inside the action's transaction, after the write.
"""

from mosty.library.models import Practice, Tool


def practice_changed(practice: Practice) -> None:
    """Tell that a practice was published, changed or retired."""


def tool_changed(tool: Tool) -> None:
    """Tell that a tool or one of its editions was published, changed or retired."""
