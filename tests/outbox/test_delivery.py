"""Messages leave once, in the reader's language, with a link that is stored nowhere."""

import smtplib
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from time import sleep

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import DjangoApp
from procrastinate.contrib.django import app as queue
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job

from mosty.accounts.models import User
from mosty.audit.actors import SYSTEM
from mosty.audit.models import Entry
from mosty.outbox import actions, queries, tasks
from mosty.outbox.letters import CannotSend
from mosty.outbox.models import Link, Message
from tests.factories import make_link, make_message


@pytest.fixture
def no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the mail server refuse everything, naming the address as servers do."""

    def refuse(*_args: object, **_kwargs: object) -> int:
        raise smtplib.SMTPRecipientsRefused({"reader@example.org": (550, b"no")})

    monkeypatch.setattr(
        "django.core.mail.backends.locmem.EmailBackend.send_messages", refuse
    )


def released(**fields: object) -> Message:
    return make_message(state=Message.State.RELEASED, **fields)


@pytest.mark.django_db
def test_release_queues_each_message_once(now: datetime, coordinator: User) -> None:
    drafts = [make_message(scope="call"), make_message(scope="call")]
    gone = make_message(state=Message.State.SENT)
    wanted = [message.pk for message in (*drafts, gone)]

    assert actions.release(messages=wanted, actor=coordinator, now=now) == 2
    assert actions.release(messages=wanted, actor=coordinator, now=now) == 0

    jobs = ProcrastinateJob.objects.values_list("task_name", "args")
    assert sorted(args["message"] for _name, args in jobs) == [d.pk for d in drafts]
    assert {m.released_by for m in Message.objects.exclude(pk=gone.pk)} == {
        "Alice Adams"
    }
    entries = Entry.objects.filter(verb="message.released")
    assert [entry.scope for entry in entries] == ["call", "call"]


@pytest.mark.django_db
def test_delivery_names_the_reader_and_her_language(now: datetime) -> None:
    message = released(
        to_name="Łucja Żak", language="pl", reply_to="office@example.org"
    )

    actions.deliver(message=message.pk, now=now)

    sent = mail.outbox[0]
    assert sent.to == [f"=?utf-8?b?xYF1Y2phIMW7YWs=?= <{message.to_email}>"]
    assert sent.reply_to == ["office@example.org"]
    assert sent.extra_headers["Content-Language"] == "pl"
    message.refresh_from_db()
    assert (message.state, message.sent_at, message.attempts) == ("sent", now, 1)


@pytest.mark.django_db
def test_the_link_is_in_the_letter_and_nowhere_in_the_database(now: datetime) -> None:
    link = make_link()
    message = released(body="Answer: {link}\n", link=link, language="pl")

    actions.deliver(message=message.pk, now=now)

    token = link.token
    body = mail.outbox[0].body
    assert body == f"Answer: http://testserver/pl/link/confirm/{token}/\n"
    assert queries.link_for(token, Link.Purpose.CONFIRM, now) == link
    assert [name for name in tables() if holds(name, token)] == []


def tables() -> list[str]:
    return connection.introspection.table_names()


def holds(table: str, text: str) -> bool:
    """Test if any row of ``table`` shows ``text`` in any column."""
    with connection.cursor() as cursor:
        name = connection.ops.quote_name(table)
        cursor.execute(
            f"select exists (select from {name} as t where t::text like %s)",  # noqa: S608 - our own tables' names
            [f"%{text}%"],
        )
        return bool(cursor.fetchone()[0])


@pytest.mark.django_db
def test_a_message_whose_link_was_revoked_is_not_sent(now: datetime) -> None:
    link = make_link("ABCD-23", revoked_at=now)
    message = released(link=link, body="Answer here:\n\n{link}\n")

    row = actions.deliver(message=message.pk, now=now)

    assert row is not None
    assert row.state == Message.State.WITHDRAWN
    assert mail.outbox == []


@pytest.mark.django_db
def test_a_message_that_has_not_been_released_stays(now: datetime) -> None:
    message = make_message()

    assert actions.deliver(message=message.pk, now=now) is None
    assert mail.outbox == []


@pytest.mark.django_db
@pytest.mark.usefixtures("no_server")
def test_a_fault_is_kept_without_the_address_and_given_up_after_five(
    now: datetime,
) -> None:
    message = released()

    states = []
    for _try in range(actions.MOST_ATTEMPTS):
        actions.deliver(message=message.pk, now=now)
        message.refresh_from_db()
        states.append(message.state)

    assert states == ["released"] * 4 + ["failed"]
    assert message.fault == "SMTPRecipientsRefused"
    assert actions.deliver(message=message.pk, now=now) is None


@pytest.mark.django_db
def test_an_address_that_cannot_be_written_is_given_up_at_once(now: datetime) -> None:
    message = released(to_email="ewa@" + "ż" * 70 + ".pl")

    actions.deliver(message=message.pk, now=now)

    message.refresh_from_db()
    assert (message.state, message.fault) == ("failed", "UnicodeError")


@pytest.mark.django_db
def test_a_domain_with_polish_letters_is_written_in_ascii(now: datetime) -> None:
    actions.deliver(message=released(to_email="ewa@łódź.example").pk, now=now)

    assert mail.outbox[0].to[0].endswith("<ewa@xn--d-uga0v4h.example>")


@pytest.mark.django_db
@pytest.mark.usefixtures("no_server")
def test_the_task_says_when_it_must_run_again() -> None:
    with pytest.raises(tasks.NotDelivered) as fault:
        tasks.send(released().pk)

    assert "example.org" not in str(fault.value)


@pytest.mark.parametrize("done", range(4))
def test_the_worker_waits_longer_each_time(done: int) -> None:
    before = timezone.now()

    decision = tasks.AGAIN.get_retry_decision(
        exception=tasks.NotDelivered(), job=job(done)
    )

    assert round((decision.retry_at - before).total_seconds()) == 5 ** (done + 1)


@pytest.mark.parametrize(
    ("done", "fault"), ((4, tasks.NotDelivered()), (0, ValueError()))
)
def test_the_worker_gives_up_after_the_fifth_try_and_at_our_own_faults(
    done: int, fault: Exception
) -> None:
    assert tasks.AGAIN.get_retry_decision(exception=fault, job=job(done)) is None


def job(attempts: int) -> Job:
    return Job(
        id=1,
        queue="mail",
        lock=None,
        queueing_lock=None,
        task_name="outbox.send",
        attempts=attempts,
    )


@pytest.mark.django_db
def test_retry_queues_what_was_given_up(now: datetime, coordinator: User) -> None:
    message = make_message(state=Message.State.FAILED, attempts=5)

    actions.retry(message=message, actor=coordinator, now=now)

    message.refresh_from_db()
    assert (message.state, message.attempts) == ("released", 0)
    assert ProcrastinateJob.objects.get().args == {"message": message.pk}
    assert Entry.objects.get().verb == "message.retried"


@pytest.mark.django_db
@pytest.mark.parametrize("state", ("draft", "released", "sent", "withdrawn"))
def test_retry_refuses_any_other_message(
    now: datetime, coordinator: User, state: str
) -> None:
    with pytest.raises(CannotSend):
        actions.retry(message=make_message(state=state), actor=coordinator, now=now)


@pytest.mark.django_db
def test_withdraw_keeps_the_reason_in_the_ledger(
    now: datetime, coordinator: User
) -> None:
    message = make_message(scope="call")

    actions.withdraw(message=message, actor=coordinator, now=now, reason="Wrong day")

    message.refresh_from_db()
    entry = Entry.objects.get()
    assert message.state == Message.State.WITHDRAWN
    assert (entry.verb, entry.reason, entry.scope) == (
        "message.withdrawn",
        "Wrong day",
        "call",
    )


@pytest.mark.django_db
def test_withdraw_asks_for_a_reason(now: datetime, coordinator: User) -> None:
    with pytest.raises(CannotSend) as refusal:
        actions.withdraw(message=make_message(), actor=coordinator, now=now, reason=" ")

    assert set(refusal.value.fields) == {"reason"}


@pytest.mark.django_db
@pytest.mark.parametrize("state", ("released", "sent", "failed", "withdrawn"))
def test_withdraw_refuses_what_has_left(
    now: datetime, coordinator: User, state: str
) -> None:
    with pytest.raises(CannotSend):
        actions.withdraw(
            message=make_message(state=state), actor=coordinator, now=now, reason="No"
        )


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_it_once(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = released()
    together = Barrier(2, timeout=30)
    send = EmailBackend.send_messages

    def slowly(backend: EmailBackend, letters: list[mail.EmailMessage]) -> int:
        # The other worker comes while this one is still speaking to the mail server.
        sleep(0.5)
        return int(send(backend, letters))

    monkeypatch.setattr(EmailBackend, "send_messages", slowly)

    def deliver() -> bool:
        connection.ensure_connection()
        together.wait()
        try:
            return actions.deliver(message=message.pk, now=now) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as workers:
        sent = [work.result() for work in [workers.submit(deliver) for _ in range(2)]]

    assert sorted(sent) == [False, True]
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_the_worker_sends_what_was_released(
    now: datetime, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As in production, so that the worker's thread leaves no connection open.
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    message = make_message()
    actions.release(messages=[message.pk], actor=coordinator, now=now)

    # An app of its own, so that no periodic task of other apps comes between.
    worker = DjangoApp(connector=queue.connector.get_worker_connector())
    worker.tasks["outbox.send"] = tasks.send

    def work() -> None:
        with worker.open():
            worker.run_worker(
                wait=False, install_signal_handlers=False, listen_notify=False
            )

    # In a thread: where browser tests have run, this one has an event loop already.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(work).result()

    message.refresh_from_db()
    assert message.state == Message.State.SENT
    assert ProcrastinateJob.objects.get().status == "succeeded"


# the job's status, seconds since its worker spoke, is the message queued again
STRANDED = (
    ("todo", None, False),
    ("doing", 5, False),
    ("doing", 300, True),
    ("doing", None, True),
    ("failed", None, True),
    ("", None, True),
)


@pytest.mark.django_db
@pytest.mark.parametrize(("status", "silent", "again"), STRANDED)
def test_what_a_dead_worker_left_is_queued_again(
    now: datetime, status: str, silent: int | None, again: bool
) -> None:
    message = released(released_at=now - timedelta(hours=1))
    if status:
        queue_a_job(message, status, None if silent is None else now, silent)
    assert actions.send_stranded(actor=SYSTEM, now=now) == int(again)
    # It is in hand now: the next round leaves it alone.
    assert actions.send_stranded(actor=SYSTEM, now=now) == 0


@pytest.mark.django_db
def test_what_was_just_released_or_sent_is_left_alone(now: datetime) -> None:
    released(released_at=now - timedelta(minutes=5))
    make_message(state=Message.State.SENT, released_at=now - timedelta(hours=1))
    assert actions.send_stranded(actor=SYSTEM, now=now) == 0


@pytest.mark.django_db
def test_only_the_installation_queues_again(now: datetime, coordinator: User) -> None:
    with pytest.raises(PermissionDenied):
        actions.send_stranded(actor=coordinator, now=now)


def queue_a_job(
    message: Message, status: str, spoke: datetime | None, silent: int | None
) -> None:
    """Let the queue hold a job for ``message`` in this state."""
    queue.configure_task("outbox.send", queue="mail").defer(message=message.pk)
    with connection.cursor() as cursor:
        worker = None
        if spoke is not None:
            cursor.execute(
                "insert into procrastinate_workers (last_heartbeat) values (%s)"
                " returning id",
                [spoke - timedelta(seconds=silent or 0)],
            )
            worker = cursor.fetchone()[0]
        cursor.execute(
            "update procrastinate_jobs set status = %s::procrastinate_job_status,"
            " worker_id = %s",
            [status, worker],
        )
