"""What the worker does for the outbox."""

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from mosty.audit.actors import SYSTEM
from mosty.outbox import actions
from mosty.outbox.models import Message


class NotDelivered(Exception):
    """The mail server did not take the message; it will be tried again."""


# Waits 5 s, 25 s, two minutes and ten minutes: a server that restarts is not lost.
AGAIN = RetryStrategy(
    max_attempts=actions.MOST_ATTEMPTS - 1,
    exponential_wait=5,
    retry_exceptions={NotDelivered},
)


@app.task(name="outbox.send", queue="mail", retry=AGAIN)
def send(message: int) -> None:
    """
    Send one released message.

    :raises NotDelivered: if the mail server refused, so that the worker tries again.
    """
    row = actions.deliver(message=message, now=timezone.now())
    if row is not None and row.state == Message.State.RELEASED:
        raise NotDelivered(f"message {message}: {row.fault}")


@app.periodic(cron="*/10 * * * *")
@app.task(name="outbox.send_stranded", queueing_lock="outbox.send_stranded")
def send_stranded(timestamp: int) -> None:
    """Queue again what a worker that died has left half sent."""
    actions.send_stranded(actor=SYSTEM, now=timezone.now())
