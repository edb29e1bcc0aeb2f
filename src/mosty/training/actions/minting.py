"""How certificates come to be: stored once, told to the ledger, written about."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from mosty.audit import actions as audit
from mosty.audit.actors import Actor
from mosty.kernel.rows import insert_new
from mosty.programmes.models import Course
from mosty.selection.models import Offer
from mosty.training import letters, policies, serials
from mosty.training.models import Certificate
from mosty.training.queries.contents import Content, digest


def locked(offers: Sequence[int]) -> list[Offer]:
    """Return the taken seats of these keys, locked; one query."""
    return list(
        policies.accepted()
        .filter(pk__in=offers)
        .select_for_update(of=("self",))
        .select_related("nomination__call__course__programme", "seat__call__course")
        .order_by("pk")
    )


def mint(
    wanted: Sequence[tuple[Offer, Content]],
    *,
    course: Course,
    actor: Actor,
    now: datetime,
    exception: str = "",
    replaces: Certificate | None = None,
) -> list[Certificate]:
    """
    Store certificates, each with a number of its own; return those that are new.

    Who has one that holds is passed over, whoever issued it in this moment. Call it
    inside an action's transaction.
    """
    year = timezone.localtime(now, course.programme.zone).year
    rows = [
        Certificate(
            offer=offer,
            serial=serials.new_serial(year),
            content=content,
            digest=digest(content),
            issued_at=now,
            issued_by=actor.ledger_label,
            exception=exception,
            replaces=replaces,
        )
        for offer, content in wanted
    ]
    made = insert_new(rows, by="serial")
    audit.record_many(
        actor=actor,
        verb="certificate.issued" if not replaces else "certificate.reissued",
        acts=[
            (
                row,
                {"number": replaces.serial} if replaces else {},
                {"seat": row.offer.code},
            )
            for row in made
        ],
        at=now,
        scope=course.programme.slug,
        reason=replaces.revoked_reason if replaces else exception,
    )
    letters.ready(certificates=made, course=course, now=now)
    return made
