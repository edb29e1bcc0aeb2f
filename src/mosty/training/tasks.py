"""What the worker does for courses: reminders and thanks, once an hour."""

from django.utils import timezone
from procrastinate.contrib.django import app

from mosty.audit.actors import SYSTEM
from mosty.training.actions import reminders


@app.periodic(cron="20 * * * *")
@app.task(name="training.write_due", queueing_lock="training.write_due")
def write_due(timestamp: int) -> None:
    """Write what participants are to be written before and after a course."""
    reminders.write_due(actor=SYSTEM, now=timezone.now())
