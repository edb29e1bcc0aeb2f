"""What holds from a day until a day, both included; where a day is missing, for ever."""

from datetime import date

from django.db.models import Q


def holding_on(day: date, through: str = "") -> Q:
    """
    Return the condition that a row with ``since`` and ``until`` holds on ``day``.

    ``through`` leads to that row from the one asked for, such as "grants__".
    """
    since, until = f"{through}since", f"{through}until"
    return (Q(**{f"{since}__isnull": True}) | Q(**{f"{since}__lte": day})) & (
        Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gte": day})
    )
