"""What the worker does with receipts."""

from django.utils import timezone
from procrastinate.contrib.django import app

from mosty.audit.actors import SYSTEM
from mosty.inbox import actions


@app.periodic(cron="50 3 * * *")
@app.task(name="inbox.forget", queueing_lock="inbox.forget")
def forget(timestamp: int) -> None:
    """Delete, every night, receipts that no device asks for any more."""
    actions.forget(actor=SYSTEM, now=timezone.now())
