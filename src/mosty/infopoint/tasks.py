"""What the worker does: releases of years when asked."""

from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app

from mosty.audit.actors import SYSTEM
from mosty.figures.actions import releases as figures
from mosty.infopoint.actions import releases


@app.task(name=releases.TASK, queue="releases", pass_context=True)
def release(context: JobContext, release: int) -> None:
    """Make one release; where the worker must leave, it is ended as interrupted."""
    releases.make(
        release=release,
        actor=SYSTEM,
        now=timezone.now(),
        stop=context.should_abort,
    )


@app.periodic(cron="*/5 * * * *")
@app.task(name="figures.end_lost", queueing_lock="figures.end_lost")
def end_lost(timestamp: int) -> None:
    """End the releases whose worker is gone, so that they can be asked for again."""
    figures.end_lost(actor=SYSTEM, now=timezone.now())
