"""
A plan as a DOCX that offices write on in: headings, a table for each action, no macros.

Put together from data by python-docx: texts are texts, whatever marks they have.
"""

import io
import re
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from mosty.plans.content import Content
from mosty.plans.models import Plan
from mosty.plans.printing import facts

# What XML cannot hold: control characters but tab and line ends.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LANGUAGES = {"pl": "pl-PL", "en": "en-GB"}
# Whatever the clock says, the same plan is the same file.
_MADE = datetime(2026, 1, 1)  # noqa: DTZ001 - of the file's properties, which have no zone


def docx(plan: Plan, content: Content, state: str) -> bytes:
    """Return the plan as a document; ``state`` says which version it is."""
    document = Document()
    _prepare(document, content)
    document.add_paragraph(_plain(_("Action plan")))
    document.add_heading(_plain(content.title), level=0)
    where = [str(plan.owner.name), str(plan.programme.name)]
    if plan.course:
        where.append(str(plan.course.title))
    document.add_paragraph(_plain(". ".join(where)))
    mark = f" ({pgettext('plan', 'fictional')})" if plan.is_fictional else ""
    document.add_paragraph(_plain(state + mark))
    if content.context:
        document.add_heading(_plain(_("Where our city stands")), level=1)
        _paragraphs(document, content.context)
    for aim in content.aims:
        document.add_heading(
            _plain(f"{_('Objective')} {aim.number}: {aim.text}"), level=1
        )
        for line in aim.lines:
            document.add_heading(_plain(f"{line.number} {line.what}"), level=2)
            rows = facts(line)
            if rows:
                _table(document, rows)
    document.add_paragraph()
    signatures = document.add_table(rows=1, cols=3)
    for cell, text in zip(
        signatures.rows[0].cells,
        (_("Place and date"), _("Name and office"), _("Signature")),
        strict=True,
    ):
        cell.text = "\n\n" + _plain(text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _prepare(document: "Document", content: Content) -> None:  # type: ignore[valid-type]  # a factory's name
    section = document.sections[0]  # type: ignore[attr-defined]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    normal = document.styles["Normal"]  # type: ignore[attr-defined]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    # The language in which a screen reader or a spelling check reads it.
    language = _LANGUAGES.get(content.language, content.language)
    fonts = normal.element.get_or_add_rPr()
    tag = fonts.makeelement(qn("w:lang"), {qn("w:val"): language})
    fonts.append(tag)
    properties = document.core_properties  # type: ignore[attr-defined]
    properties.title = _plain(content.title)[:250]
    properties.author, properties.comments = "Mosty", ""
    properties.language = language
    properties.created = properties.modified = _MADE
    properties.subject = pgettext("of a document", "action plan")


def _table(document: "Document", rows: list[list[str]]) -> None:  # type: ignore[valid-type]
    table = document.add_table(rows=0, cols=2)  # type: ignore[attr-defined]
    table.style = "Table Grid"
    for term, text in rows:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = _plain(term), _plain(text)
        cells[0].width, cells[1].width = Cm(4.2), Cm(12.4)


def _paragraphs(document: "Document", text: str) -> None:  # type: ignore[valid-type]
    for part in text.splitlines():
        if part.strip():
            document.add_paragraph(_plain(part))  # type: ignore[attr-defined]


def _plain(text: str) -> str:
    return _NOT_XML.sub("", text)
