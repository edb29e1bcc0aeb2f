"""What the worker does for the library: each day it asks whose year is over."""

from django.utils import timezone
from procrastinate.contrib.django import app

from mosty.audit.actors import SYSTEM
from mosty.library.actions import confirmations


@app.periodic(cron="10 5 * * *")
@app.task(name="library.ask_due", queueing_lock="library.ask_due")
def ask_due(timestamp: int) -> None:
    """Ask the cities whose practices were confirmed a year ago."""
    confirmations.ask_due(actor=SYSTEM, now=timezone.now())
