"""How far a calculation is, for the page of who waits for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from procrastinate.contrib.django.models import ProcrastinateWorker

from mosty.kernel import jobs
from mosty.nominations.models import Call
from mosty.selection import words
from mosty.selection.models import Calculation, Run
from mosty.selection.queries.repair import Colliding, colliding
from mosty.ui.components import Stage

# A worker that has nothing to do takes a job at once.
SOON = timedelta(seconds=10)
# The steps of the engine, by the stage of the page that they belong to.
STAGES = ((), ("",), ("priorities",), ("odds", "cohorts"), ("reasons", "rules"))


def is_lost(calculation: Calculation, now: datetime) -> bool:
    """Test if no worker has, or will have, a live calculation in hand; one query."""
    return jobs.is_forsaken(calculation.job, now)


@dataclass(frozen=True, slots=True)
class CalculationPage:
    """What the page of a calculation shows."""

    calculation: Calculation
    kind: str
    # What is going on, or how it ended.
    sentence: str
    # Of a trial that no group can keep: each rule beside the least change.
    mends: list[Colliding]
    # Numbers that rise while the sentence stays the same.
    details: Sequence[str]
    stages: Sequence[Stage]
    # Tell whether the sentence, and all of it, are what a page shows already.
    sentence_mark: str
    mark: str

    def says_what(self, seen: str) -> bool:
        """Test if a page whose mark is ``seen`` has the same sentence."""
        return seen.partition(".")[0] == self.sentence_mark


def calculation_page(calculation: Calculation, now: datetime) -> CalculationPage:
    """Return how far ``calculation`` is; one query more while it is live."""
    details = _details(calculation, now)
    is_forsaken = calculation.is_live and _is_forsaken(calculation, now)
    sentence_mark = "-".join(
        str(part)
        for part in (
            calculation.state,
            calculation.step,
            calculation.cancel_asked,
            is_forsaken,
        )
    )
    return CalculationPage(
        calculation=calculation,
        kind=calculation.kind,
        sentence=_forsaken(calculation) if is_forsaken else _sentence(calculation),
        mends=_mends(calculation),
        details=details,
        stages=_stages(calculation),
        sentence_mark=sentence_mark,
        mark=".".join((sentence_mark, *details)),
    )


def _mends(calculation: Calculation) -> list[Colliding]:
    """Return what collides in a trial made in vain, if a change of numbers mends it."""
    known = calculation.failure_params
    if calculation.kind != Calculation.Kind.WHAT_IF or not known.get("changes"):
        return []
    return colliding(known["limits"], known["changes"])


def _forsaken(calculation: Calculation) -> str:
    if calculation.state == Calculation.State.WAITING:
        return _("Nothing calculates at the moment. Tell the administrator.")
    return _("What calculated this has stopped. Cancel it, and start again.")


def _details(calculation: Calculation, now: datetime) -> list[str]:
    if calculation.state != Calculation.State.RUNNING or calculation.begun_at is None:
        return []
    seconds = max(0, int((now - calculation.begun_at).total_seconds()))
    found = [_("Time so far: %(seconds)s s") % {"seconds": seconds}]
    if calculation.step == "cohorts":
        found.append(_("Groups so far: %(count)s") % {"count": calculation.number})
    return found


def _sentence(calculation: Calculation) -> str:
    match calculation.state:
        case Calculation.State.WAITING:
            return _("It waits for its turn.")
        case Calculation.State.RUNNING if calculation.cancel_asked:
            return _("It is being cancelled; nothing will come of it.")
        case Calculation.State.RUNNING:
            return words.step_words(calculation.step)
        case Calculation.State.FAILED:
            return words.refusal_words(calculation.failure, calculation.failure_params)
        case Calculation.State.CANCELLED:
            return _("Cancelled. Nothing was decided.")
    return _("Done.")


def _is_forsaken(calculation: Calculation, now: datetime) -> bool:
    if calculation.state == Calculation.State.RUNNING:
        return is_lost(calculation, now)
    if now - calculation.asked_at < SOON:
        return False
    alive = ProcrastinateWorker.objects.filter(last_heartbeat__gte=now - jobs.SILENCE)
    return not alive.exists()


def _stages(calculation: Calculation) -> list[Stage]:
    labels = [
        _("In the queue"),
        _("Nominations"),
        _("Priorities"),
        _("Chances and groups"),
        _("Reasons"),
    ]
    here = 0
    if calculation.state != Calculation.State.WAITING:
        steps = (place for place, own in enumerate(STAGES) if calculation.step in own)
        here = next(steps, len(STAGES) - 1)
    return [
        Stage(label, "done" if place < here else "now" if place == here else "todo")
        for place, label in enumerate(labels)
    ]


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where a run is not what its repetition gave."""

    path: str
    recorded: str
    computed: str


@dataclass(frozen=True, slots=True)
class Repetition:
    """What came of solving a run again, when and for whom."""

    count: int
    first: Sequence[Difference]
    asked_by: str
    at: datetime

    @property
    def more(self) -> int:
        """Return how many differences are not listed."""
        return self.count - len(self.first)


def last_repetition(run: Run) -> Repetition | None:
    """Return what came of solving ``run`` again the last time; one query."""
    last = (
        Calculation.objects.filter(about=run, state=Calculation.State.DONE)
        .order_by("-ended_at", "-pk")
        .first()
    )
    if last is None or last.answer is None or last.ended_at is None:
        return None
    return Repetition(
        count=last.answer["count"],
        first=[Difference(**one) for one in last.answer["first"]],
        asked_by=last.asked_by,
        at=last.ended_at,
    )


@dataclass(frozen=True, slots=True)
class OfCall:
    """What is being calculated for a call, and why the last draw could not be made."""

    draw: Calculation | None
    numbers: Calculation | None
    trials: Sequence[Calculation]
    last_failure: str


def of_call(call: Call) -> OfCall:
    """Return the live calculations of ``call`` and its last failure; two queries."""
    trials = Calculation.objects.filter(
        call=call, kind=Run.Kind.WHAT_IF, state__in=Calculation.LIVE
    )
    last = Calculation.objects.filter(
        call=call, kind__in=(Calculation.Kind.DRAW, Calculation.Kind.NUMBERS)
    ).first()
    live = last if last is not None and last.is_live else None
    failed = last is not None and last.state == Calculation.State.FAILED
    return OfCall(
        draw=live if live and live.kind == Calculation.Kind.DRAW else None,
        numbers=live if live and live.kind == Calculation.Kind.NUMBERS else None,
        trials=list(trials),
        last_failure=_sentence(last) if last is not None and failed else "",
    )
