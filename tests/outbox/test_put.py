"""Messages come into the outbox whole, once, and in the reader's language."""

from datetime import datetime, timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries

from mosty.outbox import actions
from mosty.outbox.letters import CannotSend, Copy, Letter, Recipient
from mosty.outbox.models import Link, Message
from tests.factories import make_link

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("templates")]

EWA = Recipient(name="Ewa Nowak", email="ewa@example.org", language="en")
COURSE = {"course": {"title": "Good practices"}, "part": "'II'"}


def put(now: datetime, **fields: object) -> Message:
    given = {
        "key": "test:1",
        "kind": "test",
        "to": EWA,
        "template": "test/plain.txt",
        "context": COURSE,
        "now": now,
    }
    return actions.put(**{**given, **fields})


def test_put_keeps_subject_and_text_apart_and_escapes_nothing(now: datetime) -> None:
    message = put(now)

    assert message.subject == "Monday, 'II'"
    assert message.body == "Dear Ewa Nowak,\n\nGood practices & more.\n"
    assert message.state == Message.State.DRAFT


def test_put_shortens_a_name_that_is_too_long(now: datetime) -> None:
    message = put(now, to=Recipient(f"{'A' * 100} {'B' * 100}", "a@example.org", "en"))

    assert message.to_name == f"{'A' * 100} {'B' * 99}"


@pytest.mark.parametrize(
    ("language", "word"),
    (("pl", "Poniedziałek,"), ("en", "Monday,"), ("lt", "Monday,")),
)
def test_put_writes_in_the_readers_language(
    now: datetime, language: str, word: str
) -> None:
    message = put(now, to=Recipient("Ewa", "ewa@example.org", language))

    assert message.subject.split()[0] == word
    assert message.language == (language if language == "pl" else "en")


def test_put_again_changes_nothing(now: datetime) -> None:
    first = put(now)
    again = put(now, context={**COURSE, "part": "III"})

    assert again == first
    assert Message.objects.get().subject == first.subject


def test_braces_that_somebody_typed_are_no_place(now: datetime) -> None:
    given = {"course": {"title": "Any"}, "part": "{link} of {x}"}
    assert "(link) of (x)" in put(now, template="test/plain.txt", context=given).subject


@pytest.mark.parametrize(
    ("template", "context", "place"),
    (
        ("test/plain.txt", {"course": {"title": "Any"}}, "{part}"),
        ("test/plain.txt", {"course": {}, "part": 1}, "{course.title}"),
        ("test/forgotten.txt", {}, "{date}"),
    ),
)
def test_put_refuses_what_is_not_filled_in(
    now: datetime, template: str, context: dict[str, object], place: str
) -> None:
    with pytest.raises(CannotSend) as refusal:
        put(now, template=template, context=context)

    assert str(refusal.value).endswith(place)
    assert Message.objects.count() == 0


def test_put_refuses_a_link_that_is_not_shown(now: datetime) -> None:
    with pytest.raises(CannotSend):
        put(now, link=make_link())


def test_put_refuses_a_place_for_a_link_that_is_not_given(now: datetime) -> None:
    with pytest.raises(CannotSend):
        put(now, template="test/link.txt", context={})


def test_put_keeps_the_place_of_the_link_but_not_the_link(now: datetime) -> None:
    message = put(now, template="test/link.txt", context={}, link=make_link())

    assert message.body == "Please answer here: {link}\n"


def test_put_at_once_leaves_by_itself(now: datetime) -> None:
    message = put(now, at_once=True)

    assert message.state == Message.State.RELEASED
    assert message.released_at == now
    assert message.released_by == "Mosty"


def test_a_live_link_is_kept_and_its_end_moved(now: datetime) -> None:
    first = make_link(expires_at=now + timedelta(days=1))
    later = now + timedelta(days=9)

    again = actions.make_link(
        purpose=first.purpose, subject=first.subject, now=now, expires_at=later
    )

    assert again == first
    assert again.expires_at == later


def test_an_expired_link_is_replaced(now: datetime) -> None:
    old = make_link(expires_at=now - timedelta(hours=1))

    new = actions.make_link(
        purpose=old.purpose,
        subject=old.subject,
        now=now,
        expires_at=now + timedelta(days=9),
    )

    old.refresh_from_db()
    assert new != old
    assert old.revoked_at == now


def test_many_links_are_made_kept_and_replaced_at_once(
    now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    kept = make_link(subject="KEPT", expires_at=now + timedelta(days=20))
    sooner = make_link(subject="SOONER", expires_at=now + timedelta(days=1))
    old = make_link(subject="OLD", expires_at=now - timedelta(hours=1))
    subjects = ["NEW", "KEPT", "SOONER", "OLD"]
    end = now + timedelta(days=9)

    # new ones, others locked, expired revoked, ends moved, expired replaced
    with django_assert_num_queries(5):
        links = actions.make_links(
            purpose=kept.purpose, subjects=subjects, now=now, expires_at=end
        )

    assert [link.subject for link in links] == subjects
    assert (links[1], links[2]) == (kept, sooner)
    assert Link.objects.filter(revoked_at=now).get() == old
    assert [
        Link.objects.get(pk=link.pk, revoked_at=None).expires_at for link in links
    ] == [end, kept.expires_at, end, end]


def to_two(key: str) -> list[Copy]:
    letter = Letter("test", "test/link.txt", {})
    people = [
        Recipient("Ewa", "ewa@example.org", "en"),
        Recipient("Jan", "jan@example.org", "pl"),
    ]
    links = [make_link(subject=one.name) for one in people]
    return [
        Copy(letter, f"{key}:{one.name}", one, link)
        for one, link in zip(people, links, strict=True)
    ]


def test_many_go_in_one_statement_and_their_jobs_in_another(
    now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    copies = to_two("many")
    with django_assert_num_queries(2):  # messages, jobs
        messages = actions.put_many(copies, now=now, at_once=True)

    stored = list(Message.objects.order_by("pk"))
    assert stored == messages
    assert [(m.to_email, m.language, m.state, m.link) for m in stored] == [
        (copy.to.email, copy.to.language, "released", copy.link) for copy in copies
    ]
    assert jobs() == [{"message": message.pk} for message in messages]


def test_of_many_only_the_new_ones_are_stored_and_leave(now: datetime) -> None:
    first, second = to_two("again")
    [there] = actions.put_many([first], now=now)
    messages = actions.put_many([first, second], now=now, at_once=True)

    assert (messages[0], len(messages), Message.objects.count()) == (there, 2, 2)
    assert [message.state for message in messages] == ["draft", "released"]
    assert jobs() == [{"message": messages[1].pk}]


def jobs() -> list[object]:
    return [job.args for job in ProcrastinateJob.objects.order_by("id")]


def test_a_name_is_no_place_in_a_letter(now: datetime) -> None:
    message = put(now, to=Recipient("{link} {x}", "ewa@example.org", "en"))

    assert message.body.startswith("Dear (link) (x),")
    assert message.to_name == "{link} {x}"
