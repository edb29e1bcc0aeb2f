"""Reading: the public page, the participant's link, what comes with a file, the ZIP."""

import io
import zipfile

import pytest
from django.urls import reverse

from mosty.audit.models import Entry
from mosty.nominations.models import Call
from mosty.selection.models import Offer
from mosty.training.actions.materials import Sent, renew
from mosty.training.models import MaterialVersion
from mosty.training.queries import materials as queries
from tests.training.materials.conftest import kept_in, pdf, status

URL = "https://tools.example.org/handbook"
READERS = ("coordinator", "partner", "trainer", "city", "stranger")


def path_of(material):
    course = material.course
    place = [course.programme.slug, course.slug, material.pk]
    return reverse("training:material_file", args=place)


def zip_path(course):
    return reverse("training:materials_zip", args=[course.programme.slug, course.slug])


def body(answer):
    return b"".join(answer.streaming_content)


def names_in(answer):
    return zipfile.ZipFile(io.BytesIO(body(answer))).namelist()


@pytest.mark.parametrize(
    ("access", "expected"),
    (
        ("participants", (200, 200, 200, 404, 404, 404)),
        ("network", (200, 200, 200, 200, 404, 404)),
        ("public", (200, 200, 200, 200, 200, 200)),
    ),
)
def test_who_gets_a_file(request, signed_in, client, timetable, make, access, expected):
    path = path_of(make(timetable, access=access))
    clients = [signed_in(request.getfixturevalue(reader)) for reader in READERS]
    for asked in (path, zip_path(timetable)):
        found = tuple(status(one, asked) for one in (*clients, client))
        assert found == expected
        assert client.post(asked).status_code == 405


def test_how_a_file_is_handed_out(client, course, make, django_assert_num_queries):
    path = path_of(make(course, Sent(pdf(), "Zażółć.pdf"), access="public"))
    with django_assert_num_queries(2):
        # course; newest version of the material
        answer = client.get(path)
    assert body(answer) == pdf()
    told = (
        "Content-Type",
        "Content-Disposition",
        "Content-Length",
        "X-Content-Type-Options",
        "Content-Security-Policy",
        "Cross-Origin-Resource-Policy",
        "Referrer-Policy",
        "Cache-Control",
    )
    assert {name: answer[name] for name in told} == {
        "Content-Type": "application/pdf",
        "Content-Disposition": "attachment; filename*=utf-8''Za%C5%BC%C3%B3%C5%82%C4%87.pdf",
        "Content-Length": str(len(pdf())),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "private, no-store",
    }


def test_nobody_notes_who_reads(signed_in, city, course, make):
    material = make(course, access="network")
    before = Entry.objects.count()
    assert status(signed_in(city), path_of(material)) == 200
    assert status(signed_in(city), zip_path(course)) == 200
    assert Entry.objects.count() == before


def test_readers_get_the_newest(client, course, make, coordinator, now):
    material = make(course, access="public")
    renew(
        material=material, thing=Sent(pdf(9), "b.pdf"), revision=1,
        actor=coordinator, now=now,
    )  # fmt: skip
    assert body(client.get(path_of(material))) == pdf(9)
    assert len(names_in(client.get(zip_path(course)))) == 2


def test_a_link_is_no_file_of_ours(client, course, make):
    material = make(course, URL, access="public", title="Handbook")
    assert client.get(path_of(material)).status_code == 404
    # One page leads to it; a ZIP without files is not offered.
    assert client.get(zip_path(course)).status_code == 404
    place = [course.programme.slug, course.slug]
    text = client.get(reverse("public:course", args=place)).content.decode()
    assert f'href="{URL}" rel="noopener noreferrer"' in text
    assert "page at tools.example.org" in text


def test_a_lost_file_is_said_in_a_sentence(client, course, make, files, caplog):
    path = path_of(make(course, access="public"))
    kept_in(files)[0].unlink()
    answer = client.get(path)
    assert answer.status_code == 404
    assert "no longer on the server" in answer.content.decode()
    assert len(caplog.records) == 1
    assert queries.missing_files() == (1, 1)
    # What is left of the course still comes.
    make(course, access="public")
    answer = client.get(zip_path(course))
    archive = zipfile.ZipFile(io.BytesIO(body(answer)))
    assert archive.namelist() == ["README.txt", "handout-1.pdf"]
    assert "the file is missing" in archive.read("README.txt").decode()


def test_the_zip_has_folders_no_name_twice_and_a_list(
    client, timetable, led, not_led, make
):
    type(led).objects.filter(pk=led.pk).update(title='Groups: "A/B"')
    for session in (None, None, led, not_led):
        number = MaterialVersion.objects.count()
        name = ("ćwiczenie.pdf", "Ćwiczenie.pdf", "README.txt.pdf", "a.pdf")[number]
        make(timetable, Sent(pdf(number), name), session=session, access="public")
    make(timetable, URL, access="public", title="Tool", licence="cc0-1.0")
    answer = client.get(zip_path(timetable))
    archive = zipfile.ZipFile(io.BytesIO(body(answer)))
    assert archive.testzip() is None
    assert archive.namelist() == [
        "README.txt",
        "ćwiczenie.pdf",
        "Ćwiczenie (2).pdf",
        "01 Opening/a.pdf",
        "02 Groups- -A-B/README.pdf",
    ]
    assert all(not info.flag_bits & 1 for info in archive.infolist())
    assert all(
        info.flag_bits & 0x800
        for info in archive.infolist()
        if not info.filename.isascii()
    )
    said = archive.read("README.txt").decode("utf-8-sig").split("\r\n")
    assert said[:2] == ["Good practices", "Academy for tests"]
    place = said.index("Tool")
    assert said[place + 1 : place + 4] == [
        f"  {URL}",
        "  Language: Polish",
        "  Licence: CC0 1.0",
    ]
    assert said[place + 4].startswith("  Version: 1 (")
    assert (
        answer["Content-Disposition"] == 'attachment; filename="course-materials.zip"'
    )


def test_what_one_download_does_not_bear_is_not_offered(
    client, course, make, monkeypatch
):
    make(course, access="public")
    make(course, access="public")
    place = [course.programme.slug, course.slug]
    public = reverse("public:course", args=place)
    assert "All files in one ZIP" in client.get(public).content.decode()
    monkeypatch.setattr(queries, "MOST_BYTES", 10)
    assert client.get(zip_path(course)).status_code == 404
    assert "All files in one ZIP" not in client.get(public).content.decode()


# By the link of a seat ----------------------------------------------------------


def link_path(link, *args, name="link_material_file"):
    return reverse(f"training:{name}", args=[link.token, *args])


def test_a_participant_reads_by_her_link(
    client, timetable, other_course, make, link, django_assert_num_queries
):
    own = make(timetable)
    elsewhere = make(other_course, access="network")
    hidden = make(other_course)
    with django_assert_num_queries(3):
        # link; seat with course; newest version
        answer = client.get(link_path(link, own.pk))
    assert (body(answer), answer["Cache-Control"]) == (pdf(0), "private, no-store")
    assert status(client, link_path(link, elsewhere.pk)) == 200
    assert status(client, link_path(link, hidden.pk)) == 404
    names = names_in(client.get(link_path(link, name="link_materials_zip")))
    assert names == ["README.txt", "handout-0.pdf"]
    assert client.post(link_path(link, own.pk)).status_code == 405


def test_her_page_lists_them(client, timetable, other_course, make, link):
    own, tool = make(timetable), make(timetable, URL)
    another = make(timetable)
    elsewhere = make(other_course, access="public")
    make(other_course)
    seat = queries.seat_of(link).get()
    token = link.token
    shelf = queries.shelf_of_participant(seat, token)
    assert [(line.pk, line.url) for line in shelf.lines] == [
        (own.pk, link_path(link, own.pk)),
        (tool.pk, URL),
        (another.pk, link_path(link, another.pk)),
    ]
    assert [line.pk for line in shelf.elsewhere] == [elsewhere.pk]
    assert shelf.zip_url == link_path(link, name="link_materials_zip")


@pytest.mark.parametrize("spoiled", ("revoked", "expired", "purpose", "seat", "call"))
def test_a_link_that_opens_nothing(client, timetable, make, link, now, spoiled):
    path = link_path(link, make(timetable).pk)
    expected = 404
    if spoiled == "revoked":
        link.revoked_at, expected = now, 410
    elif spoiled == "expired":
        link.expires_at, expected = now, 410
    elif spoiled == "purpose":
        link.purpose = "feedback"
    elif spoiled == "seat":
        Offer.objects.filter(code=link.subject).update(state="withdrawn")
    else:
        Call.objects.update(state="cancelled")
    link.save()
    assert client.get(path).status_code == expected


@pytest.mark.parametrize("count", (1, 3))
def test_the_public_page_costs_the_same_for_one_and_three(
    client, course, make, count, django_assert_num_queries
):
    for _number in range(count):
        make(course, access="public")
    place = [course.programme.slug, course.slug]
    with django_assert_num_queries(6):
        # course; call; topics; provisions; timetable; materials
        client.get(reverse("public:course", args=place))


def test_her_course_page_shows_them(client, timetable, make, link):
    make(timetable)
    path = reverse("training:link_course", args=[link.token])
    shown = client.get(path).context["page"].materials
    assert [str(line.title) for line in shown.lines] == ["Handout"]
    assert status(client, shown.lines[0].url) == 200
