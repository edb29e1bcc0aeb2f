"""
All materials of a course in one ZIP, written while it is sent: no copy is kept.

Folders are sessions; README.txt lists title, language, licence and version of each.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mosty.kernel.names import clean
from mosty.programmes import languages
from mosty.programmes.models import Course
from mosty.training.models import MaterialVersion
from mosty.training.queries.materials import licence_words
from mosty.ui.dates import day

_CHUNK = 256 * 1024
_FOLDER = 60


class _Outlet(io.RawIOBase):
    """What a ZIP is written to: keeps the bytes until they are fetched, and cannot go back."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = bytes(data)  # type: ignore[call-overload]  # a buffer
        self._waiting += piece
        return len(piece)

    def fetch(self) -> bytes:
        """Return what waits, and forget it."""
        piece = bytes(self._waiting)
        self._waiting.clear()
        return piece


def stream(course: Course, versions: Sequence[MaterialVersion]) -> Iterator[bytes]:
    """Yield the ZIP in pieces. A file that is not on the disk is named in the list only."""
    paths = _paths(course, versions)
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(_entry("README.txt"), _list(course, versions, paths))
        yield outlet.fetch()
        for version in versions:
            path = paths.get(version.pk)
            if path is None:
                continue
            with (
                default_storage.open(str(version.file.name)) as source,
                archive.open(_entry(path), "w") as part,
            ):
                while piece := source.read(_CHUNK):
                    part.write(piece)
                    yield outlet.fetch()
    yield outlet.fetch()


def _entry(path: str) -> zipfile.ZipInfo:
    # At one moment for all: the same materials make the same file.
    entry = zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0))
    entry.external_attr = 0o644 << 16
    return entry


def _paths(course: Course, versions: Sequence[MaterialVersion]) -> dict[int, str]:
    """Return where in the ZIP each file lies that is on the disk, none twice."""
    order = {key: place for place, key in enumerate(_sessions(versions), 1)}
    taken: set[str] = {"readme.txt"}
    paths = {}
    for version in versions:
        if not version.file or not default_storage.exists(str(version.file.name)):
            continue
        session = version.material.session
        folder = ""
        if session is not None:
            folder = f"{order[session.pk]:02} {_folder(str(session.title))}/"
        stem, _dot, ending = version.name.rpartition(".")
        path, number = f"{folder}{version.name}", 2
        # Some systems do not tell capitals apart.
        while path.casefold() in taken:
            path, number = f"{folder}{stem} ({number}).{ending}", number + 1
        taken.add(path.casefold())
        paths[version.pk] = path
    return paths


def _sessions(versions: Sequence[MaterialVersion]) -> list[int]:
    keys = (version.material.session_id for version in versions)
    return list(dict.fromkeys(key for key in keys if key is not None))


def _folder(title: str) -> str:
    """Return a session's title as the name of a folder, on any system."""
    plain = "".join("-" if char in '<>:"/\\|?*' else char for char in clean(title))
    return plain[:_FOLDER].strip("-_ .") or "-"


def _list(
    course: Course, versions: Sequence[MaterialVersion], paths: dict[int, str]
) -> str:
    """Return the list of what is in the ZIP, and of links, which are not."""
    lines = [clean(str(course.title)), clean(str(course.programme.name)), ""]
    language, licence = _("Language"), _("Licence")
    missing = _("the file is missing")
    number = pgettext("of a material", "Version")
    for version in versions:
        material = version.material
        added = day(course.programme.local(version.added_at).date())
        lines += [
            clean(str(material.title)),
            f"  {version.url or paths.get(version.pk) or missing}",
            f"  {language}: {languages.name(material.language)}",
            f"  {licence}: {clean(licence_words(material))}",
            f"  {number}: {version.number} ({added})",
            "",
        ]
    # As Windows reads it without asking.
    return "\ufeff" + "\r\n".join(lines)
