"""What stands above pages that ask about something of the library once more."""

from django.urls import reverse
from django.utils.translation import gettext as _

from mosty.library.models import PracticeVersion, Tool

Above = tuple[tuple[object, str], ...]


def above_practice(version: PracticeVersion) -> Above:
    """Return the names and addresses of the pages above those about a practice."""
    slug = version.practice.slug
    return (
        (_("Library"), reverse("library:desk")),
        (version.title, reverse("library:desk_practice", args=[slug])),
    )


def above_tool(tool: Tool) -> Above:
    """Return the names and addresses of the pages above those about a tool."""
    return (
        (_("Library"), reverse("library:desk")),
        (tool.name, reverse("library:kept_tool", args=[tool.slug])),
    )
