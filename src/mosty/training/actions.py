"""What is kept of who took a roster away."""

from datetime import datetime

from django.db import transaction

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.kernel.access import require
from mosty.programmes.models import Course
from mosty.training import policies


@transaction.atomic(durable=True)
def record_export(
    *, course: Course, kind: str, rows: int, actor: User, now: datetime
) -> None:
    """
    Write into the ledger that a roster left as a file: of which kind, with how many people.

    :raises PermissionDenied: if ``actor`` sees nothing of the roster.
    """
    require(policies.rosters_visible_to(actor).filter(pk=course.pk).exists())
    audit.record(
        actor=actor,
        verb="roster.exported",
        target=course,
        at=now,
        scope=course.programme.slug,
        after={"kind": kind, "rows": rows},
    )
