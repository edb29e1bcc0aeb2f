"""The pages on which past years are brought in."""

import io
import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from mosty.infopoint.actions import imports
from mosty.infopoint.models import Consultation, ImportedFile
from mosty.kernel.sheets.read import read
from tests.infopoint.imports.conftest import csv, row

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"infopoint:{name}", args=args)


def text(response):
    """Return what a page says, without its tags."""
    html = response.content.decode()
    return " ".join(unescape(re.sub("<[^>]*>", " ", html)).split())


def send(client, point, content, name="list.csv"):
    return client.post(
        url("imports", point.slug), {"file": SimpleUploadedFile(name, content)}
    )


@pytest.mark.parametrize(
    ("name", "method", "for_lead"),
    (
        ("imports", "get", 200),
        ("import_template", "get", 200),
        ("import", "get", 200),
        ("import_withdraw", "get", 200),
        ("import_take_over", "post", 302),
        ("import_drop", "post", 302),
    ),
)
def test_who_gets_which_page(point, upload, signed_in, request, name, method, for_lead):
    imported = upload()
    args = [point.slug]
    if name not in {"imports", "import_template"}:
        args.append(imported.pk)
    asked = {"worker": 403, "other_worker": 404, "city": 404, "coordinator": 404}
    asked |= {"stranger": 404, "auditor": 404, "lead": for_lead}
    answers = {
        who: getattr(signed_in(request.getfixturevalue(who)), method)(
            url(name, *args)
        ).status_code
        for who in asked
    }
    assert answers == asked
    assert (
        signed_in(request.getfixturevalue("lead")).put(url(name, *args)).status_code
        == 405
    )


def test_from_the_file_to_the_report_and_back(point, lead, signed_in):
    client = signed_in(lead)
    content = csv(row(Telefon="600 700 800"), row(Data="05.03.2024"))
    response = send(client, point, content)
    imported = ImportedFile.objects.get()
    page = url("import", point.slug, imported.pk)
    assert (response.status_code, response.url) == (302, page)
    shown = client.get(page)
    assert "These columns were not read, and nothing of them is kept: Telefon" in text(
        shown
    )
    seen = re.findall('name="seen" value="([0-9a-f]{64})"', shown.content.decode())
    assert (len(seen), Consultation.objects.count()) == (1, 0)
    client.post(url("import_take_over", point.slug, imported.pk), {"seen": seen[0]})
    assert "2 consultations have been taken over." in text(client.get(page))
    record = Consultation.objects.first()
    assert "Came from the file: list.csv" in text(
        client.get(url("consultation", point.slug, record.pk))
    )
    listed = client.get(url("records", point.slug), {"since": "2024-03-01"})
    assert text(listed).count("from a file") == 2
    client.post(url("import_withdraw", point.slug, imported.pk), {"reason": "Wrong"})
    assert set(Consultation.objects.values_list("state", flat=True)) == {"withdrawn"}
    assert "Wrong" in text(client.get(page))


def test_what_is_wrong_is_said_beside_its_row(point, lead, signed_in, upload):
    imported = upload(csv(row(), row(Wynik="ok")))
    client = signed_in(lead)
    page = client.get(url("import", point.slug, imported.pk))
    assert (
        "3 Outcome “ok” is not on the list: Outcome. Choose from: informed, referred, "
        "to be followed up."
    ) in text(page)
    assert 'name="seen"' not in page.content.decode()
    client.post(url("import_take_over", point.slug, imported.pk), {"seen": ""})
    assert Consultation.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    (
        ("a.csv", b"", "The file is empty."),
        ("a.pdf", b"%PDF-1.7 x", "This is a PDF."),
        ("a.xlsx", b"PK\x03\x04nonsense", "damaged"),
    ),
)
def test_hostile_files_are_refused_with_a_sentence(
    point, lead, signed_in, name, content, sentence
):
    response = send(signed_in(lead), point, content, name)
    assert response.status_code == 422
    assert sentence in text(response)
    assert ImportedFile.objects.count() == 0


def test_a_huge_file_is_refused_before_it_is_read(point, lead, signed_in):
    class Body(io.BytesIO):
        def read(self, *_size):
            pytest.fail("The body was read.")

    response = signed_in(lead).post(
        url("imports", point.slug),
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(200 * 1024**2),
        **{"wsgi.input": Body()},
    )
    assert response.status_code == 413
    assert "The file is larger than 10 MB." in text(response)


def test_a_forged_form_is_refused(point, lead):
    client = Client(enforce_csrf_checks=True)
    client.force_login(lead)
    assert send(client, point, csv()).status_code == 403
    assert ImportedFile.objects.count() == 0


def test_columns_are_corrected_on_the_page(point, lead, signed_in, upload):
    content = csv({**row(Sprawa="zdrowie"), "Temat": "kursy"})
    imported = upload(content)
    client = signed_in(lead)
    page = url("import", point.slug, imported.pk)
    columns = {key: f"column:{at}" for key, at in imported.mapping["columns"].items()}
    twice = client.post(page, {**columns, "topics": columns["topic"]})
    assert twice.status_code == 422
    assert "This column is chosen already for: Main topic." in text(twice)
    at = imported.header.index("Sprawa")
    without = client.post(page, {**columns, "topics": f"column:{at}"})
    assert "Choose the same file once more" in text(without)
    file = SimpleUploadedFile("list.csv", content)
    sent = client.post(page, {**columns, "topics": f"column:{at}", "file": file})
    assert sent.status_code == 302
    assert "courses, health" in text(client.get(page))
    client.post(url("import_drop", point.slug, imported.pk))
    assert "This file was dropped." in text(client.get(page))
    assert client.post(page, columns).status_code == 302


def test_the_template_is_read_as_it_is(point, lead, signed_in):
    content = signed_in(lead).get(url("import_template", point.slug)).content
    from io import BytesIO

    import openpyxl

    book = openpyxl.load_workbook(BytesIO(content))
    names = [cell.value for cell in book.worksheets[0][1]]
    book.worksheets[0].append(["2024-03-04", "courses", None, "phone", "Polish"])
    stream = BytesIO()
    book.save(stream)
    sheet = read(stream.getvalue(), "a.xlsx")
    assert sheet.header == tuple(names)
    response = send(signed_in(lead), point, stream.getvalue(), "a.xlsx")
    assert response.status_code == 302
    assert len(ImportedFile.objects.get().mapping["columns"]) == 16


@pytest.mark.parametrize("count", (1, 3))
def test_the_list_takes_as_many_queries_for_three_as_for_one(
    point, lead, upload, signed_in, django_assert_num_queries, count
):
    for day in range(1, count + 1):
        upload(csv(row(Data=f"0{day}.03.2024")))
    client = signed_in(lead)
    client.get(url("imports", point.slug))
    # The session's user, her roles, the point, the files.
    with django_assert_num_queries(4):
        client.get(url("imports", point.slug))


def test_a_withdrawal_needs_its_reason(point, take, lead, signed_in):
    done = take()
    page = url("import_withdraw", point.slug, done.pk)
    assert signed_in(lead).post(page, {"reason": " "}).status_code == 200
    assert Consultation.objects.get().state == "counted"
    with pytest.raises(imports.CannotImport):
        imports.withdraw(imported=done, reason=" ", actor=lead, now=done.done_at)
