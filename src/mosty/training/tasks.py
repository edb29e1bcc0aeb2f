"""What the worker does for courses: reminders and thanks, certificates when asked for."""

from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app

from mosty.audit.actors import SYSTEM
from mosty.training.actions import issuing as certificates
from mosty.training.actions import reminders


@app.periodic(cron="20 * * * *")
@app.task(name="training.write_due", queueing_lock="training.write_due")
def write_due(timestamp: int) -> None:
    """Write what participants are to be written before and after a course."""
    reminders.write_due(actor=SYSTEM, now=timezone.now())


@app.task(name=certificates.TASK, queue="training", pass_context=True)
def issue(context: JobContext, issuing: int) -> None:
    """Issue the certificates of a course; where the worker must leave, another goes on."""
    certificates.carry_out(
        issuing=issuing, actor=SYSTEM, now=timezone.now(), stop=context.should_abort
    )


@app.periodic(cron="*/5 * * * *")
@app.task(name="training.resume_lost", queueing_lock="training.resume_lost")
def resume_lost(timestamp: int) -> None:
    """Go on with issuing where a worker is gone."""
    certificates.resume_lost(actor=SYSTEM, now=timezone.now())
