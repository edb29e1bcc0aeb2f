"""The letters of a selection, word for word, and who gets none."""

from datetime import timedelta

import pytest
from django.utils import translation

from mosty.audit.actors import SYSTEM
from mosty.nominations.models import Nomination
from mosty.outbox.models import Message
from mosty.selection.actions import deciding, offers
from mosty.selection.models import Offer
from mosty.ui.dates import day_range, moment

OFFER_PL = """\
Dzień dobry,

w wyniku wyboru proponujemy Ci miejsce na szkoleniu: Good practices.

Miasto zgłaszające: Gdańsk
Termin szkolenia: {days}
Miejsce szkolenia: Kraków
Prosimy o odpowiedź do: {until}

Tutaj można przyjąć albo odrzucić miejsce:

{{link}}

Bez odpowiedzi w terminie propozycja wygasa, a miejsce przechodzi na kolejną osobę z \
listy rezerwowej.

Pytania: The union's office, office@example.org
"""


@pytest.fixture
def polish(signed):
    """Return somebody selected who reads Polish."""
    decision = signed.decisions.select_related("nomination").get(
        outcome="selected", nomination__organisation__slug="gdansk"
    )
    Nomination.objects.filter(pk=decision.nomination_id).update(language="pl")
    decision.nomination.refresh_from_db()
    return decision.nomination


def test_the_offer_in_polish(signed, polish, coordinator, now):
    until = now + timedelta(days=7)
    deciding.announce(run=signed, answer_by=until, actor=coordinator, now=now)
    message = Message.objects.get(to_email=polish.email)
    course = signed.call.course
    with translation.override("pl"):
        until_words = moment(until, course.programme.time_zone)
        days = day_range(course.starts_on, course.ends_on)
    assert message.subject == (
        f"Propozycja miejsca, prosimy o odpowiedź do {until_words}: Good practices"
    )
    assert message.body == OFFER_PL.format(days=days, until=until_words)


def test_somebody_selected_who_withdrew_stops_the_announcement(
    signed, polish, coordinator, now
):
    Nomination.objects.filter(pk=polish.pk).update(state="withdrawn", withdrawn_at=now)
    with pytest.raises(deciding.CannotAnnounce, match=polish.code):
        deciding.announce(
            run=signed, answer_by=now + timedelta(days=7), actor=coordinator, now=now
        )
    assert Message.objects.count() == Offer.objects.count() == 0


def test_who_withdrew_from_the_list_is_not_written_to(signed, coordinator, now):
    gone = signed.decisions.get(reserve_place=1).nomination
    Nomination.objects.filter(pk=gone.pk).update(state="withdrawn", withdrawn_at=now)
    deciding.announce(
        run=signed, answer_by=now + timedelta(days=7), actor=coordinator, now=now
    )
    assert not Message.objects.filter(to_email=gone.email).exists()
    assert Message.objects.count() == 11


def test_no_letter_says_more_than_its_own_result(announced):
    """You are on the reserve list: nobody may read that as a seat."""
    for message in Message.objects.filter(kind="selection.reserve"):
        assert message.subject.startswith("No seat yet, place ")
        assert "{link}" not in message.body


def test_the_reminder_names_the_same_end(announced, now):
    offer = Offer.objects.select_related("nomination__call__course__programme").first()
    offers.remind_due(actor=SYSTEM, now=offer.expires_at - timedelta(days=1))
    message = Message.objects.get(key=f"selection.offer_reminder:{offer.code}")
    zone = offer.nomination.call.course.programme.time_zone
    assert message.subject == (
        f"Reminder: the offer of a seat ends {moment(offer.expires_at, zone)}: "
        "Good practices"
    )
