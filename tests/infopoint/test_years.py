"""A published year as everybody gets it: page, charts and files say the same."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date, timedelta

import docx
import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils.html import strip_tags
from docx.oxml.ns import qn
from pypdf import PdfReader

from mosty.audit.actors import SYSTEM
from mosty.figures.actions import releases as figures
from mosty.figures.queries.releases import published
from mosty.figures.releases import files, reading
from mosty.figures.releases.document import Cell, of_json
from mosty.infopoint.actions import releases
from mosty.infopoint.releases import press
from mosty.kernel.languages import EVERYONE
from mosty.kernel.sheets.read import read
from tests.figures.releases.documents import document
from tests.infopoint.test_releases import RULES, ask, closed, quick, year
from tests.infopoint.workshops.given import publish

pytestmark = pytest.mark.django_db
# What pytest takes from another module has to be named.
FIXTURES = (ask, closed, quick, year)
MORE = {"sensitive": 10, "tables": {**RULES["tables"], "topic": 3, "sex-age": 3}}


@pytest.fixture
def release(ask, lead, now):
    """Return the year's published release."""
    made = ask(rules=MORE)
    releases.make(release=made.pk, actor=SYSTEM, now=now)
    made.refresh_from_db()
    return figures.publish(release=made, actor=lead, now=now)


@pytest.fixture
def found(release, closed, year):
    return published(closed.subject, year)


def get(client, closed, year, name, language="pl", query=""):
    args = [language, closed.slug, year, *([name] if name else [])]
    return client.get(
        reverse("year_file" if name else "year_in_numbers", args=args) + query
    )


def as_told(document):
    """Return table -> codes -> number of a document, hidden ones as None."""
    return {table.key: dict(table.by_codes) for table in document.tables}


def of_rows(rows):
    """Return the same of the rows of a file, as their texts say it."""
    told = {}
    for row in rows:
        codes = tuple(row[f"code_{n}"] for n in (1, 2) if row[f"code_{n}"])
        assert (row["status"] == "hidden") == (row["value"] == "")
        value = None if row["value"] == "" else int(float(row["value"]))
        told.setdefault(row["table"], {})[codes] = value
    return told


def test_every_file_says_what_the_artefact_says(client, closed, year, found):
    """JSON, both CSV, XLSX and PDF, read back."""
    told = as_told(found.document)
    assert told["nationality"]["nga",] is None

    raw = get(client, closed, year, "numbers.json").content
    assert as_told(of_json(json.loads(raw))) == told
    text = get(client, closed, year, "numbers.csv").content.decode("utf-8-sig")
    assert of_rows(csv.DictReader(io.StringIO(text))) == told
    polish = get(client, closed, year, "numbers-excel.csv", "uk")
    assert polish.headers["Content-Type"] == "text/csv; charset=windows-1250"
    text = polish.content.decode("windows-1250")
    assert of_rows(csv.DictReader(io.StringIO(text), delimiter=";")) == told
    assert "Ukraina" in text
    book = get(client, closed, year, "numbers.xlsx").content
    sheet = read(book, "numbers.xlsx")
    rows = [dict(zip(sheet.header, row.cells, strict=True)) for row in sheet.rows]
    assert of_rows(rows) == told
    pdf = PdfReader(io.BytesIO(get(client, closed, year, "numbers.pdf").content))
    assert pdf.attachments["numbers.json"] == [raw]
    words = " ".join(page.extract_text() for page in pdf.pages)
    assert [line for line in pdf_lines(found.document) if line not in words] == []
    assert pdf.trailer["/Root"]["/Lang"] == "pl"


def test_a_guide_of_the_year_leads_to_the_library(
    client, ask, closed, year, lead, now, edition
):
    """Where the reader's language is not the library's, in Polish."""
    published_on = date(year, 5, 6)
    publish(closed, lead, now, published_on, "forgotten", edition=edition, url="")
    made = ask()
    releases.make(release=made.pk, actor=SYSTEM, now=now)
    made.refresh_from_db()
    figures.publish(release=made, actor=lead, now=now)
    found = {
        language: re.findall(
            'href="(/[a-z]+/tools/[^"]*)"',
            get(client, closed, year, "", language).content.decode(),
        )
        for language in ("pl", "en", "uk")
    }
    assert found == {
        "pl": ["/pl/tools/handbook/pl/"],
        "en": ["/en/tools/handbook/pl/"],
        "uk": ["/pl/tools/handbook/pl/"],
    }


def pdf_lines(document):
    """Return how lines of one-dimensional tables stand in the document."""
    for table in document.tables:
        if len(table.dimensions) == 1:
            axis = document.dimension(table.dimensions[0])
            for (code,), value in table.by_codes.items():
                if code in axis.by_code:
                    label = axis.by_code[code].label["pl"]
                    yield f"{label} {'ukryto' if value is None else value}"


@pytest.mark.parametrize("language", EVERYONE)
def test_the_page_says_what_the_artefact_says(client, closed, year, found, language):
    answer = get(client, closed, year, "", language)
    page = answer.content.decode()
    assert answer.headers["Content-Language"] == language
    told = {}
    for key, section in re.findall(
        r'<section id="([\w-]+)"(.*?)</section>', page, re.S
    ):
        for row in re.findall(r"<tr.*?</tr>", section.partition("<tbody>")[2], re.S):
            label = strip_tags(re.search(r"<th.*?</th>", row, re.S)[0]).strip()
            cells = [
                strip_tags(one).strip() for one in re.findall(r"<td.*?</td>", row, re.S)
            ]
            told.setdefault(key, []).append((label, cells))
    expected = {}
    for view in reading.views(found.document, language):
        hidden, total = HIDDEN_AND_TOTAL[language]
        expected[view.key] = [
            (
                line.label or total,
                [hidden if value is None else str(value) for value in line.values],
            )
            for line in view.lines
        ]
    # The last column of tables with one dimension is the share.
    shown = {
        key: [(label, cells[: len(expected[key][0][1])]) for label, cells in rows]
        for key, rows in told.items()
    }
    assert shown == expected


HIDDEN_AND_TOTAL = {
    "pl": ("ukryto", "Razem"),
    "en": ("hidden", "Total"),
    "uk": ("приховано", "Разом"),
    "be": ("схавана", "Разам"),
    "ru": ("скрыто", "Всего"),
}


def test_charts_draw_what_is_shown_and_nothing_else(client, closed, year, found):
    address = reverse("year_chart", args=["en", closed.slug, year, "nationality"])
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "image/svg+xml; charset=utf-8"
    drawn = re.findall(r'aria-label="([^"]*)"', answer.content.decode())
    bars = {
        label: int(number)
        for one in drawn
        if (match := re.search(r"consultations: (\d+); label: ([^;]+)", one))
        for number, label in [match.groups()]
    }
    table = found.document.table("nationality")
    axis = found.document.dimension("nationality")
    parents = {code.parent for code in axis.codes}
    assert bars == {
        axis.by_code[code].label["en"]: value
        for (code,), value in table.by_codes.items()
        if code in axis.by_code and code not in parents and value is not None
    }
    for wrong in ("sex-age", "salary"):
        address = reverse("year_chart", args=["en", closed.slug, year, wrong])
        assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("limit", "view", "name"),
    (
        ("CHARTS_A_MINUTE", "year_chart", "nationality"),
        ("FILES_A_MINUTE", "year_file", "numbers.csv"),
    ),
)
def test_one_address_does_not_have_things_made_without_end(
    client, closed, year, found, monkeypatch, limit, view, name
):
    cache.clear()
    monkeypatch.setattr(f"mosty.infopoint.views.years.{limit}", 1)
    address = reverse(view, args=["pl", closed.slug, year, name])
    answers = [client.get(address) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [200, 429]
    # No cache keeps the refusal for others.
    assert answers[1]["Cache-Control"] == "private, no-cache"
    assert "Zbyt wiele" in answers[1].content.decode()


def test_shares_are_of_two_shown_numbers(found):
    document = found.document
    view = {one.key: one for one in reading.views(document, "en")}
    lines = {line.code: line for line in view["nationality"].lines}
    assert [lines[code].shares for code in ("ukr", "nga", "Total")] == [
        (63,),
        (None,),
        (100,),
    ]
    # Thirty consultations, one topic each.
    assert view["topic"].whole == document.table("channel").total == 30
    assert (reading.share(1, 200), reading.share(1, 0), reading.share(None, 3)) == (
        1,
        None,
        None,
    )


def test_what_is_not_published_is_not_found(client, closed, ready_only, year):
    for name in ("", "numbers.csv", "dcat.ttl"):
        assert get(client, closed, year, name).status_code == 404
    index = client.get(reverse("years_in_numbers", args=["en", closed.slug]))
    assert (index.context["years"], index.context["log"]) == ([], [])


@pytest.fixture
def ready_only(ask, now):
    made = ask()
    releases.make(release=made.pk, actor=SYSTEM, now=now)


def test_addresses_that_ask_for_nothing_are_not_found(client, closed, year, found):
    for name, query in (
        ("", "?release=2"),
        ("", "?release=x"),
        ("", "?release=0"),
        ("secrets.csv", ""),
    ):
        assert get(client, closed, year, name, query=query).status_code == 404
    assert get(client, closed, year - 1, "").status_code == 404
    assert (
        client.post(get(client, closed, year, "").request["PATH_INFO"]).status_code
        == 405
    )


def test_an_earlier_release_stays_and_says_that_it_was_replaced(
    client, ask, closed, lead, year, release, now
):
    made = ask("A table less", RULES)
    at = now + timedelta(days=1)
    releases.make(release=made.pk, actor=SYSTEM, now=at)
    made.refresh_from_db()
    figures.publish(release=made, actor=lead, now=at)

    latest = get(client, closed, year, "").context["page"]
    assert (latest.number, latest.is_latest, len(latest.sections)) == (2, True, 2)
    earlier = get(client, closed, year, "", query="?release=1").context["page"]
    assert (earlier.number, earlier.is_latest, len(earlier.sections)) == (1, False, 4)
    log = client.get(reverse("years_in_numbers", args=["en", closed.slug])).context[
        "log"
    ]
    assert [(row.number, row.reason) for row in log] == [(2, "A table less"), (1, "")]
    raw = get(client, closed, year, "numbers.json", query="?release=1").content.decode()
    assert raw == release.artefact


def test_pages_for_everybody_are_kept_by_caches_and_set_no_cookie(
    client, closed, year, found
):
    answer = get(client, closed, year, "")
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert client.cookies == {}


def test_the_draft_for_the_press_says_only_what_is_published(
    client, closed, year, found
):
    said = press.sentences(found.document, "en")
    assert [one.words for one in said] == [
        f"Consultations at the point in {year}: 30.",
        "The citizenship met most: Ukraine (63%).",
        "The topic named most: stay, citizenship, work permit (in 100% of consultations; one may have several).",
    ]
    text = get(client, closed, year, "press.txt", "en").content.decode()
    assert f"/en/points/{closed.slug}/{year}/?release=1#channel" in text
    assert "[1] Consultations: Every consultation is counted once" in text
    for language in EVERYONE:
        get(client, closed, year, "press.txt", language)


@pytest.mark.parametrize("language", EVERYONE)
def test_the_draft_as_a_document_says_the_same_and_leads_to_definitions(
    client, closed, year, found, language
):
    answer = get(client, closed, year, "press.docx", language)
    told = get(client, closed, year, "press.txt", language).content.decode()
    made = docx.Document(io.BytesIO(answer.content))
    paragraphs = [
        "".join(node.text for node in part.iter(qn("w:t")))
        for part in made.element.body
    ]
    lines = [line for line in told.split("\r\n") if line]
    # The text says the addresses of definitions; the document leads there.
    assert [one for one in paragraphs if one] == [
        line.rpartition(" ")[0] if line.startswith("[") else line.removesuffix(":")
        for line in lines
    ]
    addresses = {rel.target_ref for rel in made.part.rels.values() if rel.is_external}
    assert addresses == set(re.findall(r"http\S+#\S+", told))


def test_the_largest_is_named_only_where_nothing_hidden_can_be_larger():
    def largest(**cells):
        codes = {(code,): value for code, value in cells.items()}
        made = document({("t",): {("a",): 1, ("b",): 1}})
        table = replace(
            made.tables[0], cells=tuple(Cell(c, v) for c, v in codes.items())
        )
        return press.largest(reading.view(made, table, "en"))

    assert largest(a=7, b=None, Total=20) is None
    assert largest(a=9, b=9, Total=18) is None
    assert largest(a=12, b=None, Total=20) == ("A", 12, 60)
    assert largest(a=12, b=None, Total=None) is None


def test_open_data_is_described_for_catalogues(client, closed, year, found):
    data = json.loads(get(client, closed, year, "dcat.jsonld").content)
    assert data["@type"] == "dcat:Dataset"
    assert data["dct:temporal"]["dcat:startDate"]["@value"] == f"{year}-01-01"
    files_ = data["dcat:distribution"]
    assert [one["dct:title"] for one in files_][:2] == [
        "numbers.csv",
        "numbers-excel.csv",
    ]
    for one in files_:
        path = one["dcat:downloadURL"]["@id"].partition("testserver")[2]
        assert client.get(path).status_code == 200
    checksum = next(one for one in files_ if one["dct:title"] == "numbers.json")
    assert checksum["spdx:checksum"]["spdx:checksumValue"]["@value"] == found.sha256
    turtle = get(client, closed, year, "dcat.ttl").content.decode()
    assert turtle.count("a dcat:Distribution") == len(files_)
    assert f'"{year}-01-01"^^xsd:date' in turtle


def test_the_dictionary_knows_every_word_of_the_data(client, closed, year, found):
    text = get(client, closed, year, "dictionary.csv", "en").content.decode("utf-8-sig")
    known = {(row["kind"], row["name"]) for row in csv.DictReader(io.StringIO(text))}
    for row in files.rows(found.document, "en"):
        said = dict(zip(files.HEADER, row, strict=True))
        assert ("table", said["table"]) in known
        assert ("measure", said["measure"]) in known
        for number in ("1", "2"):
            if said[f"dimension_{number}"]:
                assert ("dimension", said[f"dimension_{number}"]) in known
                assert ("code", said[f"code_{number}"]) in known


def test_years_are_compared_where_they_were_counted_alike():
    now, then = (
        replace(document({("t",): {("Total",): n}}), year=y)
        for n, y in ((9, 2025), (7, 2024))
    )
    other = replace(then, year=2023, measures=(replace(then.measures[0], method="0"),))
    years, rows = reading.compared([now, then, other], "en")
    assert years == (2023, 2024, 2025)
    assert (rows[0].cells, rows[0].others) == (
        ((None, False), (7, True), (9, True)),
        (2023,),
    )


def test_the_first_page_leads_to_points_that_have_published_a_year(
    client, found, closed, year
):
    answer = client.get("/en/")
    points = answer.context["page"].points
    assert [(one.slug, one.year) for one in points] == [(closed.slug, year)]
    assert _first_page_address(closed, year) in answer.content.decode()


def test_the_first_page_says_nothing_of_points_before_that(client, closed, year):
    answer = client.get("/en/")
    assert answer.context["page"].points == []
    assert _first_page_address(closed, year) not in answer.content.decode()


def _first_page_address(point, year):
    return reverse("year_in_numbers", args=["en", point.slug, year])
