"""Plans on paper, as a document, and as a table that goes out and comes back."""

import io

import docx
import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from mosty.kernel.sheets import refusals
from mosty.plans.models import Action, Objective
from tests.plans.conftest import add, sign
from tests.plans.pages import SCRIPT, of, url

pytestmark = pytest.mark.django_db


def test_the_plan_is_printed_tagged_in_its_own_language(signed, city, signed_in):
    answer = signed_in(city).get(of(signed, "pdf"))
    reader = PdfReader(io.BytesIO(answer.content))
    text = " ".join(page.extract_text() for page in reader.pages)
    text = text.replace("\u00a0", " ")
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "pl"
    for words in ("Plan działania", "Welcome in Kraków", "Open a point", "Podpis"):
        assert words in text
    version = signed_in(city).get(of(signed, "pdf") + "?version=1")
    assert version.status_code == 200
    assert signed_in(city).get(of(signed, "pdf") + "?version=9").status_code == 404


def test_the_document_holds_what_was_typed(plan, anna, city, signed_in, now):
    add(Objective.objects.get(plan=plan), anna, now, what=SCRIPT, risk="a\x0bb")
    answer = signed_in(city).get(of(plan, "docx"))
    document = docx.Document(io.BytesIO(answer.content))
    headings = [
        one.text for one in document.paragraphs if one.style.name.startswith("Heading")
    ]
    assert f"1.3 {SCRIPT}" in headings
    assert document.core_properties.language == "pl-PL"
    cells = [cell.text for table in document.tables for cell in table._cells]
    assert "ab" in cells


def test_group_sheets_are_for_the_city_s_table(plan, anna, coordinator, signed_in):
    answer = Client().get(url("link_sheet", anna.token) + "?paper=a3")
    page = PdfReader(io.BytesIO(answer.content)).pages[0]
    assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == [420, 297]
    answer = signed_in(coordinator).get(url("sheets", plan.course_id))
    reader = PdfReader(io.BytesIO(answer.content))
    assert len(reader.pages) == 2
    assert "Łódź" in reader.pages[1].extract_text()


def test_a_table_goes_out_and_comes_back_by_the_pages(signed, city, signed_in):
    client = signed_in(city)
    out = client.get(of(signed, "table") + "?export=xlsx").content
    file = io.BytesIO(out)
    file.name = "plan.xlsx"
    page = client.post(of(signed, "bring"), {"file": file})
    assert page.context["preview"].is_empty
    csv = client.get(of(signed, "table") + "?export=csv").content.decode("utf-8-sig")
    file = io.BytesIO(csv.replace("not started", "going on").encode())
    file.name = "plan.csv"
    page = client.post(of(signed, "bring"), {"file": file})
    preview = page.context["preview"]
    assert (len(preview.changes), preview.wrong) == (2, ())
    assert Action.objects.filter(status="going-on").count() == 0
    sent = {
        "content": page.context["kept"], "name": "plan.csv", "seen": preview.seen,
    }  # fmt: skip
    assert client.post(of(signed, "bring"), sent).status_code == 302
    assert Action.objects.filter(status="going-on").count() == 2
    assert client.post(of(signed, "bring"), {"seen": "x"}).status_code == 404


def test_a_document_in_place_of_a_table_is_told_on_the_page(plan, city, signed_in):
    file = io.BytesIO()
    docx.Document().save(file)
    file.seek(0)
    file.name = "plan.xlsx"
    page = signed_in(city).post(of(plan, "bring"), {"file": file})
    assert "preview" not in page.context
    assert page.context["form"].errors["file"] == [str(refusals.DOCUMENT)]


def test_unknown_statuses_are_told_on_the_page_with_the_nearest(
    signed, city, signed_in
):
    client = signed_in(city)
    csv = client.get(of(signed, "table") + "?export=csv").content.decode("utf-8-sig")
    file = io.BytesIO(csv.replace("not started", "not startd").encode())
    file.name = "plan.csv"
    page = client.post(of(signed, "bring"), {"file": file}).content.decode()
    assert "“not startd” is not one of the answers. Perhaps: not started." in page
    assert "Row 2, Status" in page
    assert "Take all of it over" not in page


def test_what_was_typed_is_shown_as_it_was_typed(plan, anna, city, signed_in, now):
    add(Objective.objects.get(plan=plan), anna, now, what=SCRIPT, lead=SCRIPT)
    sign(plan, city, now)
    client = signed_in(city)
    page = client.get(of(plan, "plan")).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt; &amp; &lt;b&gt;" in page
    pdf = PdfReader(io.BytesIO(client.get(of(plan, "pdf")).content))
    text = " ".join(page.extract_text() for page in pdf.pages)
    assert "<script>alert" in text
    assert "<b>bold</b>" in text


@pytest.mark.parametrize("paper", ("pdf", "docx"))
def test_one_address_does_not_have_papers_made_without_end_unsigned(
    client, coordinator, signed_in, monkeypatch, paper
):
    cache.clear()
    monkeypatch.setattr("mosty.plans.views.papers.PAPERS_A_MINUTE", 1)
    address = reverse(f"plans:{paper}", args=["X"])
    assert [client.get(address).status_code for _time in range(2)] == [404, 429]
    reader = signed_in(coordinator)
    assert [reader.get(address).status_code for _time in range(2)] == [404, 404]
