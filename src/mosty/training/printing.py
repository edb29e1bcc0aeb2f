"""
Certificates as accessible PDFs (PDF/UA-1), one page each, made by Typst.

Names and titles reach the template as data, never as markup. The same certificate is the
same file, whenever it is made: its date is that of its issue.
"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import segno
import typst
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mosty.training.models import Picture
from mosty.training.queries.standing import in_hours
from mosty.ui.dates import day, day_range

TEMPLATE = Path(__file__).parent / "typst" / "certificate.typ"
BADGE = TEMPLATE.with_name("badge.typ")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One certificate as it is printed."""

    serial: str
    content: Mapping[str, Any]
    # On the clock of the programme.
    issued_on: date
    # Not issued: to look at how it will be.
    is_specimen: bool = False


@cache
def _fonts(*, of_the_system: bool = False) -> typst.Fonts:
    """Return the fonts inside Typst: the same letters on every machine."""
    return typst.Fonts(include_system_fonts=of_the_system)


def address(serial: str) -> str:
    """Return where anybody checks a certificate: it leads to the reader's own language."""
    return f"{settings.BASE_URL}/certificates/{serial}/"


def pdf(sheet: Sheet, pictures: Mapping[str, Picture]) -> bytes:
    """Return one certificate as PDF."""
    return next(pdfs([sheet], pictures))


def pdfs(sheets: Sequence[Sheet], pictures: Mapping[str, Picture]) -> Iterator[bytes]:
    """Yield each certificate as PDF, in order; several processors work side by side."""
    with _beside(pictures) as folder:
        if len(sheets) == 1:
            yield _compile(sheets[0], pictures, folder, "pdf")
            return
        # Typst lets go of Python's lock while it works.
        with ThreadPoolExecutor(os.cpu_count() or 1) as workers:
            yield from workers.map(
                lambda sheet: _compile(sheet, pictures, folder, "pdf"), sheets
            )


def badge(sheet: Sheet) -> bytes:
    """Return the picture of a digital badge as PNG: course, issuer and year, no name."""
    content, code = sheet.content, sheet.content["languages"][0]
    data = {
        "language": code,
        "course": content["course"][code],
        "issuer": content["issuer"][code],
        "year": str(sheet.issued_on.year),
    }
    made = typst.compile(
        BADGE.read_bytes(),
        format="png",
        ppi=144,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data)},
    )
    return bytes(made[0] if isinstance(made, list) else made or b"")


def picture(sheet: Sheet, pictures: Mapping[str, Picture]) -> bytes:
    """Return a certificate as PNG, to be looked at on a screen."""
    with _beside(pictures) as folder:
        return _compile(sheet, pictures, folder, "png")


@contextmanager
def _beside(pictures: Mapping[str, Picture]) -> Iterator[Path]:
    """Lay the logos beside the template, by their digests: it reads nothing else."""
    with TemporaryDirectory(prefix="mosty-") as name:
        folder = Path(name)
        (folder / TEMPLATE.name).write_bytes(TEMPLATE.read_bytes())
        for digest, one in pictures.items():
            (folder / f"{digest}.png").write_bytes(bytes(one.content))
        yield folder


def _compile(
    sheet: Sheet,
    pictures: Mapping[str, Picture],
    folder: Path,
    form: Literal["pdf", "png"],
) -> bytes:
    says = json.dumps(data(sheet, pictures))
    day = datetime.combine(sheet.issued_on, datetime.min.time(), UTC)

    def compiled(*, with_system_fonts: bool, with_standard: bool) -> bytes:
        made = typst.compile(
            folder / TEMPLATE.name,
            root=folder,
            format=form,
            ppi=110,
            font_paths=_fonts(of_the_system=with_system_fonts),
            ignore_system_fonts=not with_system_fonts,
            sys_inputs={"data": says},
            pdf_standards="ua-1" if with_standard else None,
            timestamp=day,
        )
        return bytes(made[0] if isinstance(made, list) else made or b"")

    if form == "png":
        return compiled(with_system_fonts=False, with_standard=False)
    try:
        return compiled(with_system_fonts=False, with_standard=True)
    except typst.TypstError:
        # The standard refuses a letter that no font inside Typst has (王, ⴰ): those of
        # the machine may have it. Else the holder gets a tagged file that does not say
        # that it keeps the standard, rather than none.
        with suppress(typst.TypstError):
            return compiled(with_system_fonts=True, with_standard=True)
        return compiled(with_system_fonts=True, with_standard=False)


def data(sheet: Sheet, pictures: Mapping[str, Picture]) -> dict[str, Any]:
    """Return what the template is given."""
    content = sheet.content
    first = content["languages"][0]
    where = address(sheet.serial)
    return {
        "sides": [_side(sheet, code) for code in content["languages"]],
        "issued": [sheet.issued_on.year, sheet.issued_on.month, sheet.issued_on.day],
        "name": content["name"],
        "mark": _fictional(first) if content["is_fictional"] else "",
        "logos": [
            {**logo, "width": kept.width, "height": kept.height}
            for logo in content["logos"]
            if (kept := pictures.get(logo["digest"])) is not None
        ],
        "signatories": [
            {
                "name": one["name"],
                "function": one["function"][first],
                "organisation": one["organisation"][first],
            }
            for one in content["signatories"]
        ],
        "serial": sheet.serial,
        "address": where,
        "shown": f"{settings.BASE_URL.partition('://')[2]}/certificates",
        "qr": _qr(where),
    }


def _side(sheet: Sheet, code: str) -> dict[str, Any]:
    """Return what a certificate says in one of its languages."""
    content = sheet.content
    with translation.override(code):
        heading = pgettext("certificate", "Certificate of completion")
        if sheet.is_specimen:
            word = pgettext("certificate", "specimen")
            heading = f"{heading} ({word})"
        course = content["course"][code]
        return {
            "language": code,
            "document": f"{heading}: {course}",
            "heading": heading,
            "to": pgettext("certificate", "awarded to"),
            "for": pgettext("certificate", "for completing the course"),
            "course": course,
            "programme": content["programme"][code],
            "facts": _facts(content, code),
            "learned": _("Learning outcomes"),
            "outcomes": content["outcomes"].get(code, []),
            "serial": pgettext("certificate", "number"),
            "issued": pgettext("certificate", "issued on"),
            "check": pgettext("certificate", "check at"),
            "issued_on": day(sheet.issued_on),
            "qr": _("QR code with the address at which this certificate is checked"),
        }


def _facts(content: Mapping[str, Any], code: str) -> list[tuple[str, str]]:
    found = []
    if content["starts_on"] or content["ends_on"]:
        starts, ends = (
            date.fromisoformat(content[name]) if content[name] else None
            for name in ("starts_on", "ends_on")
        )
        when = day_range(starts, ends)
        if content["is_illustrative"]:
            when = f"{when} {pgettext('dates', '(illustrative)')}"
        found.append((pgettext("certificate", "dates"), when))
    if content["place"][code]:
        found.append((pgettext("certificate", "place"), content["place"][code]))
    hours = pgettext("hours of a course", "%(minutes)s of %(of)s") % {
        "minutes": in_hours(content["minutes"]),
        "of": in_hours(content["of_minutes"]),
    }
    found.append((pgettext("certificate", "attendance"), hours))
    return found


def _fictional(code: str) -> str:
    with translation.override(code):
        return f"({_('fictional')})"


def _qr(text: str) -> str:
    """Return a QR code as SVG; its mask is fixed, which saves most of the work."""
    out = BytesIO()
    code = segno.make(text, error="m", boost_error=False, micro=False, mask=3)
    code.save(out, kind="svg", xmldecl=False, border=0, dark="#16242e")
    return out.getvalue().decode()
