"""What the database refuses, whatever program asks."""

import pytest
from django.db import IntegrityError, transaction

from mosty.training.models import Material, MaterialVersion

FILE = {
    "kind": "file",
    "file": "materials/aa/x",
    "name": "a.pdf",
    "size": 3,
    "sha256": "0" * 64,
    "content_type": "application/pdf",
    "added_by": "Alice",
}
LINK = {"kind": "link", "url": "https://example.org/", "added_by": "Alice"}


@pytest.fixture
def material(course):
    return Material.objects.create(
        course=course, title="x", language="pl", licence="cc0-1.0", access="public"
    )


@pytest.mark.parametrize(
    "fields",
    (
        {**FILE, "url": "https://example.org/"},
        {**FILE, "file": ""},
        {**FILE, "name": ""},
        {**FILE, "size": None},
        {**FILE, "size": 0},
        {**FILE, "sha256": "x" * 64},
        {**FILE, "content_type": ""},
        {**LINK, "url": "http://example.org/"},
        {**LINK, "url": ""},
        {**LINK, "size": 3},
        {**LINK, "file": "materials/aa/x"},
        {**LINK, "number": 0},
        {**LINK, "kind": "other"},
    ),
)
def test_a_version_is_a_file_or_a_link(material, now, fields):
    said = {"number": 1, "added_at": now, **fields}
    with pytest.raises(IntegrityError):
        MaterialVersion.objects.create(material=material, **said)


@pytest.mark.parametrize("fields", (FILE, LINK))
def test_a_number_is_given_once_and_a_version_stays(material, now, fields):
    said = {"material": material, "added_at": now, **fields}
    version = MaterialVersion.objects.create(number=1, **said)
    with pytest.raises(IntegrityError), transaction.atomic():
        MaterialVersion.objects.create(
            number=1, **LINK, material=material, added_at=now
        )
    version.added_by = "Bob"
    with pytest.raises(IntegrityError, match="never changes"):
        version.save()


@pytest.mark.parametrize(
    "fields",
    (
        {"withdrawn_reason": "x"},
        {"withdrawn_by": "Alice"},
        {"licence": "other"},
        {"licence_text": "x"},
        {"licence": "mine"},
        {"access": "nobody"},
        {"language": ""},
    ),
)
def test_what_is_said_of_a_material_fits(material, fields):
    with pytest.raises(IntegrityError):
        Material.objects.filter(pk=material.pk).update(**fields)


@pytest.mark.parametrize("missing", ("withdrawn_by", "withdrawn_reason"))
def test_what_is_withdrawn_says_by_whom_and_why(material, now, missing):
    said = {"withdrawn_at": now, "withdrawn_by": "Alice", "withdrawn_reason": "x"}
    with pytest.raises(IntegrityError):
        Material.objects.filter(pk=material.pk).update(**{**said, missing: ""})


def test_a_session_is_of_the_same_course(material, led, other_course):
    Material.objects.filter(pk=material.pk).update(session=led)
    with pytest.raises(IntegrityError, match="of one course"):
        Material.objects.filter(pk=material.pk).update(course=other_course)
