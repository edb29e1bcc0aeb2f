"""Lists as offices send them."""

import io
from collections.abc import Mapping, Sequence

import openpyxl

HEADER = ("Miasto", "Imię", "Nazwisko", "E-mail", "Wydział", "Szczebel", "Stanowisko")
ANNA = (
    "Kraków",
    "Anna",
    "Żółć",
    "anna@example.org",
    "Wydział Edukacji",
    "średni",
    "inspektorka",
)
JAN = ("Łódź", "Jan", "Świerk", "jan@example.org", "MOPS", "specjalista", "referent")
PEOPLE = (ANNA, JAN)


def csv(
    rows: Sequence[Sequence[str]] = PEOPLE,
    header: Sequence[str] = HEADER,
    *,
    delimiter: str = ";",
    encoding: str = "utf-8",
    above: str = "",
) -> bytes:
    """Return a CSV as an office would save it."""
    lines = [delimiter.join(row) for row in (header, *rows)]
    return (above + "\r\n".join(lines) + "\r\n").encode(encoding)


def xlsx(
    rows: Sequence[Sequence[object]] = PEOPLE,
    header: Sequence[str] = HEADER,
    *,
    above: Sequence[Sequence[object]] = (),
) -> bytes:
    """Return a workbook with one sheet."""
    book = openpyxl.Workbook()
    for row in (*above, header, *rows):
        book.active.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def person(**changes: str) -> Mapping[str, str]:
    """Return a right row by the names of its columns."""
    return {
        "Miasto": "Kraków",
        "Imię": "Anna",
        "Nazwisko": "Żółć",
        "E-mail": "anna@example.org",
        "Wydział": "edukacja",
        "Szczebel": "średni",
        **changes,
    }


def csv_of(*people: Mapping[str, str]) -> bytes:
    """Return a CSV with a row for each person; a column for whatever one of them has."""
    names = list(dict.fromkeys(name for one in people for name in one))
    return csv([[one.get(name, "") for name in names] for one in people], names)
