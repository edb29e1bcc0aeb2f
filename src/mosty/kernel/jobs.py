"""Which jobs of the queue somebody will do, or is doing."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from procrastinate.contrib.django.models import ProcrastinateJob

# Workers say every ten seconds that they are there.
SILENCE = timedelta(seconds=60)


def in_hand(now: datetime) -> QuerySet[ProcrastinateJob, Any]:
    """Return the jobs that wait for a worker, and those whose worker is alive."""
    return ProcrastinateJob.objects.filter(
        Q(status="todo") | Q(status="doing", worker__last_heartbeat__gte=now - SILENCE)
    )


def is_forsaken(key: int | None, now: datetime) -> bool:
    """Test if no worker has, or will have, this job of the queue in hand; one query."""
    return key is None or not in_hand(now).filter(pk=key).exists()
