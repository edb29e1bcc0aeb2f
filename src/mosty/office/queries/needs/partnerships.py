"""What waits among a city's agreements."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mosty.accounts.models import User
from mosty.office.queries.needs.need import Need
from mosty.partnerships.queries import agreements


def reviews(user: User, now: datetime) -> Iterator[Need]:
    """Yield how many agreements of the user's cities are due for review, if any."""
    rows = agreements.due_for(user, now.date())
    if not rows:
        return
    one = len(rows) == 1
    yield Need(
        len(rows),
        ngettext(
            "agreement is due for review",
            "agreements are due for review",
            len(rows),
        ),
        reverse("partnerships:agreement", args=[rows[0].pk])
        if one
        else reverse("partnerships:agreements"),
        _("Look"),
    )
