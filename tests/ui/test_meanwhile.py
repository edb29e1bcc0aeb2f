"""Two people who have one form open: nothing is written over unseen, and nothing is lost."""

from collections.abc import Callable
from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from mosty.accounts.models import User
from mosty.directory.models import Organisation
from mosty.programmes.models import Course
from tests.programmes.test_views import COURSE

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
