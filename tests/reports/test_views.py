"""The pages of a programme in numbers: for its partners, and nobody else."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from mosty.accounts.models import User
from mosty.audit.models import Entry
from mosty.figures.models import CitedFigure
from mosty.programmes.models import Programme
from tests.reports.conftest import FIRST

pytestmark = pytest.mark.django_db
BASE = "/en/academy/numbers"
PAGES = ("/", ".pdf", "/people/", "/sessions/")
# reader: answer to each page that shows, to the form
TABLE = {
    "coordinator": (200, 200),
    "partner": (200, 403),
    "secretariat": (200, 403),
    "trainer": (403, 403),
    "city": (403, 403),
    "stranger": (403, 403),
    "auditor": (403, 403),
}


@pytest.mark.parametrize("reader", TABLE)
def test_only_partners_read_and_only_the_coordinator_cites(
    client: Client, held: Programme, reader: str, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(reader))
    seen, form = TABLE[reader]
    assert {client.get(BASE + page).status_code for page in PAGES} == {seen}
    assert client.get(f"{BASE}/cite/").status_code == form


def test_nobody_knows_of_a_programme_that_is_not_public(
    client: Client, held: Programme, stranger: User
) -> None:
    Programme.objects.update(is_published=False)
    client.force_login(stranger)
    assert {client.get(BASE + page).status_code for page in PAGES} == {404}


def test_the_public_is_sent_to_sign_in(client: Client, held: Programme) -> None:
    assert {client.get(BASE + page).status_code for page in PAGES} == {302}


def test_pages_only_show(client: Client, held: Programme, coordinator: User) -> None:
    client.force_login(coordinator)
    assert {client.post(BASE + page).status_code for page in PAGES} == {405}


def test_each_number_leads_to_what_it_counts(
    client: Client, held: Programme, coordinator: User
) -> None:
    client.force_login(coordinator)
    page = client.get(f"{BASE}/").context["page"]
    urls = {figure.key: figure.url for figure in page.figures}
    people = client.get(urls["persons"]).context["page"]
    assert (people.persons, people.rows.total, people.attendances) == (2, 3, 4)
    returning = client.get(urls["returning"]).context["page"]
    assert [(row.name, row.course) for row in returning.rows] == [("Żak Anna", "two")]
    assert len(client.get(urls["sessions"]).context["rows"]) == 3


def test_people_are_filtered_as_the_breakdowns_say(
    client: Client, held: Programme, coordinator: User
) -> None:
    client.force_login(coordinator)
    found = client.get(f"{BASE}/people/?city=Kraków&sort=-hours").context["page"]
    assert [(row.name, row.course, row.hours) for row in found.rows] == [
        ("Żak Anna", "one", "2:15"),
        ("Żak Anna", "two", "2:00"),
    ]
    early = client.get(f"{BASE}/people/?on={FIRST.date()}").context["page"]
    assert (early.persons, early.attendances) == (2, 2)


@pytest.mark.parametrize("on", ("2999-01-01", "yesterday", ""))
def test_a_day_that_cannot_be_is_today(
    client: Client, held: Programme, coordinator: User, on: str
) -> None:
    client.force_login(coordinator)
    page = client.get(f"{BASE}/?on={on}").context["page"]
    assert page.on == timezone.localdate()


def test_the_document_is_accessible_and_noted(
    client: Client, held: Programme, coordinator: User
) -> None:
    client.force_login(coordinator)
    answer = client.get(f"{BASE}.pdf")
    document = PdfReader(BytesIO(answer.content))
    root = document.trailer["/Root"]
    assert bool(root["/MarkInfo"]["/Marked"])
    assert root["/Lang"] == "en"
    text = "".join(page.extract_text() for page in document.pages)
    assert "persons took part" in text
    assert [
        (entry.verb, entry.after["rows"])
        for entry in Entry.objects.filter(verb="numbers.exported")
    ] == [("numbers.exported", 9)]


def test_a_published_figure_stands_apart_with_its_source(
    client: Client, held: Programme, coordinator: User
) -> None:
    client.force_login(coordinator)
    form = {
        "label_0": "Uczestnicy",
        "label_1": "Participants",
        "value": "146",
        "unit_0": "nie podano",
        "unit_1": "not published",
        "source": "Press release, 2024",
    }
    for _again in range(2):
        assert client.post(f"{BASE}/cite/", form).status_code == 302
    (figure,) = client.get(f"{BASE}/").context["page"].cited
    assert (str(figure.value), figure.source) == ("146.00", "Press release, 2024")
    assert Entry.objects.filter(verb="figure.cited").count() == 1


def test_a_figure_without_a_source_is_refused_and_nothing_typed_is_lost(
    client: Client, held: Programme, coordinator: User
) -> None:
    client.force_login(coordinator)
    form = {"label_1": "Participants", "value": "146", "unit_1": "x", "source": " "}
    answer = client.post(f"{BASE}/cite/", form)
    assert answer.status_code == 200
    assert [*answer.context["form"].errors] == ["source"]
    assert 'value="146"' in answer.content.decode()
    assert CitedFigure.objects.count() == 0


def test_a_figure_is_taken_out_with_a_reason(
    client: Client, held: Programme, coordinator: User, partner: User
) -> None:
    figure = CitedFigure.objects.create(
        subject="programme:academy", label="x", value=1, unit="y", source="z"
    )
    address = f"{BASE}/cited/{figure.pk}/take-out/"
    client.force_login(partner)
    assert client.post(address, {"reason": "wrong"}).status_code == 403
    client.force_login(coordinator)
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": ""}).status_code == 200
    assert CitedFigure.objects.count() == 1
    assert client.post(address, {"reason": "wrong"}).status_code == 302
    entry = Entry.objects.get(verb="figure.taken_out")
    assert (entry.reason, entry.before["source"]) == ("wrong", "z")
    assert client.get(address).status_code == 404
    # Somebody else was quicker: said in a sentence.
    again = client.post(address, {"reason": "wrong"})
    assert again.status_code == 200
    assert "already" in again.content.decode()


def test_another_programmes_figure_cannot_be_taken_out(
    client: Client, held: Programme, coordinator: User
) -> None:
    figure = CitedFigure.objects.create(
        subject="programme:other", label="x", value=1, unit="y", source="z"
    )
    client.force_login(coordinator)
    client.post(f"{BASE}/cited/{figure.pk}/take-out/", {"reason": "wrong"})
    assert CitedFigure.objects.filter(pk=figure.pk).exists()


@pytest.mark.parametrize("days", (90, 0))
def test_people_take_the_same_queries_however_many(
    client: Client,
    held: Programme,
    coordinator: User,
    django_assert_num_queries: object,
    days: int,
) -> None:
    client.force_login(coordinator)
    on = timezone.localdate() - timedelta(days=days)
    # session, user with roles, programme, partnership, marks, courses
    with django_assert_num_queries(6):  # type: ignore[operator]
        client.get(f"{BASE}/people/?on={on}")
