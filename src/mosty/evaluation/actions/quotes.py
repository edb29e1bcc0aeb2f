"""Which quotes may be published: a person reads each, after the survey has closed."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.evaluation import policies
from mosty.evaluation.actions.surveys import CannotAsk
from mosty.evaluation.models import Quote, Survey
from mosty.kernel.access import require


@transaction.atomic(durable=True)
def decide(
    *,
    survey: Survey,
    states: Mapping[uuid.UUID, str],
    actor: User,
    now: datetime,
) -> int:
    """
    Note which quotes may be published; return how many changed.

    The ledger says how many, not which.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    :raises CannotAsk: if the survey is not closed, or too few people answered.
    """
    require(policies.can_ask(actor, survey.course))
    if not survey.is_closed or survey.result.answers < survey.minimum:
        raise CannotAsk(
            _("Quotes are read once the survey has closed with enough answers.")
        )
    changed = 0
    for quote in Quote.objects.select_for_update().filter(
        survey=survey, pk__in=list(states)
    ):
        state = Quote.State(states[quote.pk])
        if quote.state != state:
            quote.state = state
            quote.save(update_fields=["state"])
            changed += 1
    if changed:
        audit.record(
            actor=actor,
            verb="survey.quotes_read",
            target=survey,
            at=now,
            scope=survey.course.programme.slug,
            after={"changed": changed},
        )
    return changed
