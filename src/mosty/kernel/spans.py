"""What holds from a day until a day, both included; where a day is missing, for ever."""

from datetime import date
from typing import Any

from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db.models import Func, Q


def days_in_common() -> tuple[Func[Any], str]:
    """
    Return what an exclusion constraint forbids two rows: a day on which both hold.

    The expression of their days, from ``since`` to ``until``, and the operator.
    """
    days = Func(
        "since",
        "until",
        RangeBoundary(inclusive_lower=True, inclusive_upper=True),
        function="daterange",
        output_field=DateRangeField(),
    )
    return days, RangeOperators.OVERLAPS


def holding_on(day: date, through: str = "") -> Q:
    """
    Return the condition that a row with ``since`` and ``until`` holds on ``day``.

    ``through`` leads to that row from the one asked for, such as "grants__".
    """
    since, until = f"{through}since", f"{through}until"
    return (Q(**{f"{since}__isnull": True}) | Q(**{f"{since}__lte": day})) & (
        Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gte": day})
    )
