"""Check-ins behind their link, and the board on which cities ask and offer."""

import io
from datetime import timedelta

import pytest
from django.test import Client

from mosty.outbox.models import Link, Message
from mosty.plans.actions import helping, tending
from mosty.plans.models import Action, CheckIn, HelpNote, Plan
from mosty.plans.queries.topics import topics
from tests.plans.pages import SCRIPT, answers, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(signed, now):
    """Return the check-in after three months and the address of its link."""
    check_in = signed.check_ins.get(months=3)
    link = tending.link_of(check_in, now)
    return check_in, url("link_check_in", link.token)


def test_a_check_in_is_answered_by_its_link_and_corrected(signed, asked):
    check_in, address = asked
    client = Client()
    assert client.get(address).status_code == 200
    assert check_in.replies.count() == 0
    answer = client.post(address, answers(signed, happened=SCRIPT))
    assert (answer.status_code, answer.url) == (302, f"{address}?sent=1")
    page = client.get(answer.url).content.decode()
    assert "&lt;script&gt;alert" in page
    assert "<script>alert" not in page
    twice = client.post(address, answers(signed))
    assert "meanwhile" in twice.content.decode()
    sent = {**answers(signed, status="done"), "seen": 1, "reason": "It is finished"}
    assert client.post(f"{address}?correct=1", sent).status_code == 302
    assert list(check_in.replies.values_list("number", flat=True)) == [2, 1]
    assert set(Action.objects.values_list("status", flat=True)) == {"done"}


def test_a_wrong_file_is_refused_beside_its_field_and_nothing_is_lost(signed, asked):
    _check_in, address = asked
    first = Action.objects.filter(plan=signed).order_by("pk").first()
    file = io.BytesIO(b"MZ\x90\x00program")
    file.name = "report.pdf"
    sent = {**answers(signed, happened="We began"), f"a{first.pk}-file": file}
    answer = Client().post(address, sent)
    form = answer.context["form"].lines[0]
    assert form.errors["file"] == [
        "This is a program, whatever it is called. Programs are not taken."
    ]
    assert form["happened"].value() == "We began"
    assert CheckIn.objects.filter(answered_at__isnull=False).count() == 0


def test_an_expired_link_says_what_to_do(asked, now):
    check_in, address = asked
    Link.objects.filter(subject=check_in.code).update(
        created_at=now - timedelta(days=9), expires_at=now - timedelta(days=1)
    )
    answer = Client().get(address)
    assert answer.status_code == 410
    assert "ask the contact of your city" in answer.content.decode()
    assert Client().get(url("link_check_in", "x" * 43)).status_code == 404


def test_cities_that_fit_by_topic_find_each_other(
    signed, other_city, lodz, city, signed_in, now
):
    topic = topics(signed.programme)[0]
    ask = helping.add(
        plan=signed, kind="ask", topic=topic, text="Who has a teacher?", actor=city,
        now=now,
    )  # fmt: skip
    theirs = Plan.objects.create(
        programme=signed.programme, owner=lodz, title="Łódź", language="pl", made_at=now
    )
    client = signed_in(other_city)
    sent = {"plan": theirs.pk, "kind": "offer", "topic": topic.key, "text": "We do"}
    assert client.post(url("board_add"), sent).status_code == 302
    rows = list(client.get(url("board")).context["notes"])
    assert [
        (row.city, row.kind, row.can_answer, [match.city for match in row.matches])
        for row in rows
    ] == [("Łódź", "offer", False, ["Kraków"]), ("Kraków", "ask", True, ["Łódź"])]
    address = url("board_answer", ask.pk)
    assert client.post(address, {"city": lodz.pk, "text": "Call us"}).status_code == 302
    message = Message.objects.get(kind="plans.help_answer")
    assert (message.to_name, message.reply_to) == ("Celina Cisek", other_city.email)
    assert "Call us" in message.body
    twice = client.post(address, {"city": lodz.pk, "text": "Again"})
    assert "already" in twice.content.decode()
    assert signed_in(city).get(address).status_code == 403


def test_a_note_holds_a_thousand_letters(signed, city, now):
    note = helping.add(
        plan=signed, kind="ask", topic=None, text="x" * 1001, actor=city, now=now
    )
    assert note.text == "x" * 1000


def test_only_the_city_takes_its_note_off(signed, city, other_city, signed_in, now):
    note = helping.add(
        plan=signed, kind="ask", topic=None, text="Help", actor=city, now=now
    )
    address = url("board_end", note.pk)
    assert signed_in(other_city).post(address).status_code == 403
    assert signed_in(city).get(address).status_code == 405
    assert signed_in(city).post(address).status_code == 302
    assert HelpNote.objects.get().ended_at is not None
