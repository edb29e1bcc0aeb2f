"""What waits for action plans: to be signed off, to be answered, not answered."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mosty.accounts.models import User
from mosty.office.queries.needs.need import Need
from mosty.plans.queries import needs as plans
from mosty.ui.dates import day


def check_ins(user: User, now: datetime) -> Iterator[Need]:
    """Yield the check-ins that wait for a city of the user."""
    for one in plans.awaited(user, timezone.localdate(now)):
        yield Need(
            1,
            _("check-in is awaited: %(plan)s") % {"plan": one.plan},
            reverse("plans:check_in", args=[one.code, one.months]),
            _("Answer now"),
            _("before: %(day)s") % {"day": day(one.until)},
        )


def drafts(user: User, now: datetime) -> Iterator[Need]:
    """Yield the plans of the user's cities that nobody has signed off."""
    for one in plans.unsigned(user):
        yield Need(
            one.actions,
            ngettext(
                "action is in a plan that is not signed off: %(plan)s",
                "actions are in a plan that is not signed off: %(plan)s",
                one.actions,
            )
            % {"plan": one.title},
            reverse("plans:plan", args=[one.code]),
            _("To the plan"),
        )


def missed(user: User, now: datetime) -> Iterator[Need]:
    """Yield how many check-ins of the user's programmes nobody has answered."""
    count = plans.missed_count(user, timezone.localdate(now))
    if count:
        yield Need(
            count,
            ngettext(
                "check-in of an action plan was not answered",
                "check-ins of action plans were not answered",
                count,
            ),
            reverse("plans:overview"),
            _("To the overview"),
        )
