"""The pages on which materials are kept: who, what they do, what they say."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from mosty.training.actions.materials import Sent, renew
from mosty.training.models import Material, MaterialVersion
from tests.kernel.files import samples
from tests.training.materials.conftest import kept_in, pdf, status

SAID = {
    "title_0": "Ulotka",
    "title_1": "Handout",
    "session": "",
    "language": "pl",
    "licence": "cc-by-4.0",
    "access": "participants",
}
URL = "https://tools.example.org/handbook"
READERS = ("coordinator", "trainer", "partner", "city", "stranger")


def sent(content=b"", name="a.pdf"):
    return SimpleUploadedFile(name, content or pdf())


def path_of(name, course, *args):
    return reverse(f"training:{name}", args=[course.pk, *args])


@pytest.fixture
def desk(timetable, make):
    """Return the course with one material."""
    make(timetable)
    return timetable


@pytest.mark.parametrize(
    ("name", "of_material", "expected"),
    (
        ("materials", False, (200, 200, 200, 404, 404)),
        ("material_add", False, (200, 200, 403, 404, 404)),
        ("material_add_link", False, (200, 200, 403, 404, 404)),
        ("material_change", True, (200, 200, 403, 404, 404)),
        ("material_renew", True, (200, 200, 403, 404, 404)),
        ("material_withdraw", True, (200, 200, 403, 404, 404)),
    ),
)
def test_who_gets_in(request, signed_in, client, desk, name, of_material, expected):
    path = path_of(name, desk, *([Material.objects.get().pk] if of_material else []))
    users = [request.getfixturevalue(reader) for reader in READERS]
    assert tuple(signed_in(one).get(path).status_code for one in users) == expected
    assert client.get(path).status_code == 302
    assert signed_in(users[0]).delete(path).status_code == 405


@pytest.mark.parametrize(
    ("reader", "expected"),
    tuple(zip(READERS, (200, 200, 200, 404, 404), strict=True)),
)
def test_who_gets_an_older_version(
    request, signed_in, client, desk, coordinator, now, reader, expected
):
    material = Material.objects.get()
    renew(material=material, thing=URL, revision=1, actor=coordinator, now=now)
    path = path_of("material_version", desk, material.pk, 1)
    found = signed_in(request.getfixturevalue(reader))
    assert status(found, path) == expected
    assert status(found, path_of("material_version", desk, material.pk, 2)) == 404
    assert client.get(path).status_code == 302


@pytest.mark.parametrize(
    "name", ("material_change", "material_renew", "material_withdraw")
)
def test_what_belongs_to_another_course_is_not_there(
    signed_in, coordinator, desk, other_course, name
):
    path = path_of(name, other_course, Material.objects.get().pk)
    assert signed_in(coordinator).get(path).status_code == 404


def test_a_trainer_adds_a_file_to_her_session(signed_in, trainer, timetable, led):
    path = path_of("material_add", timetable)
    said = {**SAID, "session": led.pk, "is_case_study": "on", "file": sent()}
    answer = signed_in(trainer).post(path, said)
    assert answer["Location"] == path_of("materials", timetable)
    material = Material.objects.get()
    assert (
        material.session,
        material.is_case_study,
        material.title.localize("pl"),
    ) == (
        led,
        True,
        "Ulotka",
    )


def test_not_to_anothers(signed_in, trainer, timetable, not_led):
    said = {**SAID, "session": not_led.pk, "file": sent()}
    answer = signed_in(trainer).post(path_of("material_add", timetable), said)
    assert list(answer.context["form"].errors) == ["session"]
    assert Material.objects.count() == 0


def test_a_trainer_does_not_change_what_is_anothers(
    signed_in, trainer, timetable, not_led, make
):
    material = make(timetable, session=not_led)
    page = signed_in(trainer).get(path_of("materials", timetable)).context["page"]
    assert [row.can_change for row in page.rows] == [False]
    path = path_of("material_change", timetable, material.pk)
    assert signed_in(trainer).get(path).status_code == 403


def test_a_link_is_added(signed_in, coordinator, course):
    path = path_of("material_add_link", course)
    signed_in(coordinator).post(path, {**SAID, "url": URL})
    assert MaterialVersion.objects.get().url == URL
    answer = signed_in(coordinator).post(path, {**SAID, "url": "http://example.org"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["url"]


@pytest.mark.parametrize(
    ("content", "name", "says"),
    (
        (samples.EXE, "handout.pdf", "This is a program"),
        (b"<html>" + samples.PDF, "handout.pdf", "This is a web page"),
        (b"<script>alert(1)</script>", "notes.txt", "This is a web page"),
        (samples.PDF[:-9], "cut.pdf", "did not arrive whole"),
        (
            samples.office("docx", {"word/vbaProject.bin": b"x"}),
            "plan.docm",
            "The document has macros",
        ),
    ),
)
def test_a_hostile_file_is_refused_beside_its_field(
    signed_in, coordinator, course, files, content, name, says
):
    said = {**SAID, "file": sent(content, name)}
    answer = signed_in(coordinator).post(path_of("material_add", course), said)
    (error,) = answer.context["form"].errors["file"]
    assert error.startswith(says) or says in error
    # Nothing typed is lost.
    assert 'value="Ulotka"' in answer.content.decode()
    assert (answer.status_code, Material.objects.count(), kept_in(files)) == (
        422,
        0,
        [],
    )


def test_an_empty_file_is_said(signed_in, coordinator, course):
    said = {**SAID, "file": SimpleUploadedFile("a.pdf", b"")}
    answer = signed_in(coordinator).post(path_of("material_add", course), said)
    assert answer.context["form"].errors["file"][0].startswith("The file is empty")


def test_an_upload_that_breaks_off_leaves_nothing(
    signed_in, coordinator, course, files
):
    """The browser went away in the middle of the file: the rest never came."""
    lines = [
        *(
            f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in SAID.items()
        ),
        '--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n',
        "Content-Type: application/pdf\r\n\r\n",
    ]
    body = "".join(lines).encode() + pdf()[:40]
    client = signed_in(coordinator)
    answer = client.generic(
        "POST",
        path_of("material_add", course),
        body,
        content_type="multipart/form-data; boundary=x",
    )
    assert (answer.status_code, Material.objects.count(), kept_in(files)) == (
        422,
        0,
        [],
    )


@pytest.mark.parametrize("name", ("material_add", "material_renew"))
def test_what_is_too_large_is_said_unread(signed_in, coordinator, desk, settings, name):
    settings.UPLOAD_LIMIT, settings.UPLOAD_MOST = 1000, 4000
    args = [Material.objects.get().pk] if name == "material_renew" else []
    path = path_of(name, desk, *args)
    for size in (1500, 5000):
        said = {**SAID, "revision": 1, "file": sent(pdf() + b"x" * size)}
        answer = signed_in(coordinator).post(path, said)
        (error,) = answer.context["form"].errors["file"]
        assert "at most 1000" in error
        assert answer.status_code == (422 if size == 1500 else 413)
    assert MaterialVersion.objects.count() == 1


def test_the_form_says_the_limit(signed_in, coordinator, course):
    text = signed_in(coordinator).get(path_of("material_add", course)).content.decode()
    assert "At most 10.0" in text


@pytest.mark.parametrize("name", ("material_add", "material_renew"))
def test_a_forged_form_is_refused(coordinator, desk, name):
    client = Client(enforce_csrf_checks=True)
    client.force_login(coordinator)
    args = [Material.objects.get().pk] if name == "material_renew" else []
    said = {**SAID, "revision": 1, "file": sent(pdf(7))}
    assert client.post(path_of(name, desk, *args), said).status_code == 403
    assert MaterialVersion.objects.count() == 1


def test_sent_twice_is_already_there(signed_in, coordinator, course):
    path = path_of("material_add", course)
    signed_in(coordinator).post(path, {**SAID, "file": sent()})
    answer = signed_in(coordinator).post(path, {**SAID, "file": sent(name="b.pdf")})
    assert answer.context["form"].errors["file"] == ["This is already there: Handout."]


def test_the_second_of_two_editors_is_told(signed_in, coordinator, trainer, desk):
    path = path_of("material_change", desk, Material.objects.get().pk)
    said = {**SAID, "revision": 1}
    assert (
        signed_in(coordinator).post(path, {**said, "title_1": "A"}).status_code == 302
    )
    answer = signed_in(trainer).post(path, {**said, "title_1": "B"})
    assert "Somebody else has changed this material" in answer.content.decode()
    assert Material.objects.get().title.localize("en") == "A"


def test_a_new_version_and_withdrawing(signed_in, coordinator, desk):
    material = Material.objects.get()
    client = signed_in(coordinator)
    path = path_of("material_renew", desk, material.pk)
    assert client.post(path, {"revision": 1, "file": sent(pdf(5))}).status_code == 302
    path = path_of("material_withdraw", desk, material.pk)
    assert list(client.post(path, {"revision": 2}).context["form"].errors) == ["reason"]
    for _twice in range(2):
        said = {"revision": 2, "reason": "Outdated"}
        assert client.post(path, said).status_code == 302
    page = client.get(path_of("materials", desk)).context["page"]
    assert (page.rows, [row.withdrawn_reason for row in page.withdrawn]) == (
        [],
        ["Outdated"],
    )
    for name in ("material_change", "material_renew"):
        assert client.get(path_of(name, desk, material.pk)).status_code == 404


def test_an_empty_desk_says_what_comes_here(signed_in, coordinator, course):
    text = signed_in(coordinator).get(path_of("materials", course)).content.decode()
    assert "No materials yet" in text


@pytest.mark.parametrize("count", (1, 3))
def test_the_desk_costs_the_same_for_one_and_three(
    signed_in, coordinator, timetable, led, make, now, count, django_assert_num_queries
):
    for number in range(count):
        material = make(timetable, session=led)
        thing = Sent(pdf(50 + number), "b.pdf")
        renew(material=material, thing=thing, revision=1, actor=coordinator, now=now)
    client = signed_in(coordinator)
    with django_assert_num_queries(8):
        # session, user with roles, course; may add: coordinates; sessions: coordinates,
        # sessions; materials, versions
        client.get(path_of("materials", timetable))


def test_doctor_notices_a_lost_file(course, make, files, capsys):
    make(course)
    kept_in(files)[0].unlink()
    with pytest.raises(SystemExit):
        call_command("doctor")
    said = capsys.readouterr().out.splitlines()
    (line,) = [one for one in said if "\tmaterials\t" in one]
    assert line == (
        "fault\tmaterials\t1 of 1 files are not in MOSTY_VAR/files: restore it"
    )
