"""Whatever leaves as a file stands in the ledger, and nothing hands out files past it."""

import re

import pytest
from django.urls import reverse

from mosty.accounts.models import Role
from mosty.audit.models import Entry
from tests.factories import make_message, make_person
from tests.structure import SOURCE

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(signed_in, coordinator, call, krakow, lodz):
    """Return the client of somebody who may take away every list."""
    for role in (Role.AUDITOR, Role.ADMINISTRATOR):
        coordinator.grants.create(role=role)
    return signed_in(coordinator)


LISTS = {
    # address -> the verb, what is listed
    "accounts:users": ("users.exported", "accounts.user"),
    "directory:people": ("people.exported", "directory.person"),
    "directory:organisations": ("organisations.exported", "directory.organisation"),
    "directory:territories": ("places.exported", "directory.territory"),
    "office:outbox": ("messages.exported", "outbox.message"),
    "office:ledger": ("ledger.exported", "audit.entry"),
}


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("form", ("csv", "xlsx"))
def test_a_list_that_is_taken_away_is_noted(reader, coordinator, name, form):
    make_person()
    make_message(scope="call")
    address = reverse(name)
    shown = reader.get(address).context
    total = next(shown[key].total for key in LISTED if key in shown)

    reader.get(address, {"export": form})

    entry = Entry.objects.get()
    assert (entry.verb, entry.target_kind, entry.target_key, entry.after) == (
        *LISTS[name],
        "",
        {"form": form, "rows": total},
    )
    assert (entry.actor_key, entry.reason) == (coordinator.ledger_key, "")


LISTED = ("users", "people", "organisations", "territories", "outbox", "ledger")


def test_the_cities_of_a_call_are_noted(reader, call):
    address = reverse("nominations:cities", args=[call.slug])
    reader.get(address, {"export": "csv"})
    entry = Entry.objects.get()
    assert (entry.verb, entry.target_key, entry.scope, entry.after) == (
        "cities.exported",
        call.slug,
        call.slug,
        {"form": "csv", "rows": 2},
    )


@pytest.mark.parametrize("asked", ({}, {"export": "pdf"}, {"export": ""}))
def test_looking_is_not_noted(reader, asked):
    reader.get(reverse("directory:people"), asked)
    assert Entry.objects.count() == 0


def test_asking_for_the_headers_alone_is_not_noted(reader):
    reader.head(reverse("directory:people"), {"export": "csv"})
    assert Entry.objects.count() == 0


def test_files_are_handed_out_in_one_place():
    found = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if re.search(
            "Content-Disposition|FileResponse|StreamingHttpResponse",
            path.read_text(encoding="utf-8"),
        )
    }
    assert found == {
        "audit/downloads.py",
        # The empty workbook that cities fill in: nobody's data.
        "nominations/views/imports.py",
        # A calendar of sessions, for programs that ask for it day and night.
        "programmes/calendar.py",
        # What stands on a public page anyway: an agenda, a numbered list of groups, a
        # published year, how to cite a practice.
        "infopoint/views/years.py",
        "library/views/practices.py",
        "public/views.py",
        "selection/views/lists.py",
        # What a course hands on: nobody's data, and who opened what is kept nowhere.
        "training/serving.py",
    }
