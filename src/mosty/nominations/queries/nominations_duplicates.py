"""Pairs of nominations that may be one person, side by side."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from mosty.nominations.models import Call, Nomination, PossibleDuplicate
from mosty.ui.dates import day, moment

Decision = PossibleDuplicate.Decision
State = Nomination.State


@dataclass(frozen=True, slots=True)
class Compared:
    """One field of both nominations."""

    label: str
    first: str
    second: str

    @property
    def same(self) -> bool:
        """Test if both say the same, whatever the case of the letters."""
        return self.first.casefold() == self.second.casefold()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two nominations, field by field."""

    pair: PossibleDuplicate
    why: str
    decision: str
    is_open: bool
    fields: list[Compared]
    # How many fields differ.
    differing: int


def of_call(call: Call) -> QuerySet[PossibleDuplicate]:
    """Return every pair of the call, with all that is compared."""
    return PossibleDuplicate.objects.filter(first__call=call).select_related(
        "first__organisation", "second__organisation", "first__call", "second__call"
    )


def open_of(call: Call) -> list[Pair]:
    """Return the pairs to be decided of which both still count; one query."""
    rows = of_call(call).filter(
        decision=Decision.OPEN,
        first__state=State.SUBMITTED,
        second__state=State.SUBMITTED,
    )
    return [compare(row, call) for row in rows.order_by("pk")]


def decided_of(call: Call) -> list[Pair]:
    """Return the pairs that somebody has decided, newest first; one query."""
    rows = of_call(call).filter(~Q(decision=Decision.OPEN))
    return [compare(row, call) for row in rows.order_by("-decided_at", "-pk")]


def compare(pair: PossibleDuplicate, call: Call) -> Pair:
    """Return both nominations of ``pair`` field by field."""
    zone = call.course.programme.time_zone
    ways: dict[str, Callable[[Nomination], object]] = {
        _("Given name"): lambda row: row.given_name,
        _("Family name"): lambda row: row.family_name,
        _("E-mail"): lambda row: row.email,
        _("City"): lambda row: str(row.organisation),
        _("Position"): lambda row: row.position,
        _("Kind of unit"): lambda row: row.get_department_display(),
        _("Level of the post"): lambda row: row.get_level_display(),
        _("In this post since"): lambda row: day(row.in_post_since),
        _("Submitted"): lambda row: moment(row.submitted_at, zone),
        _("State"): lambda row: row.get_state_display(),
        _("Nominee's answer"): lambda row: row.get_answer_display(),
    }
    fields = [
        Compared(label, str(value(pair.first)), str(value(pair.second)))
        for label, value in ways.items()
    ]
    return Pair(
        pair=pair,
        why=pair.get_why_display(),
        decision=pair.get_decision_display(),
        is_open=pair.decision == Decision.OPEN,
        fields=fields,
        differing=sum(not field.same for field in fields),
    )
