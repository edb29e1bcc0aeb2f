"""What the worker does: draws and trials when asked, offers every few minutes."""

from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app

from mosty.audit.actors import SYSTEM
from mosty.selection.actions import calculations, offers


@app.task(name=calculations.TASK, queue="selection", pass_context=True)
def calculate(context: JobContext, calculation: int) -> None:
    """Make one draw or trial; where the worker must leave, it is ended as interrupted."""
    calculations.carry_out(
        calculation=calculation,
        actor=SYSTEM,
        now=timezone.now(),
        stop=context.should_abort,
    )


@app.periodic(cron="*/5 * * * *")
@app.task(name="selection.end_lost", queueing_lock="selection.end_lost")
def end_lost(timestamp: int) -> None:
    """End the calculations whose worker is gone, so that they can be asked for again."""
    calculations.end_lost(actor=SYSTEM, now=timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="selection.tend_offers", queueing_lock="selection.tend_offers")
def tend_offers(timestamp: int) -> None:
    """End what was cancelled or withdrawn, expire what is due, pass seats on, remind of what ends."""
    offers.end_cancelled(actor=SYSTEM, now=timezone.now())
    offers.end_withdrawn(actor=SYSTEM, now=timezone.now())
    offers.expire_due(actor=SYSTEM, now=timezone.now())
    offers.remind_due(actor=SYSTEM, now=timezone.now())
