"""What the worker does: asks cities how their plans go, as the days come."""

from django.utils import timezone
from procrastinate.contrib.django import app

from mosty.audit.actors import SYSTEM
from mosty.plans.actions import tending


@app.periodic(cron="40 * * * *")
@app.task(name="plans.tend_check_ins", queueing_lock="plans.tend_check_ins")
def tend_check_ins(timestamp: int) -> None:
    """Write what is due about check-ins."""
    tending.tend(actor=SYSTEM, now=timezone.now())
