"""
Documents that offices write on in (DOCX): put together from data, without macros.

Texts are texts, whatever marks they have; the same data makes the same file.
"""

import io
import re
from datetime import datetime
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

# What XML cannot hold: control characters but tab and line ends.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LANGUAGES = {
    "pl": "pl-PL",
    "en": "en-GB",
    "uk": "uk-UA",
    "be": "be-BY",
    "ru": "ru-RU",
}
# Whatever the clock says, the same data is the same file.
_MADE = datetime(2026, 1, 1)  # noqa: DTZ001 - of the file's properties, which have no zone
_LINK = RGBColor(0x1D, 0x4E, 0x89)


def new(*, title: str, subject: str, language: str) -> Any:
    """Return an empty document on A4, in a language that programs can read it out in."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    # The language in which a screen reader or a spelling check reads it.
    spoken = _LANGUAGES.get(language, language)
    fonts = normal.element.get_or_add_rPr()
    fonts.append(fonts.makeelement(qn("w:lang"), {qn("w:val"): spoken}))
    properties = document.core_properties
    properties.title = plain(title)[:250]
    properties.author, properties.comments = "Mosty", ""
    properties.language = spoken
    properties.created = properties.modified = _MADE
    properties.subject = subject
    return document


def link(paragraph: Any, text: str, url: str) -> None:
    """Add words to a paragraph that lead to an address."""
    key = paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    holder = OxmlElement("w:hyperlink")
    holder.set(qn("r:id"), key)
    run = paragraph.add_run(plain(text))
    run.font.underline, run.font.color.rgb = True, _LINK
    # The library has no links of its own, and shows the elements no other way.
    holder.append(run._r)  # noqa: SLF001
    paragraph._p.append(holder)  # noqa: SLF001


def plain(text: str) -> str:
    """Return ``text`` without what no document can hold."""
    return _NOT_XML.sub("", text)


def saved(document: Any) -> bytes:
    """Return the document as a file."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
