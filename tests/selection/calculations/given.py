"""What these tests say and do in common."""

from django.db import connection
from django.utils import timezone

from mosty.audit.actors import SYSTEM
from mosty.audit.models import Entry
from mosty.selection.actions import calculations

# Limits that nobody nominated can meet.
POLICE = [{"attribute": "department", "value": "police", "least": 1, "most": None}]
STEPS = ("priorities", "cohorts", "odds", "reasons", "rules")


def carry_out(calculation, **options):
    options.setdefault("now", timezone.now())
    calculations.carry_out(calculation=calculation.pk, actor=SYSTEM, **options)
    calculation.refresh_from_db()
    return calculation


def verbs():
    return list(Entry.objects.order_by("id").values_list("verb", "actor_label"))


def job_is(calculation, status, heartbeat=None):
    """Let the queue say how the job of ``calculation`` is, and when its worker spoke."""
    with connection.cursor() as cursor:
        worker = None
        if heartbeat is not None:
            cursor.execute(
                "insert into procrastinate_workers (last_heartbeat) values (%s)"
                " returning id",
                [heartbeat],
            )
            worker = cursor.fetchone()[0]
        cursor.execute(
            "update procrastinate_jobs set status = %s::procrastinate_job_status,"
            " worker_id = %s where id = %s",
            [status, worker, calculation.job],
        )
