"""What the worker does: reminds cities of agreements that are due for review."""

from django.utils import timezone
from procrastinate.contrib.django import app

from mosty.audit.actors import SYSTEM
from mosty.partnerships.actions import reminders


@app.periodic(cron="40 6 * * *")
@app.task(name="partnerships.remind", queueing_lock="partnerships.remind")
def remind(timestamp: int) -> None:
    """Write to contacts of cities whose agreements are due."""
    reminders.remind(actor=SYSTEM, now=timezone.now())
