"""What nominees are written, in their own language."""

import pytest
from django.utils import translation

from mosty.nominations.actions import letters
from mosty.outbox.models import Message


@pytest.fixture
def written(own, now):
    """Return what writes to Kraków's nominee, while the sender reads another language."""

    def written(letter, language, sender):
        own.language = language
        with translation.override(sender):
            return letter(nomination=own, now=now)

    return written


def nominated(*, nomination, now):
    [message] = letters.nominated(nominations=[nomination], now=now, at_once=True)
    return message


@pytest.mark.parametrize("sender", ("en", "pl"))
@pytest.mark.parametrize(
    ("language", "subject", "inside"),
    (
        ("en", "You have been nominated for the course Good practices", "City: Kraków"),
        ("pl", "Zgłoszenie na szkolenie: Good practices", "Miasto: Kraków"),
    ),
)
def test_a_nominee_is_told_in_her_language(written, language, subject, inside, sender):
    message = written(nominated, language, sender)

    assert (message.subject, message.language) == (subject, language)
    assert inside in message.body
    assert message.body.count("{link}") == 1
    assert message.state == Message.State.RELEASED


@pytest.mark.parametrize(
    ("language", "subject"),
    (
        ("en", "Please answer: you have been nominated for the course Good practices"),
        ("pl", "Prosimy o odpowiedź: zgłoszenie na szkolenie: Good practices"),
    ),
)
def test_a_reminder_says_so_and_waits_to_be_read(written, language, subject):
    message = written(letters.reminded, language, "en")

    assert (message.subject, message.state) == (subject, Message.State.DRAFT)


@pytest.mark.parametrize(
    ("language", "subject"),
    (
        ("en", "Your nomination has been withdrawn: Good practices"),
        ("pl", "Zgłoszenie zostało wycofane: Good practices"),
    ),
)
def test_a_withdrawal_holds_no_link(written, language, subject):
    message = written(letters.withdrawn, language, "en")

    assert (message.subject, message.link) == (subject, None)


def test_the_letter_says_what_a_nomination_is_not(written, call):
    body = written(nominated, "en", "pl").body

    assert "A nomination is not a place yet" in body
    assert "Without your confirmation" in body
    assert "office@example.org" in body


def test_illustrative_dates_are_said_to_be(written, own):
    own.call.course.is_illustrative = True
    assert "(illustrative)" in written(nominated, "en", "pl").body
