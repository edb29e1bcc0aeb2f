"""What the worker does for offers, every few minutes."""

from django.utils import timezone
from procrastinate.contrib.django import app

from mosty.audit.actors import SYSTEM
from mosty.selection.actions import offers


@app.periodic(cron="*/5 * * * *")
@app.task(name="selection.tend_offers", queueing_lock="selection.tend_offers")
def tend_offers(timestamp: int) -> None:
    """End what was cancelled or withdrawn, expire what is due, pass seats on, remind of what ends."""
    offers.end_cancelled(actor=SYSTEM, now=timezone.now())
    offers.end_withdrawn(actor=SYSTEM, now=timezone.now())
    offers.expire_due(actor=SYSTEM, now=timezone.now())
    offers.remind_due(actor=SYSTEM, now=timezone.now())
