"""That a call is not the first for its course, said wherever its draw is shown."""

from datetime import datetime

from django.utils.translation import gettext as _

from mosty.nominations.models import Call
from mosty.ui.dates import day


def earlier_calls(call: Call) -> list[str]:
    """
    Return a sentence for each earlier call of the course that was cancelled; one query.

    Whoever cancels a call after its draw, and opens another, chooses between two results.
    That cannot be forbidden, so everybody reads it.
    """
    rows = (
        Call.objects.filter(
            course=call.course_id,
            state=Call.State.CANCELLED,
            published_at__isnull=False,
            pk__lt=call.pk,
        )
        .order_by("pk")
        .only("cancelled_at", "drawn_at", "seed_entered_at")
    )
    return [_sentence(row, call) for row in rows]


def _sentence(earlier: Call, call: Call) -> str:
    def on(moment: datetime) -> dict[str, str]:
        return {"day": day(call.course.programme.local(moment).date())}

    if earlier.cancelled_at is None:
        cancelled = _(
            "An earlier call for this course was cancelled by the programme's coordinator."
        )
    else:
        cancelled = _(
            "An earlier call for this course was cancelled on %(day)s by the programme's "
            "coordinator."
        ) % on(earlier.cancelled_at)
    if earlier.drawn_at is not None:
        drawn = _("It had been drawn on %(day)s.") % on(earlier.drawn_at)
    elif earlier.seed_entered_at is not None:
        drawn = _("The seed of its draw had been entered on %(day)s.") % on(
            earlier.seed_entered_at
        )
    else:
        drawn = _("It had not been drawn.")
    return f"{cancelled} {drawn}"
