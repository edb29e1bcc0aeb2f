"""How the library's pages let people in: whoever has no business there finds nothing."""

from django.shortcuts import get_object_or_404

from mosty.accounts.models import User
from mosty.kernel.access import require
from mosty.library import policies
from mosty.library.models import (
    Edition,
    EditionVersion,
    Practice,
    PracticeVersion,
    Tool,
)


def open_practice(slug: str) -> Practice:
    """Return a practice that anybody may read, or 404."""
    return get_object_or_404(
        policies.practices_published().select_related("city"), slug=slug
    )


def open_version(slug: str, number: int) -> PracticeVersion:
    """Return a published version of it, or 404."""
    found = open_practice(slug)
    version: PracticeVersion = get_object_or_404(
        found.versions.filter(state=PracticeVersion.State.PUBLISHED), number=number
    )
    version.practice = found
    return version


def seen_practice(user: User, slug: str) -> Practice:
    """Return a practice whose desk ``user`` may open, or 404."""
    return get_object_or_404(
        policies.practices_visible_to(user).select_related("city"), slug=slug
    )


def own_practice(user: User, slug: str) -> Practice:
    """Return a practice for which ``user`` writes; 404, or 403 for who only reads it."""
    practice = seen_practice(user, slug)
    require(policies.can_write(user, practice))
    return practice


def newest(practice: Practice) -> PracticeVersion:
    """Return the newest version, in whatever state, with its practice."""
    version = practice.versions.order_by("-number")[0]
    version.practice = practice
    return version


def open_tool(slug: str) -> Tool:
    """Return a tool that anybody may read, or 404."""
    return get_object_or_404(policies.tools_published(), slug=slug)


def kept_tool(user: User, slug: str) -> Tool:
    """Return a tool that ``user`` keeps, or 404."""
    return get_object_or_404(policies.tools_kept_by(user), slug=slug)


def kept_edition(user: User, pk: int) -> Edition:
    """Return an edition that ``user`` keeps, or 404."""
    return get_object_or_404(
        policies.editions_kept_by(user).select_related("tool"), pk=pk
    )


def kept_version(user: User, pk: int) -> EditionVersion:
    """Return a version that ``user`` keeps, or 404."""
    return get_object_or_404(
        policies.versions_kept_by(user).select_related(
            "edition__tool", "translates__edition"
        ),
        pk=pk,
    )
