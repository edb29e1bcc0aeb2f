"""A release as one long table: a row for each number, hidden ones without it."""

from collections.abc import Iterator
from itertools import zip_longest

from mosty.engines.disclosure import TOTAL
from mosty.figures.releases.document import Document, in_language
from mosty.kernel.sheets.write import Dialect, Value, csv_bytes, xlsx_bytes

# Two dimensions are the most that a table has here.
HEADER = (
    "subject",
    "year",
    "release",
    "table",
    "measure",
    "dimension_1",
    "code_1",
    "label_1",
    "dimension_2",
    "code_2",
    "label_2",
    "value",
    "status",
)
DICTIONARY = ("kind", "name", "within", "label", "unit", "definition")
HIDDEN = "hidden"
# In these languages Windows-1250 has all letters.
OF_1250 = ("pl", "en")


def rows(document: Document, language: str) -> Iterator[tuple[Value, ...]]:
    """Yield a row for each number: figures by themselves, then each table's cells."""
    start = (document.subject, document.year, document.number)
    for single in document.singles:
        yield (*start, "", single.key, *[""] * 6, single.value, "")
    for table in document.tables:
        axes = [document.dimension(key) for key in table.dimensions]
        for cell in table.cells:
            named: list[str] = []
            for axis, code in zip_longest(axes, cell.codes[:2]):
                known = axis.by_code.get(code)
                label = in_language(known.label, language) if known else code
                named += [axis.key, code, label]
            named += [""] * (6 - len(named))
            status = HIDDEN if cell.value is None else ""
            yield (*start, table.key, table.measure, *named, cell.value, status)


def dictionary(document: Document, language: str) -> Iterator[tuple[Value, ...]]:
    """Yield what each table, measure, dimension and code means."""

    def say(texts: dict[str, str]) -> str:
        return in_language(texts, language)

    for measure in document.measures:
        yield (
            "measure", measure.key, measure.within, say(measure.label),
            say(measure.unit), say(measure.definition),
        )  # fmt: skip
    for single in document.singles:
        yield (
            "measure", single.key, "", say(single.label), say(single.unit),
            say(single.definition),
        )  # fmt: skip
    for table in document.tables:
        yield ("table", table.key, table.measure, say(table.title), "", "")
    for dimension in document.dimensions:
        yield ("dimension", dimension.key, "", say(dimension.label), "", "")
        for code in dimension.codes:
            within = f"{dimension.key}={code.parent}" if code.parent else dimension.key
            yield ("code", code.code, within, say(code.label), "", "")
        yield ("code", TOTAL, dimension.key, TOTAL, "", "")


def csv(
    document: Document, language: str, dialect: Dialect = "utf8", *, words: bool = False
) -> bytes:
    """
    Return the numbers, or with ``words`` what they mean, as CSV.

    As Polish Excel writes it the labels are in Polish where the language has other
    letters.
    """
    if dialect == "excel-pl" and language not in OF_1250:
        language = OF_1250[0]
    header, lines = (DICTIONARY, dictionary) if words else (HEADER, rows)
    return csv_bytes(header, lines(document, language), dialect=dialect)


def xlsx(document: Document, language: str) -> bytes:
    """Return the numbers as a workbook with one sheet."""
    title = f"{in_language(document.title, language)} {document.year}"
    return xlsx_bytes(HEADER, rows(document, language), title=title)
