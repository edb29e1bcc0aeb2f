"""Hostile files, sent to every place that takes files by whoever may send one there."""

import io
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from mosty.library.models import EditionVersion
from mosty.training.models import Material
from tests.access.crossing import Crossing, paths, undrawn
from tests.access.table import ALL
from tests.kernel.files import samples
from tests.structure import SOURCE
from tests.training.certificates.test_pictures import png

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, slots=True)
class Place:
    """A form that takes a file, and what else it must say for the file to be looked at."""

    file: str = "file"
    more: dict[str, object] = field(default_factory=dict)
    # What is taken there: so the form says all that it must.
    good: tuple[str, bytes] | None = None


DOCUMENT = ("x.pdf", samples.PDF.replace(b"Catalog", b"Catalog/N 77"))
LIST = ("x.csv", b"Name;City;Date\r\nAnna;Krakow;2027-01-01\r\n")
PLACES = {
    "nominations:imports": Place(good=LIST),
    "infopoint:imports": Place(good=LIST),
    "partnerships:files": Place("actors"),
    "partnerships:document_add": Place(good=DOCUMENT),
    "plans:bring": Place(),
    "evaluation:bring": Place(more={"name": "Made up"}),
    "library:take_back": Place(),
    "library:version": Place(more={"title": "Made up"}, good=DOCUMENT),
    "training:material_add": Place(
        more={
            "title_0": "A",
            "title_1": "A",
            "language": "pl",
            "licence": "cc-by-4.0",
            "access": "participants",
        },
        good=DOCUMENT,
    ),
    "training:material_renew": Place(good=DOCUMENT),
    "training:certificate_logos": Place(
        more={"name": "Made up"}, good=("x.png", png(30, 20))
    ),
}
# A file for each line of a plan: see tests/plans/test_answering.py.
ELSEWHERE = ("plans:check_in", "plans:link_check_in")
# The template of each form with a file -> where it is sent.
TEMPLATES = {
    "list.html": ("nominations:imports", "infopoint:imports"),
    "files.html": ("partnerships:files",),
    "agreement.html": ("partnerships:document_add",),
    "check_in.html": ELSEWHERE,
    "bring.html": ("plans:bring", "evaluation:bring"),
    "take_back.html": ("library:take_back",),
    "version.html": ("library:version",),
    "material_form.html": ("training:material_add", "training:material_renew"),
    "design.html": ("training:certificate_logos",),
}
# Forms of many things, of which those with files have one of the above.
GENERAL = {"form.html", "trial.html"}


def _bomb() -> bytes:
    """Return a small archive that unpacks to 200 MB, as a workbook begins."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w") as part,
    ):
        for _chunk in range(200):
            part.write(b"\0" * 1024**2)
    return out.getvalue()


XXE = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    b'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0">&e;</xliff>'
)
HOSTILE = {
    "a bomb": ("x.xlsx", _bomb()),
    "a program": ("x.pdf", samples.EXE),
    "a program with two endings": ("report.pdf.exe", samples.EXE),
    "an entity": ("x.xlf", XXE),
    "a drawing with a script": ("x.png", b"<svg><script>alert(1)</script></svg>"),
    "a page": ("x.csv", b"<!doctype html><script>alert(1)</script>"),
    "macros": ("x.docm", samples.office("docx", {"word/vbaProject.bin": b"x"})),
    "a script in a PDF": ("x.pdf", samples.pdf(b"<</S/JavaScript/JS(x)>>")),
    "two in one": ("x.pdf", samples.PDF + samples.packed({"a.html": b"x"})),
    "nothing": ("x.pdf", b""),
    "noughts": ("x.csv", b"\0" * 5_000),
    "a name that hides": ("x\u202efdp.exe\u200b/../../etc/passwd", samples.ELF),
    "too many pixels": (
        "x.png",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\xff" * 8 + b"\x08\x02\0\0\0" + b"\0" * 40,
    ),
}  # fmt: skip


def revision(key: str, path: str) -> dict[str, object]:
    """Return what says that nobody has changed meanwhile what gets the file."""
    numbers = [int(part) for part in path.split("/") if part.isdecimal()]
    if key == "training:material_renew":
        return {"revision": Material.objects.get(pk=numbers[-1]).revision}
    if key == "library:version":
        return {"revision": EditionVersion.objects.get(pk=numbers[-1]).revision}
    return {}


def kept() -> set[Path]:
    return set(Path(settings.STORAGES["default"]["OPTIONS"]["location"]).rglob("*"))


def test_every_place_that_takes_files_is_tried() -> None:
    shown = {
        path.relative_to(SOURCE).name
        for path in SOURCE.rglob("*.html")
        if "multipart/form-data" in path.read_text(encoding="utf-8")
    }
    assert shown == set(TEMPLATES) | GENERAL
    assert {key for keys in TEMPLATES.values() for key in keys} == {*PLACES, *ELSEWHERE}


@pytest.mark.parametrize("key", PLACES)
def test_nothing_hostile_is_kept_and_nothing_breaks(
    everybody: Crossing, key: str
) -> None:
    place, path = PLACES[key], paths(everybody.academy)[key]()
    more = {**place.more, **revision(key, path)}
    reader = min(ALL[key].posts)
    before = kept()
    everybody.begin()
    found = []
    for what, (name, content) in HOSTILE.items():
        sent = {**more, place.file: SimpleUploadedFile(name, content)}
        with undrawn():
            answer = everybody.ask(reader, "post", path, sent)
        if answer.status >= 500 or answer.wrote or answer.is_refusal:
            found.append(f"{what}: {answer}")
    assert found == []
    assert kept() == before
    if place.good is not None:
        sent = {**more, place.file: SimpleUploadedFile(*place.good)}
        with undrawn():
            assert everybody.ask(reader, "post", path, sent).wrote != frozenset()
        for made in kept() - before:
            if made.is_file():
                made.unlink()
