"""The kinds of files that are taken. Everything else is refused."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file: how its name ends, and what it is handed out as."""

    ending: str
    content_type: str
    label: str | Promise


_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
_ALL = (
    Kind("pdf", "application/pdf", "PDF"),
    Kind("odt", f"{_ODF}text", _("text document (ODT)")),
    Kind("ods", f"{_ODF}spreadsheet", _("spreadsheet (ODS)")),
    Kind("odp", f"{_ODF}presentation", _("presentation (ODP)")),
    Kind("docx", f"{_OOXML}wordprocessingml.document", _("text document (DOCX)")),
    Kind("xlsx", f"{_OOXML}spreadsheetml.sheet", _("spreadsheet (XLSX)")),
    Kind("pptx", f"{_OOXML}presentationml.presentation", _("presentation (PPTX)")),
    Kind("png", "image/png", _("picture (PNG)")),
    Kind("jpg", "image/jpeg", _("picture (JPEG)")),
    Kind("webp", "image/webp", _("picture (WebP)")),
    Kind("mp3", "audio/mpeg", _("sound (MP3)")),
    Kind("mp4", "video/mp4", _("film (MP4)")),
    Kind("txt", "text/plain; charset=utf-8", _("plain text")),
    Kind("csv", "text/csv; charset=utf-8", _("table (CSV)")),
    Kind("md", "text/markdown; charset=utf-8", _("text (Markdown)")),
)
KINDS: Mapping[str, Kind] = {kind.ending: kind for kind in _ALL}
# For the browser's own dialogue, which is a convenience and guards nothing.
ACCEPT = ",".join(f".{ending}" for ending in (*KINDS, "jpeg"))
