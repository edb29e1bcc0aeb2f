"""A published year as an accessible PDF, with its artefact inside."""

from pathlib import Path
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import override

from mosty.figures.queries.releases import Published
from mosty.figures.releases.document import in_language
from mosty.figures.releases.reading import TableView, views
from mosty.infopoint.releases import everyone
from mosty.ui import typeset
from mosty.ui.percent import percent

TEMPLATE = Path(__file__).parent.parent / "typst" / "year.typ"


def pdf(found: Published, language: str) -> bytes:
    """Return the year as a document in one language."""
    with override(language):
        return typeset.pdf(TEMPLATE, _data(found, language))


def _data(found: Published, language: str) -> dict[str, Any]:
    document = found.document
    return {
        "language": language,
        "title": str(everyone.YEAR) % {"year": document.year},
        "subject": in_language(document.title, language),
        "release": str(everyone.RELEASE)
        % {"number": found.number, "day": date_format(found.published_at, "j E Y")},
        "reason": found.reason,
        "hidden": str(everyone.HIDDEN_RULE) % {"least": document.width},
        "source": in_language(document.source, language),
        "sha256": found.sha256,
        "sections": [
            {
                "title": table.title,
                "definition": in_language(table.measure.definition, language),
                "columns": _columns(table),
                "rows": [_row(table, line) for line in table.lines],
                # Bars as long as the largest that is shown.
                "most": max((line.values[0] or 0 for line in table.inner), default=0)
                if not table.columns
                else 0,
            }
            for table in views(document, language)
        ],
        "text": found.text,
        "page": str(everyone.PAGE),
    }


def _columns(table: TableView) -> list[str]:
    if table.columns:
        return [table.of, *(one or str(everyone.TOTAL) for one in table.columns)]
    return [table.of, table.unit, str(everyone.SHARE)]


def _row(table: TableView, line: Any) -> dict[str, Any]:
    label = line.label or str(everyone.TOTAL)
    cells = [_number(value) for value in line.values]
    if not table.columns:
        share = line.shares[0]
        cells.append(
            "" if share is None or (table.several and line.is_sum) else percent(share)
        )
    return {
        "label": label,
        "depth": line.depth,
        "is_sum": line.is_sum,
        "cells": cells,
        "value": 0 if line.is_sum else line.values[0] or 0,
    }


def _number(value: int | None) -> str:
    return (
        str(everyone.HIDDEN)
        if value is None
        else number_format(value, force_grouping=True)
    )
