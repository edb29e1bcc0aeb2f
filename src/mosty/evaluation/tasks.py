"""What the worker does: writes invitations when surveys open, freezes what is over."""

from django.utils import timezone
from procrastinate.contrib.django import app

from mosty.audit.actors import SYSTEM
from mosty.evaluation.actions import invitations, surveys


@app.periodic(cron="*/5 * * * *")
@app.task(name="evaluation.tend_surveys", queueing_lock="evaluation.tend_surveys")
def tend_surveys(timestamp: int) -> None:
    """Close the surveys whose time is over; write the invitations of those that opened."""
    surveys.close_due(actor=SYSTEM, now=timezone.now())
    invitations.invite_due(actor=SYSTEM, now=timezone.now())
