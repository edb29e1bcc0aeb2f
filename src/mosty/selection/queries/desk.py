"""Whose selection stands where: the list of calls, and one call's own page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from i18nfield.strings import LazyI18nString

from mosty.accounts.models import User
from mosty.nominations.models import Call, Nomination
from mosty.nominations.queries.calls import last_minute
from mosty.nominations.queries.earlier import earlier_calls
from mosty.programmes import policies as programmes
from mosty.programmes.models import Partnership
from mosty.programmes.models.programmes import SIGNING_ROLES
from mosty.selection import policies
from mosty.selection.models import SIGNATURES, Decision, NumberedList, Run
from mosty.selection.queries import pool
from mosty.selection.queries.calculations import OfCall, of_call
from mosty.selection.queries.lists import list_of
from mosty.selection.queries.pool import Obstacle
from mosty.selection.queries.repair import is_dead_end
from mosty.ui import listing
from mosty.ui.components import Stage
from mosty.ui.listing import Listing


@dataclass(frozen=True, slots=True)
class CallRow:
    """One line of the list: a call, and how far its selection has come."""

    slug: str
    course: LazyI18nString
    programme: LazyI18nString
    last_minute: datetime
    zone: str
    nominated: int
    state: str
    tag: str
    run: int | None


@dataclass(frozen=True, slots=True)
class ToSign:
    """A proposed draw that waits for the reader's signature."""

    run: int
    course: LazyI18nString
    organisation: LazyI18nString
    given: int


@dataclass(frozen=True, slots=True)
class Desk:
    """The list of calls, and what of it waits for the reader."""

    to_sign: list[ToSign]
    calls: Listing[CallRow]


def desk(user: User, params: QueryDict, now: datetime) -> Desk:
    """Return what the first page of the selection shows; constant queries."""
    visible = policies.calls_visible_to(user).filter(state=Call.State.PUBLISHED)
    found: Listing[Any] = listing.build(
        params,
        visible.select_related("course__programme"),
        sorts={"course": ("course__title",), "closes": ("closes_at",)},
        default="-closes",
    )
    keys = [call.pk for call in found.rows]
    draws = {run.call_id: run for run in live_draws().filter(call__in=keys)}
    counts = submitted_counts(keys)
    own = set(programmes.coordinated_by(user).values_list("pk", flat=True))
    rows = [
        _row(call, draws.get(call.pk), counts, own=own, now=now) for call in found.rows
    ]
    return Desk(to_sign(user), replace(found, rows=rows))


def live_draws() -> QuerySet[Run]:
    """Return the draws that stand, with their signatures and without their records."""
    return (
        Run.objects.filter(kind=Run.Kind.DRAW)
        .exclude(state=Run.State.DISCARDED)
        .defer("record", "rules")
        .prefetch_related("signatures")
    )


def submitted_counts(calls: Iterable[int]) -> Mapping[int, tuple[int, int]]:
    """Return for each call how many nominations count, and how many are checked."""
    rows = (
        Nomination.objects.filter(call__in=calls, state=Nomination.State.SUBMITTED)
        .order_by()
        .values_list("call")
        .annotate(
            count=Count("pk"),
            checked=Count("pk", filter=Q(checked_at__isnull=False)),
        )
    )
    return {call: (count, checked) for call, count, checked in rows}


def _row(
    call: Call,
    run: Run | None,
    counts: Mapping[int, tuple[int, int]],
    *,
    own: set[int],
    now: datetime,
) -> CallRow:
    # What waits for somebody else is no signal to this reader.
    need = "need" if call.course.programme_id in own else "wait"
    if run is None:
        closed = call.is_closed(now)
        state = _("to be drawn") if closed else _("call not closed yet")
        tag = need if closed else "plain"
    elif run.state == Run.State.ANNOUNCED:
        state, tag = _("announced"), "in"
    else:
        given = len(run.signatures.all())
        if given >= SIGNATURES:
            state, tag = _("signed, to be announced"), need
        else:
            state, tag = signatures_words(given), "wait"
    return CallRow(
        slug=call.slug,
        course=call.course.title,
        programme=call.course.programme.short_name,
        last_minute=last_minute(call),
        zone=call.course.programme.time_zone,
        nominated=counts.get(call.pk, (0, 0))[0],
        state=state,
        tag=tag,
        run=run.pk if run else None,
    )


def signatures_words(given: int) -> str:
    """Return how many have signed, as in "signatures: 1 of 2"."""
    return _("signatures: %(given)s of %(needed)s") % {
        "given": given,
        "needed": SIGNATURES,
    }


def to_sign(user: User) -> list[ToSign]:
    """Return the draws that wait for the signature of ``user``; four queries at most."""
    own = user.acts_for(*policies.SIGNERS)
    if not own:
        return []
    speaks_for: dict[int, list[Partnership]] = {}
    for partnership in Partnership.objects.filter(
        organisation__in=own, role__in=SIGNING_ROLES
    ).select_related("organisation"):
        speaks_for.setdefault(partnership.programme_id, []).append(partnership)
    found = []
    for run in (
        live_draws()
        .filter(
            state=Run.State.PROPOSED,
            pk__in=policies.runs_visible_to(user).values("pk"),
            call__course__programme__in=speaks_for,
        )
        .select_related("call__course")
    ):
        signed = run.signatures.all()
        if len(signed) >= SIGNATURES or any(
            item.signer_key == user.ledger_key for item in signed
        ):
            continue
        taken = {item.organisation_id for item in signed}
        free = [
            partnership
            for partnership in speaks_for[run.call.course.programme_id]
            if partnership.organisation_id not in taken
        ]
        if free:
            found.append(
                ToSign(
                    run=run.pk,
                    course=run.call.course.title,
                    organisation=free[0].organisation.short_name,
                    given=len(signed),
                )
            )
    return found


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run of a call, as the call's page lists it."""

    pk: int
    number: int
    kind: str
    state: str
    tag: str
    made_at: datetime
    made_by: str
    seated: int
    repeats: int | None
    discard_reason: str


@dataclass(frozen=True, slots=True)
class CallPage:
    """How a call's selection stands, and everything that was run for it."""

    call: Call
    stages: list[Stage]
    obstacles: list[Obstacle]
    last_minute: datetime
    nominated: int
    live: RunRow | None
    # Draws that were discarded; trials are the coordinator's own.
    earlier: list[RunRow]
    trials: list[RunRow]
    # That an earlier call of the same course was cancelled, maybe after its draw.
    earlier_calls: list[str]
    can_run: bool
    # A draw has found that no group keeps the rules in force.
    dead_end: bool
    # Of a draw in public: its list, and whether that can be made now.
    listed: NumberedList | None
    can_list: bool
    # What the worker has in hand, for who may run; others see results only.
    calculations: OfCall | None


def call_page(call: Call, user: User, now: datetime) -> CallPage:
    """Return what the page of a call's selection shows; constant queries."""
    runs = list(
        policies.runs_visible_to(user)
        .filter(call=call)
        .defer("record", "rules")
        .select_related("repeats")
        .defer("repeats__record", "repeats__rules")
        .annotate(
            seated=Count(
                "decisions", filter=Q(decisions__outcome=Decision.Outcome.SELECTED)
            )
        )
    )
    live = next(
        (
            run
            for run in runs
            if run.kind == Run.Kind.DRAW and run.state != Run.State.DISCARDED
        ),
        None,
    )
    rows = {run.pk: _run_row(run) for run in runs}
    can_run = policies.can_run(user, call)
    listed = list_of(call)
    return CallPage(
        call=call,
        stages=stages(call, live, now),
        obstacles=[] if live else pool.obstacles(call, now),
        last_minute=last_minute(call),
        nominated=submitted_counts([call.pk]).get(call.pk, (0, 0))[0],
        live=rows[live.pk] if live else None,
        earlier=[
            rows[run.pk] for run in runs if run.kind == Run.Kind.DRAW and run != live
        ],
        trials=[rows[run.pk] for run in runs if run.kind == Run.Kind.WHAT_IF],
        earlier_calls=earlier_calls(call),
        can_run=can_run,
        dead_end=live is None and is_dead_end(call),
        listed=listed,
        can_list=call.is_cast_in_public
        and listed is None
        and not pool.unsettled(call, now),
        calculations=of_call(call) if can_run else None,
    )


TAGS: Mapping[str, str] = {
    Run.State.PROPOSED: "wait",
    Run.State.ANNOUNCED: "in",
    Run.State.DISCARDED: "plain",
}


def _run_row(run: Any) -> RunRow:
    return RunRow(
        pk=run.pk,
        number=run.number,
        kind=run.kind,
        state=str(run.get_state_display()),
        tag=TAGS[run.state],
        made_at=run.made_at,
        made_by=run.made_by,
        seated=run.seated,
        repeats=run.repeats.number if run.repeats else None,
        discard_reason=run.discard_reason,
    )


def stages(call: Call, live: Run | None, now: datetime) -> list[Stage]:
    """Return the chain from closing to announcement, and where ``call`` is; two queries."""
    count, checked = submitted_counts([call.pk]).get(call.pk, (0, 0))
    given = live.signatures.count() if live else 0
    if live or checked == count:
        nominations = ngettext(
            "%(count)s nomination checked", "%(count)s nominations checked", count
        ) % {"count": count}
    else:
        nominations = _("Checked: %(checked)s of %(count)s") % {
            "checked": checked,
            "count": count,
        }
    announced = live is not None and live.state == Run.State.ANNOUNCED
    steps = [
        (_("Call closed"), call.is_closed(now)),
        (nominations, checked == count or live is not None),
        *_lot(call),
        (_("Drawn"), live is not None),
        (
            _("Signatures: %(given)s of %(needed)s")
            % {"given": given, "needed": SIGNATURES},
            given >= SIGNATURES,
        ),
        (_("Announced"), announced),
    ]
    first = next((place for place, step in enumerate(steps) if not step[1]), len(steps))
    return [
        Stage(label, "done" if done else "now" if place == first else "todo")
        for place, (label, done) in enumerate(steps)
    ]


def _lot(call: Call) -> list[tuple[str, bool]]:
    """Return how the lot is cast as steps: a seed, or a list and then a number."""
    if not call.is_cast_in_public:
        return [(_("Seed entered"), bool(call.seed))]
    listed = list_of(call)
    return [
        (_("List of groups published"), listed is not None),
        (_("Number entered"), listed is not None and listed.number is not None),
    ]
