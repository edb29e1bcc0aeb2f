"""
A plan as a DOCX that offices write on in: headings, a table for each action, no macros.
"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from docx.shared import Cm

from mosty.plans.content import Content
from mosty.plans.models import Plan
from mosty.plans.printing import facts
from mosty.ui import worddoc
from mosty.ui.worddoc import plain


def docx(plan: Plan, content: Content, state: str) -> bytes:
    """Return the plan as a document; ``state`` says which version it is."""
    document = worddoc.new(
        title=content.title,
        subject=pgettext("of a document", "action plan"),
        language=content.language,
    )
    document.add_paragraph(plain(_("Action plan")))
    document.add_heading(plain(content.title), level=0)
    where = [str(plan.owner.name), str(plan.programme.name)]
    if plan.course:
        where.append(str(plan.course.title))
    document.add_paragraph(plain(". ".join(where)))
    mark = f" ({pgettext('plan', 'fictional')})" if plan.is_fictional else ""
    document.add_paragraph(plain(state + mark))
    if content.context:
        document.add_heading(plain(_("Where our city stands")), level=1)
        _paragraphs(document, content.context)
    for aim in content.aims:
        document.add_heading(
            plain(f"{_('Objective')} {aim.number}: {aim.text}"), level=1
        )
        for line in aim.lines:
            document.add_heading(plain(f"{line.number} {line.what}"), level=2)
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
        cell.text = "\n\n" + plain(text)
    return worddoc.saved(document)


def _table(document: Any, rows: list[list[str]]) -> None:
    table = document.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    for term, text in rows:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = plain(term), plain(text)
        cells[0].width, cells[1].width = Cm(4.2), Cm(12.4)


def _paragraphs(document: Any, text: str) -> None:
    for part in text.splitlines():
        if part.strip():
            document.add_paragraph(plain(part))
