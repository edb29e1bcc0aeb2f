"""Files as they come from offices, and as they come from people who mean harm."""

import io
import tracemalloc
import zipfile
from collections.abc import Callable, Sequence

import openpyxl
import pytest
import xlsxwriter

from mosty.kernel.sheets.read import read
from mosty.kernel.sheets.refusals import CannotRead

HEADER = ["Imię", "Nazwisko", "Urząd"]
ROWS = [
    ["Zofia", "Święcka", "Urząd Miasta Łódź"],
    ["Jan", "Źródło", "Gmina Chełm; filia"],
]
KNOWN = frozenset({"imie", "nazwisko", "urzad"})


def workbook(fill: Callable[[openpyxl.Workbook], None]) -> bytes:
    """Return the workbook that ``fill`` has filled, as openpyxl writes it."""
    book = openpyxl.Workbook()
    fill(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def sheet(rows: Sequence[Sequence[object]]) -> bytes:
    """Return a workbook with one sheet of ``rows``, as Excel lays it out inside."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    page = book.add_worksheet("Arkusz1")
    for line, row in enumerate(rows):
        page.write_row(line, 0, row)
    book.close()
    return stream.getvalue()


def altered(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """Return the archive with ``old`` replaced by ``new`` in one of its parts."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        assert old in source.read(part)
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data.replace(old, new) if name == part else data)
    return stream.getvalue()


def archive(*parts: tuple[str, bytes]) -> bytes:
    """Return a ZIP with ``parts``."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in parts:
            target.writestr(name, data)
    return stream.getvalue()


def refused(content: bytes, name: str = "a") -> tuple[object, float]:
    """Return the sentence of the refusal, and the megabytes in use at most before it."""
    tracemalloc.start()
    try:
        with pytest.raises(CannotRead) as refusal:
            read(content, name)
        return refusal.value.sentence, tracemalloc.get_traced_memory()[1] / 1024**2
    finally:
        tracemalloc.stop()
