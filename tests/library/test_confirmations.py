"""Each year a city is asked; its answer, or that there is none, is kept."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from mosty.audit.actors import SYSTEM
from mosty.library.actions import confirmations
from mosty.library.actions.confirmations import CannotAnswer
from mosty.library.models import Confirmation
from mosty.outbox.models import Link, Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def later(now):
    """Return the day on which a practice published today is asked about."""
    return now + timedelta(days=352)


@pytest.fixture
def asked(published, later):
    confirmations.ask_due(actor=SYSTEM, now=later)
    return Confirmation.objects.get()


@pytest.fixture
def link(asked):
    return Link.objects.get(purpose="practice")


def test_a_year_later_it_is_asked_once(published, coordinator, now, later):
    early = now + timedelta(days=340)
    with pytest.raises(PermissionDenied):
        confirmations.ask_due(actor=coordinator, now=later)
    assert [
        confirmations.ask_due(actor=SYSTEM, now=at) for at in (early, later, later)
    ] == [0, 1, 0]
    letter = Message.objects.get(kind="library.confirm")
    assert (letter.to_name, letter.state) == ("Celina Cisek", "draft")
    asked = Confirmation.objects.get()
    published.refresh_from_db()
    # Next year's question comes whether or not this one is answered.
    assert published.confirm_on.year == asked.due_on.year + 1


@pytest.mark.parametrize(
    ("answer", "comment", "retired", "confirmed"),
    (
        ("still", "", "", True),
        ("changed", "Two libraries now", "", False),
        ("ended", "The money ended", "The money ended", False),
    ),
)
def test_what_an_answer_does(
    published, asked, link, later, answer, comment, retired, confirmed
):
    first = published.confirmed_on
    done = confirmations.answer(
        confirmation=asked, answer=answer, comment=comment, actor=link, now=later
    )
    published.refresh_from_db()
    assert (done.answer, published.retired_reason) == (answer, retired)
    assert (published.confirmed_on > first) is confirmed
    same = confirmations.answer(
        confirmation=asked, answer=answer, comment="x", actor=link, now=later
    )
    assert same.comment == comment
    other = "still" if answer != "still" else "ended"
    with pytest.raises(CannotAnswer, match="already"):
        confirmations.answer(
            confirmation=asked, answer=other, comment="x", actor=link, now=later
        )


def test_what_is_no_answer(asked, link, later, city):
    for answer, field in (("maybe", "answer"), ("ended", "comment")):
        with pytest.raises(CannotAnswer) as refused:
            confirmations.answer(
                confirmation=asked, answer=answer, comment=" ", actor=link, now=later
            )
        assert set(refused.value.fields) == {field}
    link.subject = "another"
    for actor in (city, link):
        with pytest.raises(PermissionDenied):
            confirmations.answer(
                confirmation=asked, answer="still", comment="", actor=actor, now=later
            )


def test_by_the_link_looking_changes_nothing_and_sending_does(
    client, published, link, asked
):
    path = reverse("library:link_practice", args=[link.token])
    Link.objects.update(expires_at=link.created_at + timedelta(days=900))
    for _n in range(2):
        assert client.get(path).status_code == 200
    assert client.get(path)["Referrer-Policy"] == "no-referrer"
    refused = client.post(path, {"answer": "ended", "comment": ""})
    assert refused.status_code == 422
    asked.refresh_from_db()
    assert asked.answer == ""
    done = client.post(path, {"answer": "still", "comment": ""})
    assert done.status_code == 302
    asked.refresh_from_db()
    assert asked.answer == "still"
    assert client.get(path).context["confirmation"].answer == "still"
    assert client.get(path.replace(path[-10:-1], "x")).status_code == 404
