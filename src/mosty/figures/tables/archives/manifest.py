"""
What an archive says of itself, and whether it still is as it was written.

A folder holds ``manifest.json`` and, for each relation, Parquet files in folders named
after what is alike in them (``consultations/year=2025/month=03/point=krakow/…``). The
manifest names every file with its SHA-256, size and rows. Nothing of a folder is read
until all of it has been checked.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from django.utils.translation import gettext as _

from mosty.kernel.refusal import Refusal

FORMAT = "mosty-archive"
# Rises when readers must change: a column gone, or one that means something else.
SCHEMA = 1
NAME = "manifest.json"
# The relation that every archive has: what its codes are.
CODES = "codes"


class CannotRead(Refusal):
    """The folder is no archive, not as it was written, or of another version."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One file: its place in the folder, and what it was when it was written."""

    path: str
    relation: str
    rows: int
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Archive:
    """A checked archive: all records of some places of one year."""

    folder: Path
    year: int
    # Place -> whose code lists it speaks.
    places: Mapping[str, str]
    # All months were closed: nothing but revisions can have changed since.
    is_closed: bool
    made_at: datetime
    files: tuple[Kept, ...]

    def paths(self, relation: str) -> list[str]:
        """Return the files of a relation that have rows, in order."""
        return [
            str(self.folder / kept.path)
            for kept in self.files
            if kept.relation == relation
        ]

    def rows(self, relation: str) -> int:
        """Return how many rows a relation has."""
        return sum(kept.rows for kept in self.files if kept.relation == relation)

    def rows_of(self, relation: str, place: str) -> int:
        """Return how many rows a relation has of one place."""
        return sum(
            kept.rows
            for kept in self.files
            if kept.relation == relation and f"/point={place}/" in kept.path
        )

    def moved(self, folder: Path) -> "Archive":
        """Return the same archive, in ``folder``."""
        return replace(self, folder=folder)


def relations(archives: Iterable[Archive]) -> set[str]:
    """Return the relations of which some archive has rows."""
    return {kept.relation for archive in archives for kept in archive.files}


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write(archive: Archive, *, columns: dict[str, dict[str, str]], by: str) -> None:
    """
    Write the manifest. ``columns`` says of each relation what its columns mean.

    It comes last: a folder without one is no archive.
    """
    said = {
        "format": FORMAT,
        "schema": SCHEMA,
        "year": archive.year,
        "places": dict(archive.places),
        "closed": archive.is_closed,
        "made_at": archive.made_at.isoformat(),
        "made_by": by,
        "columns": columns,
        "files": [asdict(kept) for kept in archive.files],
    }
    text = json.dumps(said, ensure_ascii=False, indent=2) + "\n"
    (archive.folder / NAME).write_text(text, encoding="utf-8")


def opened(folders: Iterable[Path]) -> list[Archive]:
    """
    Return the archives in these folders, each checked.

    :raises CannotRead: as :func:`checked`, or if two hold the same place and year.
    """
    found = [checked(folder) for folder in folders]
    seen: dict[tuple[int, str], Path] = {}
    for archive in found:
        for place in archive.places:
            other = seen.setdefault((archive.year, place), archive.folder)
            if other != archive.folder:
                raise CannotRead(
                    _(
                        "%(one)s and %(other)s both hold %(place)s in %(year)d: its records would be counted twice. Give one of them."
                    )
                    % {
                        "one": other.name,
                        "other": archive.folder.name,
                        "place": place,
                        "year": archive.year,
                    }
                )
    return found


def checked(folder: Path) -> Archive:
    """
    Return the archive in ``folder``, if it is as it was written.

    :raises CannotRead: if it is not, or is of a version that this Mosty does not know.
    """
    said = _said(folder)
    try:
        archive = Archive(
            folder=folder,
            year=int(said["year"]),
            places={str(place): str(of) for place, of in said["places"].items()},
            is_closed=bool(said["closed"]),
            made_at=datetime.fromisoformat(said["made_at"]),
            files=tuple(Kept(**kept) for kept in said["files"]),
        )
    except (AttributeError, KeyError, TypeError, ValueError):
        raise _unlike(folder, NAME) from None
    for kept in archive.files:
        _check(folder, kept)
    _check_nothing_else(folder, archive.files)
    return archive


def _said(folder: Path) -> dict[str, Any]:
    try:
        said = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except OSError:
        raise CannotRead(
            _("%(folder)s is no archive: it has no %(file)s.")
            % {"folder": folder.name, "file": NAME}
        ) from None
    except ValueError:
        raise _unlike(folder, NAME) from None
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise CannotRead(
            _("%(folder)s is no archive of Mosty.") % {"folder": folder.name}
        )
    if said.get("schema") != SCHEMA:
        raise CannotRead(
            _(
                "The archive %(folder)s has version %(found)s of the format, and this Mosty reads version %(known)d. Use the Mosty that wrote it, or a newer one."
            )
            % {
                "folder": folder.name,
                "found": str(said.get("schema"))[:20],
                "known": SCHEMA,
            }
        )
    return said


def _check(folder: Path, kept: Kept) -> None:
    path = folder / kept.path
    inside = PurePosixPath(kept.path)
    if inside.is_absolute() or ".." in inside.parts or path.is_symlink():
        raise _unlike(folder, NAME)
    if not path.is_file():
        raise CannotRead(
            _("The archive %(folder)s is not whole: %(file)s is missing.")
            % {"folder": folder.name, "file": kept.path}
        )
    if path.stat().st_size != kept.size or digest(path) != kept.sha256:
        raise _unlike(folder, kept.path)


def _check_nothing_else(folder: Path, files: Sequence[Kept]) -> None:
    known = {kept.path for kept in files}
    for path in sorted(folder.rglob("*.parquet")):
        name = path.relative_to(folder).as_posix()
        if name not in known:
            raise CannotRead(
                _(
                    "In the archive %(folder)s there is %(file)s, of which the manifest has no checksum. Take it away, or fetch the archive anew."
                )
                % {"folder": folder.name, "file": name}
            )


def _unlike(folder: Path, name: str) -> CannotRead:
    return CannotRead(
        _(
            "The archive %(folder)s is not as it was written: %(file)s has changed or is damaged. Nothing of it was read. Fetch it anew."
        )
        % {"folder": folder.name, "file": name}
    )
