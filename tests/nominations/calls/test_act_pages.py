"""Single acts on a call, each on a page of its own."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from mosty.nominations.models import Call
from mosty.programmes.models import Course

ACTS = ("call_publish", "call_closing", "call_cancel", "call_seed")


def address(name: str, call: Call) -> str:
    return reverse(f"nominations:{name}", args=[call.slug])


@pytest.fixture
def alice(coordinator, signed_in):
    """Return the coordinator's browser."""
    return signed_in(coordinator)


@pytest.mark.parametrize("name", ACTS)
def test_act_is_its_coordinators(
    client, call, partner, secretariat, city, stranger, signed_in, name
):
    page = address(name, call)
    assert client.get(page).status_code == 302
    assert client.post(page).status_code == 302
    for user in (partner, secretariat):
        assert signed_in(user).get(page).status_code == 403
        assert signed_in(user).post(page).status_code == 403
        assert signed_in(user).delete(page).status_code == 405
    for user in (city, stranger):
        assert signed_in(user).get(page).status_code == 404
        assert signed_in(user).post(page).status_code == 404


@pytest.mark.parametrize("name", ACTS)
def test_looking_changes_nothing(alice, call, name):
    before = Call.objects.values().get()
    assert alice.get(address(name, call)).status_code == 200
    assert Call.objects.values().get() == before


def test_draft_is_published_after_its_rules_were_read(alice, call):
    Call.objects.update(state="draft", published_at=None)
    page = alice.get(address("call_publish", call))
    assert "Up to 4 people from each city." in page.content.decode()
    response = alice.post(address("call_publish", call), follow=True)
    assert "The call is published." in response.content.decode()
    assert Call.objects.get().state == "published"
    again = alice.post(address("call_publish", call), follow=True)
    assert "This call has already been published." in again.content.decode()


def test_closing_is_entered_as_a_day_or_with_a_minute(alice, call):
    days = {"starts_on": "2034-06-20", "ends_on": "2034-06-21"}
    Course.objects.filter(pk=call.course_id).update(**days)
    page = address("call_closing", call)
    data = {"closes_on": "2034-05-31", "closes_time": "", "reason": "Holidays."}
    assert alice.post(page, data).status_code == 302
    assert Call.objects.get().closes_at == datetime(2034, 5, 31, 22, 0, tzinfo=UTC)
    assert alice.post(page, {**data, "closes_time": "16:00"}).status_code == 302
    assert Call.objects.get().closes_at == datetime(2034, 5, 31, 14, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "field"),
    (
        ({"reason": ""}, "reason"),
        ({"closes_on": "2020-01-01"}, "closes_on"),
        ({"closes_on": ""}, "closes_on"),
        # The switches of 2034 to and from summer time.
        ({"closes_on": "2034-03-26", "closes_time": "02:30"}, "closes_time"),
        ({"closes_on": "2034-10-29", "closes_time": "02:30"}, "closes_time"),
    ),
)
def test_closing_that_cannot_be_is_refused_at_its_field(alice, call, changes, field):
    data = {"closes_on": "2034-05-31", "closes_time": "", "reason": "x", **changes}
    response = alice.post(address("call_closing", call), data)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert Call.objects.get().closes_at == call.closes_at


def test_call_is_cancelled_with_a_reason(alice, call):
    page = address("call_cancel", call)
    assert alice.post(page, {"reason": " "}).status_code == 422
    assert alice.post(page, {"reason": "No room."}).status_code == 302
    assert Call.objects.get().state == "cancelled"
    response = alice.post(page, {"reason": "No room."})
    assert response.context["form"].non_field_errors() == [
        "This call has already been cancelled."
    ]


def test_seed_is_typed_twice(alice, call, now):
    page = address("call_seed", call)
    early = alice.post(page, {"seed": "1 2 3", "again": "1 2 3"})
    assert early.context["form"].non_field_errors() == [
        "The seed is entered after the call has closed."
    ]
    Call.objects.update(
        opens_at=now - timedelta(days=3), closes_at=now - timedelta(days=1)
    )
    wrong = alice.post(page, {"seed": "1 2 3", "again": "1 2 4"})
    assert wrong.context["form"].errors == {"again": ["The two are not the same."]}
    assert alice.post(page, {"seed": "1 2 3", "again": "1 2 3"}).status_code == 302
    assert Call.objects.get().seed == "1 2 3"
