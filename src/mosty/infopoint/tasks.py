"""What the worker does: releases of years when asked; every night what must not be kept."""

from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app

from mosty.audit.actors import SYSTEM
from mosty.figures.actions import releases as figures
from mosty.infopoint.actions import imports, pseudonyms, releases, retention


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


@app.periodic(cron="20 2 * * *")
@app.task(
    name="infopoint.forget_what_is_due",
    queueing_lock="infopoint.forget_what_is_due",
)
def forget_what_is_due(timestamp: int) -> None:
    """Blank the fields whose time is over; destroy the salts of years that are over."""
    now = timezone.now()
    retention.blank_due(actor=SYSTEM, now=now)
    pseudonyms.destroy_due(actor=SYSTEM, now=now)


@app.periodic(cron="50 3 * * *")
@app.task(
    name="infopoint.drop_old_imports",
    queueing_lock="infopoint.drop_old_imports",
)
def drop_old_imports(timestamp: int) -> None:
    """Drop, every night, files that nobody has taken over for a while."""
    imports.drop_old(actor=SYSTEM, now=timezone.now())
