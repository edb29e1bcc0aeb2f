"""Two people who have one form open: nothing is written over unseen, and nothing is lost."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mosty.accounts.models import User
from mosty.directory.models import Organisation
from mosty.programmes.models import Course, Partnership, Topic
from tests.factories import make_partnership
from tests.programmes.test_views import COURSE
from tests.structure import addresses

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
TOLD = "Somebody else has changed this meanwhile."
SOURCE = "https://example.org/"


@pytest.fixture
def path(course: Course) -> str:
    Course.objects.filter(pk=course.pk).update(
        capacity=24, starts_on=date(2027, 6, 20), ends_on=date(2027, 6, 21)
    )
    return reverse("programmes:edit_course", args=["academy", course.slug])


def stood(answer: HttpResponse) -> dict[str, str]:
    """Return what the form says that it stands on."""
    return {"stood": answer.context["form"]["stood"].value()}


def test_whoever_saves_second_is_told_and_loses_nothing(
    coordinator: User, course: Course, path: str, signed_in: SignedIn
) -> None:
    ann, bob = signed_in(coordinator), signed_in(coordinator)
    begin = {**COURSE, **stood(ann.get(path))}
    assert ann.post(path, {**begin, "capacity": "25"}).status_code == 302

    # His form still says 24, which he has never typed.
    answer = bob.post(path, {**begin, "source": SOURCE})

    form = answer.context["form"]
    assert [TOLD in text for text in form.non_field_errors()] == [True]
    assert form.errors["capacity"] == ["It now says: 25"]
    assert form["source"].value() == SOURCE
    course.refresh_from_db()
    assert (course.capacity, course.source) == (25, "")
    # He has been told: what he sends now stands.
    again = {**COURSE, "source": SOURCE, "capacity": "23", **stood(answer)}
    assert bob.post(path, again).status_code == 302
    course.refresh_from_db()
    assert (course.capacity, course.source) == (23, SOURCE)


def test_a_third_who_saves_between_is_seen_too(
    coordinator: User, course: Course, path: str, signed_in: SignedIn
) -> None:
    client = signed_in(coordinator)
    begin = {**COURSE, **stood(client.get(path))}
    for capacity in (25, 26):
        Course.objects.filter(pk=course.pk).update(capacity=capacity)
        answer = client.post(path, begin)
        assert answer.context["form"].errors["capacity"] == [f"It now says: {capacity}"]
        begin |= stood(answer)


def test_whoever_says_the_same_is_not_stopped(
    coordinator: User, course: Course, path: str, signed_in: SignedIn
) -> None:
    client = signed_in(coordinator)
    begin = stood(client.get(path))
    Course.objects.filter(pk=course.pk).update(capacity=25)
    sent = {**COURSE, **begin, "capacity": "25"}
    assert client.post(path, sent).status_code == 302


@pytest.mark.parametrize("nothing", ("", "nonsense", "[]", '{"capacity":7}', "{}"))
def test_a_form_that_stands_on_nothing_is_no_fault(
    coordinator: User, path: str, signed_in: SignedIn, nothing: str
) -> None:
    answer = signed_in(coordinator).post(path, {**COURSE, "stood": nothing})
    assert answer.status_code in {200, 302}


def test_forms_of_what_is_there_say_what_they_stand_on(
    coordinator: User, administrator: User, krakow: Organisation, path: str, signed_in: SignedIn
) -> None:  # fmt: skip
    pages = (
        (coordinator, path),
        (coordinator, reverse("programmes:edit", args=["academy"])),
        (administrator, reverse("accounts:change_user", args=[coordinator.pk])),
        (coordinator, reverse("directory:change_organisation", args=[krakow.slug])),
    )
    for user, page in pages:
        html = signed_in(user).get(page).content.decode()
        assert (page, html.count('name="stood"')) == (page, 1)


def test_what_is_sent_waits_before_anything_is_read(
    coordinator: User, path: str, signed_in: SignedIn
) -> None:
    """So that of two who save in one moment the second sees what the first has saved."""
    client = signed_in(coordinator)
    begin = {**COURSE, **stood(client.get(path))}
    with CaptureQueriesContext(connection) as asked:
        assert client.post(path, begin).status_code == 302
    waits, *_others, leaves = [
        number for number, one in enumerate(asked) if "pg_advisory_" in one["sql"]
    ]
    tables = [
        number for number, one in enumerate(asked) if "programmes_course" in one["sql"]
    ]
    assert "pg_advisory_lock" in asked[waits]["sql"]
    assert "pg_advisory_unlock" in asked[leaves]["sql"]
    assert waits < min(tables) <= max(tables) < leaves


def test_every_form_that_is_compared_waits() -> None:
    views = {address.name: address.view for address in addresses() if address.is_ours}
    waiting = {
        name for name, view in views.items() if hasattr(view, "waits_for_others")
    }
    assert waiting == {
        "accounts:change_user", "directory:change_organisation",
        "directory:change_territory", "infopoint:code", "infopoint:retention",
        "infopoint:settings", "library:concept", "library:synonyms_change",
        "programmes:edit", "programmes:edit_course", "programmes:partners",
        "programmes:provisions", "programmes:topics", "training:certificate_design",
        "training:completion_rule",
    }  # fmt: skip


ROWS = {
    "rows-TOTAL_FORMS": "1", "rows-INITIAL_FORMS": "0", "rows-0-ORDER": "1",
    "rows-0-text_0": "Szkoła", "rows-0-text_1": "School",
}  # fmt: skip


def test_rows_that_others_have_changed_are_not_written_over(
    coordinator: User, course: Course, signed_in: SignedIn
) -> None:
    page = reverse("programmes:topics", args=["academy", course.slug])
    client = signed_in(coordinator)
    begin = client.get(page).context["rows"].stands_on
    Topic.objects.create(course=course, order=1, text="Work")

    answer = client.post(page, {**ROWS, "stood": begin})

    rows = answer.context["rows"]
    assert [TOLD in rows.non_form_errors()[0], rows.non_form_errors()[1]] == [
        True,
        "It now says: Work",
    ]
    assert [str(topic.text) for topic in course.topics.all()] == ["Work"]
    assert rows.forms[0]["text"].value() == ["Szkoła", "School"]
    # She has been told: what she sends now stands.
    again = {**ROWS, "stood": rows.stands_on}
    assert client.post(page, again).status_code == 302
    assert [str(topic.text) for topic in course.topics.all()] == ["School"]


def test_rows_that_nobody_has_changed_are_saved(
    coordinator: User, course: Course, signed_in: SignedIn
) -> None:
    page = reverse("programmes:topics", args=["academy", course.slug])
    client = signed_in(coordinator)
    sent = {**ROWS, "stood": client.get(page).context["rows"].stands_on}
    assert f'name="stood" value="{sent["stood"]}"' in client.get(page).content.decode()
    assert client.post(page, sent).status_code == 302


def test_partners_are_named_as_they_now_stand(
    coordinator: User, course: Course, krakow: Organisation, signed_in: SignedIn
) -> None:
    page = reverse("programmes:partners", args=["academy"])
    client = signed_in(coordinator)
    begin = client.get(page).context["rows"].stands_on
    make_partnership(course.programme, krakow, "partner", of_what="of the dialogue")
    sent = {"rows-TOTAL_FORMS": "0", "rows-INITIAL_FORMS": "0", "stood": begin}
    rows = client.post(page, sent).context["rows"]
    assert f"{krakow.name}, " in rows.non_form_errors()[1]
    assert Partnership.objects.filter(organisation=krakow).exists()
