"""How the rule of a course's completion is set."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.programmes.models import Course
from mosty.training import policies
from mosty.training.models import CompletionRule


class CannotSetRule(Refusal):
    """The rule is not changed without a reason."""


@transaction.atomic(durable=True)
def set_rule(
    *,
    course: Course,
    least_percent: int,
    excused_counts: bool,
    reason: str,
    actor: User,
    now: datetime,
) -> CompletionRule:
    """
    Say what ``course`` asks of whoever completes it; saying the same changes nothing.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    :raises CannotSetRule: if there is no reason.
    """
    require(policies.can_set_rule(actor, course))
    # The course, since there may be no rule to lock yet.
    Course.objects.select_for_update().get(pk=course.pk)
    rule = CompletionRule.objects.filter(pk=course.pk).first() or CompletionRule(
        course=course
    )
    before = _said(rule)
    rule.least_percent, rule.excused_counts = least_percent, excused_counts
    after = _said(rule)
    if after == before:
        return rule
    if not reason.strip():
        raise CannotSetRule(
            _("Enter why the rule changes."),
            fields={"reason": _("Enter why the rule changes.")},
        )
    rule.save()
    audit.record(
        actor=actor,
        verb="completion.rule_set",
        target=course,
        at=now,
        scope=course.programme.slug,
        reason=reason.strip(),
        before=before,
        after=after,
    )
    return rule


def _said(rule: CompletionRule) -> dict[str, object]:
    return {
        "least_percent": rule.least_percent,
        "excused_counts": rule.excused_counts,
    }
