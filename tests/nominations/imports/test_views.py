"""The pages on which lists are brought in."""

import io
import re
import zipfile
from datetime import timedelta
from html import unescape

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from mosty.kernel.sheets.read import read
from mosty.nominations.actions import imports
from mosty.nominations.models import Call, ImportedFile, Nomination
from tests.nominations.imports.files import ANNA, JAN, csv, csv_of, person, xlsx

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(call, secretariat, now):
    """Return what uploads a file that then waits."""

    def upload(content=None, actor=secretariat, own=None):
        return imports.upload(
            call=call,
            organisation=own,
            content=csv() if content is None else content,
            file_name="list.csv",
            actor=actor,
            now=now,
        )

    return upload


def send(client, call, content, name="list.csv", **data):
    file = SimpleUploadedFile(name, content)
    return client.post(
        reverse("nominations:imports", args=[call.slug]), {"file": file, **data}
    )


def text(response):
    """Return what a page says, without its tags."""
    html = response.content.decode()
    return " ".join(unescape(re.sub("<[^>]*>", " ", html)).split())


def test_from_the_file_to_the_report(call, secretariat, signed_in):
    client = signed_in(secretariat)
    response = send(client, call, csv())
    imported = ImportedFile.objects.get()
    page = reverse("nominations:import", args=[imported.pk])
    assert (response.status_code, response.url) == (302, page)

    html = client.get(page).content.decode()
    seen = re.findall('name="seen" value="([0-9a-f]{64})"', html)
    assert len(seen) == 1
    assert Nomination.objects.count() == 0

    response = client.post(
        reverse("nominations:import_take_over", args=[imported.pk]), {"seen": seen[0]}
    )
    assert (response.status_code, response.url) == (302, page)
    assert Nomination.objects.count() == 2
    report = text(client.get(page))
    assert "2 rows have been taken over." in report
    for code in Nomination.objects.values_list("code", flat=True):
        assert code in report
    for words in (ANNA[2], ANNA[3], JAN[2], JAN[3]):
        assert words not in report
    listed = text(client.get(reverse("nominations:imports", args=[call.slug])))
    assert "list.csv" in listed
    assert "taken over" in listed


def test_errors_block_the_button_and_say_where(call, secretariat, signed_in, waiting):
    imported = waiting(csv([ANNA, (*JAN[:3], "jan", *JAN[4:])]))
    page = signed_in(secretariat).get(reverse("nominations:import", args=[imported.pk]))
    said = text(page)
    assert 'name="seen"' not in page.content.decode()
    assert "3 Jan Świerk E-mail “jan” is not an e-mail address. Correct it." in said
    assert "Nothing can be taken over yet" in said
    signed_in(secretariat).post(
        reverse("nominations:import_take_over", args=[imported.pk]), {"seen": ""}
    )
    assert Nomination.objects.count() == 0


def test_columns_are_corrected_on_the_page(call, secretariat, signed_in, waiting):
    row = person()
    row["Rodzaj"] = row.pop("Szczebel")
    imported = waiting(csv_of(row))
    client = signed_in(secretariat)
    page = reverse("nominations:import", args=[imported.pk])
    assert "Some columns are not known" in text(client.get(page))
    columns = {key: f"column:{at}" for key, at in imported.mapping["columns"].items()}
    columns["level"] = "answer:senior"
    assert client.post(page, columns).status_code == 302
    said = text(client.get(page))
    assert "senior management" in said
    assert "Some columns are not known" not in said
    twice = client.post(page, {**columns, "position": columns["city"]})
    assert twice.status_code == 422
    assert "This column is chosen already for: City." in text(twice)


def test_dropping(call, secretariat, signed_in, waiting):
    imported = waiting()
    client = signed_in(secretariat)
    response = client.post(reverse("nominations:import_drop", args=[imported.pk]))
    assert response.url == reverse("nominations:imports", args=[call.slug])
    imported.refresh_from_db()
    assert (imported.state, imported.rows) == ("dropped", [])
    page = client.get(reverse("nominations:import", args=[imported.pk]))
    assert "This file was dropped." in text(page)


def test_a_citys_contact_imports_her_own_people(call, city, signed_in, krakow):
    client = signed_in(city)
    row = person()
    del row["Miasto"]
    send(client, call, csv_of(row))
    imported = ImportedFile.objects.get()
    assert imported.organisation == krakow
    page = client.get(reverse("nominations:import", args=[imported.pk]))
    assert 'name="seen"' in page.content.decode()


def test_a_citys_contact_learns_nothing_of_anothers_people(
    call, city, signed_in, waiting, krakow
):
    imported = waiting(csv([JAN]), own=krakow)
    said = text(signed_in(city).get(reverse("nominations:import", args=[imported.pk])))
    assert "This row names another city: “Łódź”." in said
    # The columns' samples are what she could read in the file herself.
    assert "Jan Świerk" not in said


def test_a_secretariat_may_say_whose_list_it_is(call, secretariat, signed_in, krakow):
    row = person()
    del row["Miasto"]
    send(signed_in(secretariat), call, csv_of(row), city="krakow")
    assert ImportedFile.objects.get().organisation == krakow


@pytest.mark.parametrize(
    ("who", "status"),
    (
        ("secretariat", 200),
        ("coordinator", 200),
        ("city", 200),
        ("partner", 404),
        ("trainer", 404),
        ("auditor", 404),
        ("administrator", 404),
        ("stranger", 404),
    ),
)
def test_who_sees_the_list_and_the_template(request, call, signed_in, who, status):
    client = signed_in(request.getfixturevalue(who))
    for name in ("imports", "import_template"):
        url = reverse(f"nominations:{name}", args=[call.slug])
        assert client.get(url).status_code == status
    assert send(client, call, csv([ANNA])).status_code == (
        302 if status == 200 else 404
    )


@pytest.mark.parametrize(
    ("who", "status"),
    (
        ("secretariat", 200),
        ("coordinator", 200),
        ("city", 404),
        ("other_city", 404),
        ("partner", 404),
        ("stranger", 404),
    ),
)
def test_who_sees_a_file_of_the_whole_call(request, signed_in, waiting, who, status):
    imported = waiting()
    client = signed_in(request.getfixturevalue(who))
    assert (
        client.get(reverse("nominations:import", args=[imported.pk])).status_code
        == status
    )
    for name in ("import_take_over", "import_drop"):
        expected = 302 if status == 200 else 404
        url = reverse(f"nominations:{name}", args=[imported.pk])
        assert client.post(url).status_code == expected


@pytest.mark.parametrize(
    ("who", "status"), (("city", 200), ("secretariat", 200), ("other_city", 404))
)
def test_who_sees_a_citys_file(request, signed_in, waiting, krakow, who, status):
    imported = waiting(csv([ANNA]), own=krakow)
    url = reverse("nominations:import", args=[imported.pk])
    client = signed_in(request.getfixturevalue(who))
    assert client.get(url).status_code == status


def test_whoever_is_not_signed_in_signs_in_first(call, waiting):
    imported = waiting()
    for name, argument in (
        ("imports", call.slug),
        ("import_template", call.slug),
        ("import", imported.pk),
    ):
        url = reverse(f"nominations:{name}", args=[argument])
        assert Client().get(url).status_code == 302
    assert send(Client(), call, csv()).status_code == 302


def test_wrong_methods(call, secretariat, signed_in, waiting):
    imported = waiting()
    client = signed_in(secretariat)
    for name in ("import_take_over", "import_drop"):
        url = reverse(f"nominations:{name}", args=[imported.pk])
        assert client.get(url).status_code == 405
    url = reverse("nominations:import_template", args=[call.slug])
    assert client.post(url).status_code == 405
    assert (
        client.put(reverse("nominations:imports", args=[call.slug])).status_code == 405
    )


def test_a_forged_form_is_refused(call, secretariat):
    client = Client(enforce_csrf_checks=True)
    client.force_login(secretariat)
    assert send(client, call, csv()).status_code == 403
    assert ImportedFile.objects.count() == 0


def bomb():
    """Return a small workbook whose sheet unpacks to 100 MB."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx())) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            more = b" " * 100 * 1024**2 if "sheet1" in name else b""
            target.writestr(name, source.read(name) + more)
    return stream.getvalue()


BAD = {
    "nothing": (b"", "a.csv", "The file is empty."),
    "a PDF": (b"%PDF-1.7 ...", "a.xlsx", "This is a PDF."),
    "a bomb": (bomb(), "a.xlsx", "The file grows too large when it is opened."),
    "too many rows": (
        b"Imie;Nazwisko\n" + b"Anna;Nowak\n" * 100_000,
        "a.csv",
        "The table has more than 20000 rows.",
    ),
    "no table": (b"\x00\x01\x02" * 50, "a.csv", "This is not a table in text form."),
    "only a header": (csv([]), "a.csv", "There are no data"),
}


@pytest.mark.parametrize(("content", "name", "sentence"), BAD.values(), ids=BAD)
def test_what_is_no_list_is_refused_in_words(
    call, secretariat, signed_in, content, name, sentence
):
    response = send(signed_in(secretariat), call, content, name)
    assert response.status_code == 422
    assert f"File with the list: {sentence}" in text(response)
    assert ImportedFile.objects.count() == 0


def test_a_huge_file_is_refused_before_it_is_read(call, secretariat, signed_in):
    url = reverse("nominations:imports", args=[call.slug])

    class Body(io.BytesIO):
        def read(self, *_size):
            pytest.fail("The body was read.")

    response = signed_in(secretariat).post(
        url,
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(200 * 1024**2),
        **{"wsgi.input": Body()},
    )
    assert response.status_code == 413
    assert "The file is larger than 10 MB." in text(response)


def test_a_file_just_too_large_is_refused_in_the_form(
    call, secretariat, signed_in, settings
):
    settings.UPLOAD_LIMIT = 100
    response = send(signed_in(secretariat), call, csv())
    assert response.status_code == 422
    assert "The file is larger than 10 MB." in text(response)


def test_a_closed_call_takes_no_file(call, secretariat, signed_in, waiting, now):
    imported = waiting()
    Call.objects.filter(pk=call.pk).update(closes_at=now - timedelta(minutes=1))
    client = signed_in(secretariat)
    listed = client.get(reverse("nominations:imports", args=[call.slug]))
    assert "This call has closed." in text(listed)
    assert 'name="file"' not in listed.content.decode()
    page = client.get(reverse("nominations:import", args=[imported.pk]))
    assert 'name="seen"' not in page.content.decode()
    assert send(client, call, csv([ANNA])).status_code == 422


@pytest.mark.parametrize("number", (1, 3))
def test_the_list_needs_no_more_queries_for_more_files(
    call, secretariat, signed_in, waiting, django_assert_max_num_queries, number
):
    for at in range(number):
        waiting(csv_of(person(**{"E-mail": f"a{at}@example.org"})))
    client = signed_in(secretariat)
    url = reverse("nominations:imports", args=[call.slug])
    client.get(url)
    # Session, user, her roles, the call, whether she coordinates, its channel's cities
    # (rules, cities), the imports; the same again for the form.
    with django_assert_max_num_queries(16):
        client.get(url)


@pytest.mark.parametrize("number", (1, 30))
def test_the_dry_run_needs_no_more_queries_for_more_rows(
    secretariat, signed_in, waiting, django_assert_max_num_queries, number
):
    people = [person(**{"E-mail": f"a{at}@example.org"}) for at in range(number)]
    imported = waiting(csv_of(*people))
    client = signed_in(secretariat)
    # Session, user, roles, the file with its call; then the plan's seven.
    with django_assert_max_num_queries(14):
        client.get(reverse("nominations:import", args=[imported.pk]))


def test_names_are_shown_and_never_run(secretariat, signed_in, waiting):
    imported = waiting(csv_of(person(Imię="<script>x</script>", Nazwisko="=1+1")))
    page = signed_in(secretariat).get(reverse("nominations:import", args=[imported.pk]))
    assert "<script>x" not in page.content.decode()
    assert "<script>x</script> =1+1" in text(page)


@pytest.mark.parametrize("language", ("en", "pl"))
def test_the_template_is_read_back(call, secretariat, signed_in, language):
    with translation.override(language):
        url = reverse("nominations:import_template", args=[call.slug])
    response = signed_in(secretariat).get(url)
    assert response["Content-Disposition"] == 'attachment; filename="call.xlsx"'
    filled = filled_in(response.content)
    imported = imports.upload(
        call=call,
        organisation=None,
        content=filled,
        file_name="call.xlsx",
        actor=secretariat,
        now=call.opens_at + timedelta(days=1),
    )
    assert list(imported.mapping["columns"]) == [
        "city",
        "given_name",
        "family_name",
        "email",
        "department",
        "level",
        "position",
        "in_post_since",
        "gender",
        "language",
        "motivation",
        "preference",
    ]
    page = signed_in(secretariat).get(reverse("nominations:import", args=[imported.pk]))
    assert 'name="seen"' in page.content.decode()


def filled_in(content):
    """Return the template with one person, every list's last answer chosen."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    people, lists = book.worksheets[0], book["_lists"]
    assert lists.sheet_state == "hidden"
    rules = {
        str(rule.sqref).split(":")[0][0]: rule.formula1
        for rule in people.data_validations.dataValidation
    }
    assert list(rules) == ["A", "E", "F", "I", "J"]
    row = {"B": "Anna", "C": "Żółć", "D": "anna@example.org", "H": "01.03.2024"}
    for column, formula in rules.items():
        row[column] = lists[formula.split("!")[1].split(":")[1].replace("$", "")].value
    for column, words in row.items():
        people[f"{column}2"] = words
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_an_empty_template_holds_no_people(call, secretariat, signed_in):
    client = signed_in(secretariat)
    url = reverse("nominations:import_template", args=[call.slug])
    content = client.get(url).content
    response = send(client, call, content, "call.xlsx")
    assert response.status_code == 422


def test_an_exported_list_is_the_same_when_it_comes_back(
    call, secretariat, signed_in, waiting
):
    client = signed_in(secretariat)
    first = waiting()
    page = client.get(reverse("nominations:import", args=[first.pk])).content.decode()
    seen = re.findall('name="seen" value="([0-9a-f]{64})"', page)[0]
    client.post(
        reverse("nominations:import_take_over", args=[first.pk]), {"seen": seen}
    )
    for name in ("nominations_xlsx", "nominations_csv"):
        content = client.get(reverse(f"nominations:{name}", args=[call.slug])).content
        assert len(read(content, name).rows) == 2
        page = client.get(reverse("nominations:import", args=[waiting(content).pk]))
        assert "Everything in this file is already there." in text(page)
