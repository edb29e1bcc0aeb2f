"""What the worker does for nominations."""

from django.utils import timezone
from procrastinate.contrib.django import app

from mosty.audit.actors import SYSTEM
from mosty.nominations.actions import answers
from mosty.nominations.actions.imports import files


@app.periodic(cron="20 3 * * *")
@app.task(
    name="nominations.delete_old_needs",
    queueing_lock="nominations.delete_old_needs",
)
def delete_old_needs(timestamp: int) -> None:
    """Delete, every night, the needs of nominees whose course is over."""
    answers.delete_old_needs(actor=SYSTEM, now=timezone.now())


@app.periodic(cron="40 3 * * *")
@app.task(
    name="nominations.drop_old_imports",
    queueing_lock="nominations.drop_old_imports",
)
def drop_old_imports(timestamp: int) -> None:
    """Drop, every night, lists that nobody has taken over for a while."""
    files.drop_old(actor=SYSTEM, now=timezone.now())
