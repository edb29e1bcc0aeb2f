"""Whether a translation is up to date with its source; always computed, never kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """A section as far as it matters here."""

    key: str
    title: str
    digest: str
    # Of a translation: the digest of what it was translated from.
    source_digest: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """
    What has happened to the source since.

    ``whole``: nobody knows which sections, since the source is kept without its text.
    """

    changed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    whole: bool = False

    @property
    def is_behind(self) -> bool:
        """Test if the translation says other than the source: amber."""
        return bool(self.changed or self.added or self.removed or self.whole)


def standing(
    source: Sequence[Part],
    translation: Sequence[Part],
    *,
    of_this_version: bool,
) -> Standing:
    """
    Return how ``translation`` stands to ``source``, by the headings of the source.

    ``of_this_version``: it says that it was made from this version of the source.
    """
    if not source or not translation:
        return Standing(whole=not of_this_version)
    ours: Mapping[str, Part] = {part.key: part for part in translation}
    theirs = {part.key for part in source}
    named = {part.key: _name(part, number) for number, part in enumerate(source, 1)}
    return Standing(
        changed=tuple(
            named[part.key]
            for part in source
            if part.key in ours
            and ours[part.key].source_digest
            and ours[part.key].source_digest != part.digest
        ),
        added=tuple(
            named[part.key]
            for part in source
            if part.key not in ours or not ours[part.key].source_digest
        ),
        removed=tuple(
            _name(part, number)
            for number, part in enumerate(translation, 1)
            if part.key not in theirs
        ),
    )


def _name(part: Part, number: int) -> str:
    return part.title or f"{number}."
