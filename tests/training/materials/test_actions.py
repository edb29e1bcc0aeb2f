"""Adding, changing, renewing and withdrawing; two at once; the disk."""

import stat

import pytest
from django.core.exceptions import PermissionDenied

from mosty.audit.models import Entry
from mosty.kernel.files import CannotTake
from mosty.programmes.actions import CannotDiscardCourse, discard_course
from mosty.training.actions import materials as actions
from mosty.training.actions.materials import CannotKeepMaterial, Sent
from mosty.training.models import Material, MaterialVersion
from tests.kernel.files import samples
from tests.training.materials.conftest import details, kept_in, pdf

URL = "https://tools.example.org/handbook?lang=pl"


@pytest.fixture
def act(coordinator, now):
    """Return what every action is given."""
    return {"actor": coordinator, "now": now}


def test_a_file_is_kept_under_a_name_of_its_own(course, act, files):
    sent = Sent(pdf(), "../Zażółć\N{RIGHT-TO-LEFT OVERRIDE}.pdf.exe")
    actions.add(course=course, details=details(), thing=sent, **act)
    version = MaterialVersion.objects.get()
    (path,) = kept_in(files)
    assert path.read_bytes() == pdf()
    assert path.relative_to(files).as_posix() == version.file.name
    assert "Za" not in version.file.name
    assert not path.stat().st_mode & stat.S_IXUSR
    assert (version.number, version.name, version.size, version.content_type) == (
        1,
        "Zażółć.pdf",
        len(pdf()),
        "application/pdf",
    )
    assert version.added_by == "Alice Adams"


def test_the_ledger_says_what_was_added(course, act):
    actions.add(course=course, details=details(), thing=URL, **act)
    entry = Entry.objects.get()
    assert (entry.verb, entry.scope, entry.after) == (
        "material.added",
        "academy",
        {
            "title": {},
            "version": 1,
            "what": URL,
            "sha256": "",
            "access": "participants",
        }
        | {"title": entry.after["title"]},
    )
    assert "Handout" in str(entry.after["title"])


def test_what_is_not_taken_leaves_nothing(course, act, files):
    with pytest.raises(CannotTake) as refused:
        actions.add(
            course=course, details=details(), thing=Sent(samples.EXE, "a.pdf"), **act
        )
    assert list(refused.value.fields) == ["file"]
    assert (Material.objects.count(), kept_in(files)) == (0, [])


@pytest.mark.parametrize(
    "url",
    (
        "http://example.org/",
        "javascript:alert(1)",
        "https://",
        "https://user:pass@example.org/",
        "https://user@example.org/",
        "https://exa mple.org/",
        "ftp://example.org/",
        "//example.org",
        "https://example.org/\r\nx",
        "https://example.org/" + "a" * 1000,
    ),
)
def test_only_https_addresses(course, act, url):
    with pytest.raises(CannotKeepMaterial) as refused:
        actions.add(course=course, details=details(), thing=url, **act)
    assert list(refused.value.fields) == ["url"]


def test_the_same_again_is_already_there(course, act, make, files):
    make(course, Sent(pdf(), "a.pdf"), title="First")
    make(course, URL, title="Tool")
    for thing, title in ((Sent(pdf(), "b.pdf"), "First"), (URL, "Tool")):
        with pytest.raises(CannotKeepMaterial) as refused:
            actions.add(course=course, details=details(), thing=thing, **act)
        assert str(refused.value) == f"This is already there: {title}."
    assert len(kept_in(files)) == 1


def test_the_same_file_may_belong_to_two_courses(course, other_course, make):
    make(course, Sent(pdf(), "a.pdf"))
    make(other_course, Sent(pdf(), "a.pdf"))
    assert Material.objects.count() == 2


def test_what_was_withdrawn_may_come_again(course, make, act):
    first = make(course, Sent(pdf(), "a.pdf"))
    actions.withdraw(material=first, reason="Wrong course", revision=1, **act)
    make(course, Sent(pdf(), "a.pdf"))
    assert Material.objects.count() == 2


def test_a_new_version_is_the_newest_and_the_old_one_stays(course, make, act, files):
    material = make(course, Sent(pdf(), "a.pdf"))
    actions.renew(material=material, thing=Sent(pdf(9), "b.pdf"), revision=1, **act)
    material.refresh_from_db()
    assert [row.number for row in material.versions.all()] == [2, 1]
    assert (material.revision, len(kept_in(files))) == (2, 2)
    with pytest.raises(CannotKeepMaterial, match="already there"):
        actions.renew(material=material, thing=Sent(pdf(9), "b.pdf"), revision=1, **act)
    # Back to the first: that is a third version.
    actions.renew(material=material, thing=Sent(pdf(), "a.pdf"), revision=2, **act)
    assert material.versions.count() == 3


def test_of_two_editors_the_second_is_told(course, make, act):
    material = make(course)
    said = details(title="Mine")
    actions.change(material=material, details=said, revision=1, **act)
    other = details(title="Yours")
    with pytest.raises(CannotKeepMaterial, match="Somebody else"):
        actions.change(material=material, details=other, revision=1, **act)
    with pytest.raises(CannotKeepMaterial, match="Somebody else"):
        actions.renew(material=material, thing=URL, revision=1, **act)
    with pytest.raises(CannotKeepMaterial, match="Somebody else"):
        actions.withdraw(material=material, reason="Old", revision=1, **act)
    # Saying the same again, as a double click does, is as once.
    actions.change(material=material, details=said, revision=1, **act)
    material.refresh_from_db()
    assert (str(material.title), material.revision) == ("Mine", 2)
    assert Entry.objects.filter(verb="material.changed").count() == 1


def test_withdrawing_needs_a_reason_and_is_final(course, make, act):
    material = make(course)
    with pytest.raises(CannotKeepMaterial) as refused:
        actions.withdraw(material=material, reason=" ", revision=1, **act)
    assert list(refused.value.fields) == ["reason"]
    for _twice in range(2):
        actions.withdraw(material=material, reason="Outdated", revision=1, **act)
    entry = Entry.objects.get(verb="material.withdrawn")
    assert (entry.reason, entry.target_key) == ("Outdated", str(material.pk))
    with pytest.raises(CannotKeepMaterial, match="withdrawn"):
        actions.change(material=material, details=details(), revision=2, **act)
    with pytest.raises(CannotKeepMaterial, match="withdrawn"):
        actions.renew(material=material, thing=URL, revision=2, **act)


def test_another_licence_is_named(course, act):
    with pytest.raises(CannotKeepMaterial) as refused:
        actions.add(course=course, details=details(licence="other"), thing=URL, **act)
    assert list(refused.value.fields) == ["licence_text"]


def test_a_session_of_another_course_is_refused(course, led, other_course, act):
    with pytest.raises(CannotKeepMaterial) as refused:
        actions.add(course=other_course, details=details(session=led), thing=URL, **act)
    assert list(refused.value.fields) == ["session"]


@pytest.mark.parametrize("reader", ("partner", "city", "stranger", "other_trainer"))
def test_others_keep_nothing(request, course, make, now, reader):
    material = make(course)
    act = {"actor": request.getfixturevalue(reader), "now": now}
    for refused in (
        lambda: actions.add(course=course, details=details(), thing=URL, **act),
        lambda: actions.change(
            material=material, details=details(title="x"), revision=1, **act
        ),
        lambda: actions.renew(material=material, thing=URL, revision=1, **act),
        lambda: actions.withdraw(material=material, reason="x", revision=1, **act),
    ):
        with pytest.raises(PermissionDenied):
            refused()


def test_a_trainer_moves_nothing_into_anothers_session(
    timetable, led, not_led, make, trainer, now
):
    material = make(timetable, session=led)
    with pytest.raises(PermissionDenied):
        actions.change(
            material=material,
            details=details(session=not_led),
            revision=1,
            actor=trainer,
            now=now,
        )


def test_a_full_disk_is_said_and_leaves_nothing(course, act, monkeypatch):
    def full(*_args: object, **_more: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("django.core.files.storage.FileSystemStorage.save", full)
    with pytest.raises(CannotTake, match="could not be stored"):
        actions.add(course=course, details=details(), thing=Sent(pdf(), "a.pdf"), **act)
    assert Material.objects.count() == 0


def test_a_file_whose_row_is_not_kept_does_not_stay(course, act, files, monkeypatch):
    def broken(**_more: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(actions.audit, "record", broken)
    with pytest.raises(RuntimeError):
        actions.add(course=course, details=details(), thing=Sent(pdf(), "a.pdf"), **act)
    assert (kept_in(files), Material.objects.count()) == ([], 0)


def test_a_course_with_materials_is_not_deleted(other_course, make, act):
    make(other_course)
    other_course.is_published = False
    other_course.save()
    with pytest.raises(CannotDiscardCourse, match="materials"):
        discard_course(course=other_course, reason="Not needed", **act)


def test_a_session_that_goes_leaves_its_materials(timetable, not_led, make):
    material = make(timetable, session=not_led)
    not_led.delete()
    material.refresh_from_db()
    assert material.session is None
