"""What the worker does for nominations."""

from django.utils import timezone
from procrastinate.contrib.django import app

from mosty.audit.actors import SYSTEM
from mosty.nominations.actions import answers


@app.periodic(cron="20 3 * * *")
@app.task(
    name="nominations.delete_old_needs",
    queueing_lock="nominations.delete_old_needs",
)
def delete_old_needs(timestamp: int) -> None:
    """Delete, every night, the needs of nominees whose course is over."""
    answers.delete_old_needs(actor=SYSTEM, now=timezone.now())
