"""
A questionnaire as an XLSForm: what other survey tools (ODK, Kobo) read and write.

Read here are the types select_one, select_multiple, text, range, integer, note and
group, labels in languages as ``label::Polish (pl)``, choices, required. What would change
the meaning of the form and is not known here is refused, by sheet, row and column.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from mosty.evaluation.questions.schema import (
    QUOTE,
    CannotUse,
    Content,
    Kind,
    Option,
    Question,
    parse,
)
from mosty.kernel.sheets.table import Row, letter
from mosty.kernel.sheets.workbook import open_all
from mosty.programmes import languages

LIKERT = "likert"
# What takes note of devices and moments has no place in answers that nobody can join.
_PRYING = frozenset(
    {
        "start", "end", "today", "deviceid", "username", "phonenumber", "email",
        "simserial", "subscriberid", "audit", "start-geopoint", "background-audio",
    }
)  # fmt: skip
_CHANGING = frozenset(
    {
        "relevant", "relevance", "calculation", "calculate", "constraint",
        "choice_filter", "repeat_count", "trigger", "default", "readonly", "read_only",
        "image", "audio", "video", "or_other", "instance", "intent", "query",
    }
)  # fmt: skip
_LANGUAGE = re.compile(
    r"(?P<column>[a-z_ ]+?)\s*::\s*(?P<name>[^(]*)(\((?P<code>[a-z]{2})\))?\s*", re.I
)
_YES = frozenset({"yes", "true", "true()", "1"})
_NO = frozenset({"", "no", "false", "false()", "0"})
_PARAMETER = re.compile(r"(start|end|step)\s*=\s*(-?\d+)")
# pyxform goes into groups by calling itself.
_DEEPEST = 20
_SHEETS = ("survey", "choices", "settings")

Texts = dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: for each row, what stands in which column, and where the columns are."""

    name: str
    columns: Mapping[str, int]
    rows: Sequence[Row]

    def cells(self, row: Row) -> dict[str, str]:
        """Return what is filled in, by the column's name."""
        return {
            name: str(row.cells[at])
            for name, at in self.columns.items()
            if at < len(row.cells) and str(row.cells[at])
        }

    def fault(self, row: Row | None, column: str, what: object) -> CannotUse:
        """Return a refusal that names the place."""
        at = self.columns.get(column)
        return CannotUse(
            format_lazy(
                _("Sheet “{sheet}”, row {row}, column {column}: {what}"),
                sheet=self.name,
                row=row.line if row else 1,
                column=f"{letter(at)} ({column})" if at is not None else column,
                what=what,
            )
        )


def read(content: bytes, fallback: str) -> Content:
    """
    Return the questionnaire in an XLSForm; ``fallback`` is the language of bare labels.

    The file is read by our own guarded reader; pyxform sees only its texts.

    :raises CannotRead: if it is no XLSX or beyond a limit.
    :raises CannotUse: if pyxform refuses it, or something in it is not known here.
    """
    tables = {
        name: _table(name, records)
        for name, records in open_all(content, _SHEETS).items()
    }
    if "survey" not in tables:
        raise CannotUse(_("This workbook has no sheet “survey”, so it is no XLSForm."))
    reader = _Reader(tables, fallback)
    found = reader.content()
    _check(tables)
    return found


def _table(name: str, records: Iterable[tuple[int, Sequence[object]]]) -> Table:
    rows = [Row(line, tuple(str(cell) for cell in cells)) for line, cells in records]
    if not rows:
        return Table(name, {}, ())
    columns: dict[str, int] = {}
    for at, cell in enumerate(rows[0].cells):
        if str(cell).strip():
            columns.setdefault(_column(str(cell)), at)
    return Table(name, columns, rows[1:])


def _column(written: str) -> str:
    found = _LANGUAGE.fullmatch(written.strip())
    if found is None:
        return written.strip().lower().replace(" ", "_")
    code = found["code"] or _code_of(found["name"])
    return f"{found['column'].strip().lower()}::{code or found['name'].strip()}"


def _code_of(name: str) -> str:
    plain = name.strip().lower()
    english = {"polish": "pl", "english": "en", "ukrainian": "uk", "belarusian": "be"}
    english |= {"russian": "ru", "estonian": "et", "latvian": "lv", "lithuanian": "lt"}
    return plain if plain in languages.CODES else english.get(plain, "")


def _check(tables: Mapping[str, Table]) -> None:
    """Let pyxform, the standard's own reader, say what is wrong with the form."""
    # It brings 50 MB of other readers, which only who brings in a form should cost.
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert

    book: dict[str, Any] = {
        name: [cells for row in table.rows if (cells := table.cells(row))]
        for name, table in tables.items()
    }
    try:
        convert(xlsform=book, validate=False, warnings=[])
    except PyXFormError as fault:
        # Its sentences are English; what they name is in the file.
        words = " ".join(str(fault).split())[:300]
        raise CannotUse(
            format_lazy(_("XLSForm's own check says: {words}"), words=words)
        ) from None


class _Reader:
    """Reads the rows of the sheets "survey" and "choices" into questions."""

    def __init__(self, tables: Mapping[str, Table], fallback: str) -> None:
        self.survey = tables["survey"]
        self.choices = tables.get("choices", Table("choices", {}, ()))
        self.settings = tables.get("settings", Table("settings", {}, ()))
        self.set = (
            self.settings.cells(self.settings.rows[0]) if self.settings.rows else {}
        )
        default = _column(f"x::{self.set.get('default_language', '')}").partition("::")[
            2
        ]
        self.fallback = default if default in languages.CODES else fallback
        self.codes = self._languages()
        self.lists = self._lists()

    def _languages(self) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for table in (self.survey, self.choices):
            for column in table.columns:
                name, mark, code = column.partition("::")
                if name != "label":
                    continue
                if mark and code not in languages.CODES:
                    raise table.fault(
                        None,
                        column,
                        _(
                            "this language is not known; write for example “label::Polish (pl)”."
                        ),
                    )
                found.setdefault(code or self.fallback)
        return tuple(found)

    def content(self) -> Content:
        """Return what the form asks."""
        questions = []
        depth: list[Row] = []
        for row in self.survey.rows:
            cells = self.survey.cells(row)
            if not cells:
                continue
            kind = " ".join(cells.get("type", "").replace("_", " ").split()).lower()
            if kind == "end group":
                if not depth:
                    raise self.survey.fault(row, "type", _("no group is open here."))
                depth.pop()
                continue
            if kind == "begin group":
                depth.append(row)
                if len(depth) > _DEEPEST:
                    raise self.survey.fault(
                        row, "type", _("this group stands inside too many others.")
                    )
            question = self._question(row, cells, kind)
            if question is not None:
                questions.append(question)
        if depth:
            raise self.survey.fault(depth[-1], "type", _("this group is never closed."))
        first = self.set.get("form_title", "")
        title = {
            code: self.set.get(f"form_title_{code}", "") or first or "–"
            for code in self.codes
        }
        return parse(Content(title, self.codes, tuple(questions)).as_json())

    def _question(
        self, row: Row, cells: Mapping[str, str], kind: str
    ) -> Question | None:
        for column in cells:
            if column in _CHANGING or column.startswith(
                ("media::", "bind::", "body::")
            ):
                raise self.survey.fault(
                    row,
                    column,
                    _("conditions, calculations and media are not taken over."),
                )
        required = cells.get("required", "").lower()
        if required not in _YES | _NO:
            raise self.survey.fault(row, "required", _("write yes or no."))
        key = cells.get("name", "").lower()
        made: dict[str, Any] = {
            "key": key,
            "text": self._texts(cells, "label"),
            "hint": self._texts(cells, "hint"),
            "required": required in _YES,
        }
        word, _space, rest = kind.partition(" ")
        if kind in {"note", "begin group"}:
            # A group without a label orders questions and says nothing.
            if kind == "begin group" and not made["text"]:
                return None
            return Question(**{**made, "required": False}, kind=Kind.NOTE)
        if kind == "text":
            quoted = key.startswith(QUOTE)
            return Question(**made, kind=Kind.QUOTE if quoted else Kind.TEXT)
        if kind == "integer":
            return Question(**made, kind=Kind.NUMBER)
        if kind == "range":
            return self._range(row, cells, made)
        if word == "select" and rest.split(" ")[0] in {"one", "multiple"}:
            return self._select(row, cells, made, rest)
        raise self.survey.fault(row, "type", self._unknown(kind))

    def _unknown(self, kind: str) -> Promise:
        if kind in _PRYING:
            return _(
                "answers here are joined to no person, device or moment, so this is not asked."
            )
        return _(
            "this type is not taken over. Known are select_one, select_multiple, text, "
            "range, integer, note and groups."
        )

    def _range(
        self, row: Row, cells: Mapping[str, str], made: dict[str, Any]
    ) -> Question:
        given = dict(_PARAMETER.findall(cells.get("parameters", "")))
        if given.get("step", "1") != "1":
            raise self.survey.fault(
                row, "parameters", _("only steps of 1 are taken over.")
            )
        return Question(
            **made,
            kind=Kind.SCALE,
            least=int(given.get("start", 1)),
            most=int(given.get("end", 10)),
        )

    def _select(
        self, row: Row, cells: Mapping[str, str], made: dict[str, Any], rest: str
    ) -> Question:
        # As written, since names of lists may have capitals.
        written = cells["type"].split()
        name = written[-1]
        if rest.endswith("or other") or name.lower() in {"one", "multiple"}:
            raise self.survey.fault(row, "type", _("“or_other” is not taken over."))
        options = self.lists.get(name)
        if not options:
            raise self.survey.fault(
                row, "type", format_lazy(_("there are no choices “{name}”."), name=name)
            )
        if rest.startswith("multiple"):
            return Question(**made, kind=Kind.MANY, options=tuple(options))
        if cells.get("appearance", "").lower() == LIKERT and (
            scale := _as_scale(options)
        ):
            return Question(**made, kind=Kind.SCALE, **scale)
        return Question(**made, kind=Kind.ONE, options=tuple(options))

    def _lists(self) -> dict[str, list[Option]]:
        found: dict[str, list[Option]] = {}
        for row in self.choices.rows:
            cells = self.choices.cells(row)
            if not cells:
                continue
            name = cells.get("list_name") or cells.get("list name", "")
            if not name or not cells.get("name"):
                raise self.choices.fault(
                    row,
                    "name" if name else "list_name",
                    _("every choice needs its list and its name."),
                )
            found.setdefault(name, []).append(
                Option(
                    cells["name"].lower(),
                    self._texts(cells, "label"),
                    cells.get("right", "").lower() in _YES,
                )
            )
        return found

    def _texts(self, cells: Mapping[str, str], column: str) -> Texts:
        bare = cells.get(column, "")
        found = {code: cells.get(f"{column}::{code}", "") for code in self.codes}
        if bare and self.fallback in found and not found[self.fallback]:
            found[self.fallback] = bare
        return {code: text for code, text in found.items() if text}


def _as_scale(options: Sequence[Option]) -> dict[str, Any] | None:
    """Return the scale that consecutive whole numbers make, with the words at its ends."""
    names = [option.key for option in options]
    if not all(name.isdecimal() for name in names):
        return None
    numbers = [int(name) for name in names]
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return None
    return {
        "least": numbers[0],
        "most": numbers[-1],
        "low": _end(options[0]),
        "high": _end(options[-1]),
    }


def _end(option: Option) -> Texts:
    """Return the words beside a number, without the number itself."""
    words = {
        code: text.removeprefix(option.key).lstrip(" –-.:")
        for code, text in option.text.items()
    }
    return {code: text for code, text in words.items() if text}
