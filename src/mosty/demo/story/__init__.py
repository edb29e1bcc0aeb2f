"""
Plays the main chain, from a call to what comes after a course, by the actions people use.

Every act has its own moment, in office hours: the calls lie in the months before now, so
that the demo always looks like a programme in full swing. Prints each step with its
numbers.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Count

from mosty.demo import (
    delivery,
    finding,
    infopoint,
    library,
    linking,
    load,
    partnerships,
    plans,
)
from mosty.demo.cast import Say, gather, morning
from mosty.demo.story.calls import open_trial, play_part_2, play_part_3
from mosty.directory.models import Organisation
from mosty.nominations.models import Call, Nomination
from mosty.selection.models import Offer, Run

__all__ = ["as_line", "morning", "play"]


def play(now: datetime, say: Say) -> dict[str, int]:
    """Load everything, play both documented calls, leave a third open, hold the first course."""
    programme = load.load(now)
    now = morning(now)
    say(
        f"Loaded: {Organisation.objects.filter(kind='city').count()} cities, "
        f"{programme.partnerships.values('organisation').distinct().count()} partners, "
        f"{programme.courses.count()} documented courses. All people are fictional."
    )
    cast = gather()
    second = play_part_2(programme, cast, now, say)
    third = play_part_3(programme, cast, second, now, say)
    open_trial(programme, cast, third, now, say)
    delivery.play(second.course, cast, now, say)
    plans.play(second.course, cast, now, say)
    infopoint.play(now, say)
    library.play(cast, now, say)
    partnerships.play(now, say)
    linking.play(now, say)
    finding.play(cast, now, say)
    return _numbers([second, third])


def _numbers(played: Sequence[Call]) -> dict[str, int]:
    """Return what the chain came to, for the last line of ``mosty demo --check``."""
    decided = Run.objects.filter(call__in=played, state=Run.State.ANNOUNCED)
    outcomes = dict(
        decided.values_list("decisions__outcome")
        .annotate(Count("decisions"))
        .order_by()
    )
    return {
        "calls": len(played),
        "nominations": Nomination.objects.filter(
            call__in=played, state=Nomination.State.SUBMITTED
        ).count(),
        "selected": outcomes.get("selected", 0),
        "reserve": outcomes.get("reserve", 0),
        "offers_accepted": Offer.objects.filter(
            seat__call__in=played, state=Offer.State.ACCEPTED
        ).count(),
        "replaced": Offer.objects.filter(
            seat__call__in=played, replaces__isnull=False
        ).count(),
    }


def as_line(numbers: Mapping[str, object]) -> str:
    """Return the numbers as one line of JSON."""
    return json.dumps(numbers)
