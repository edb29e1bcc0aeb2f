"""Practices as other apps choose and name them: by their address, which never changes."""

from collections.abc import Iterable
from dataclasses import dataclass

from mosty.kernel.names import sort_key
from mosty.library import policies


@dataclass(frozen=True, slots=True)
class Choice:
    """A published practice."""

    slug: str
    title: str
    language: str
    city: str


def practices_to_choose() -> list[Choice]:
    """Return the practices that stand, by title; one query."""
    rows = policies.published().filter(practice__retired_at__isnull=True)
    found = [
        Choice(row.practice.slug, row.title, row.language, str(row.practice.city))
        for row in rows.select_related("practice__city").order_by("pk")
    ]
    return sorted(found, key=lambda row: sort_key(row.title))


def titles_of(slugs: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return language and title of published practices, retired ones too; one query."""
    rows = policies.published().filter(practice__slug__in=set(slugs))
    return {
        slug: (language, title)
        for slug, language, title in rows.values_list(
            "practice__slug", "language", "title"
        )
    }
