"""The board of a call's seats: who has been asked, who answered, who is next."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mosty.accounts.models import Role, User
from mosty.nominations import policies as nominations
from mosty.nominations.models import Call, Nomination
from mosty.nominations.rules import Rules, parse
from mosty.selection import policies, words
from mosty.selection.models import Decision, Offer, Run, Seat
from mosty.selection.queries.seats import announced_run, has_begun
from mosty.ui import listing
from mosty.ui.listing import Listing

State = Offer.State
TAGS = {
    State.OPEN: "wait",
    State.ACCEPTED: "in",
    State.DECLINED: "no",
    State.EXPIRED: "no",
    State.WITHDRAWN: "no",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One offer of a seat, and who was passed over for it."""

    code: str
    nominee: str
    name: str
    fictional: bool
    city: str
    state: str
    tag: str
    answered_at: datetime | None
    expires_at: datetime
    left: str
    reason: str
    passed_over: list[str]
    # Why nobody could take the seat when this offer ended.
    none_fits: list[str]
    waits: bool
    is_live: bool
    is_open: bool
    can_answer: bool
    can_give_back: bool


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A seat: whom it is offered to now, if anybody, and whom before."""

    number: int
    now: Asked | None
    before: list[Asked]

    @property
    def waits(self) -> str:
        """Return the code of the offer whose seat a person must pass on, if one must."""
        return next((offer.code for offer in self.before if offer.waits), "")

    @property
    def none_fits(self) -> list[str]:
        """Return why nobody on the reserve list could take it, by code, if so."""
        return next((offer.none_fits for offer in self.before if offer.none_fits), [])


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody on the reserve list who has not been asked yet."""

    code: str
    name: str
    fictional: bool
    city: str
    place: int | None
    can_come_in: bool


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody of a city with neither a seat nor a place on the reserve list."""

    code: str
    name: str
    fictional: bool
    city: str
    result: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many seats there are, and how they stand."""

    seats: int
    accepted: int
    open: int
    free: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Board:
    """The page of a call's seats; a city's holds her own people only."""

    call: Call
    run: Run | None
    seats: Listing[SeatRow]
    numbers: Numbers
    waiting: list[Waiting]
    # Of a city only: whoever sees all reads them on the page of the run.
    others: list[Other]
    begun: bool
    sees_all: bool


def board(call: Call, user: User, params: QueryDict, now: datetime) -> Board:
    """Return the board of ``call`` for ``user``; a constant number of queries."""
    run = announced_run(call)
    sees_all = policies.sees_all_seats(user, call)
    mine = user.acts_for(Role.CITY)
    offers = Offer.objects.filter(seat__call=call)
    seats = Seat.objects.filter(call=call)
    if not sees_all:
        offers = offers.filter(nomination__organisation__in=mine)
        seats = seats.filter(pk__in=offers.values("seat"))
    begun = has_begun(call, now)
    # Once for the page: what may be done with an offer depends on its city only.
    gathers = nominations.can_gather(user, call)
    found: Listing[Any] = listing.build(
        params, seats, sorts={"number": ("number",)}, default="number"
    )
    chains = _chains(
        offers.filter(seat__in=[seat.pk for seat in found.rows]),
        now,
        rules=parse(run.rules) if run else None,
        sees_all=sees_all,
        gathers=gathers,
        mine=mine,
        # Nothing can be done any more in either case.
        begun=begun or call.state == Call.State.CANCELLED,
    )
    left = _waiting(run, None if sees_all else mine)
    return Board(
        call=call,
        run=run,
        seats=replace(
            found, rows=[_seat(seat, chains.get(seat.pk, [])) for seat in found.rows]
        ),
        numbers=_numbers(seats, offers, left),
        waiting=left,
        others=[] if sees_all else _others(run, mine),
        begun=begun,
        sees_all=sees_all,
    )


def _seat(seat: Seat, chain: list[Asked]) -> SeatRow:
    """Return a seat with its newest offer in front, if that one still lives."""
    live = chain[-1] if chain and chain[-1].is_live else None
    return SeatRow(seat.number, live, chain[:-1] if live else chain)


def _chains(
    offers: QuerySet[Offer],
    now: datetime,
    *,
    rules: Rules | None,
    sees_all: bool,
    gathers: bool,
    mine: Iterable[int],
    begun: bool,
) -> dict[int, list[Asked]]:
    own = set(mine)
    chains: dict[int, list[Asked]] = {}
    for offer in offers.select_related("nomination__organisation").order_by(
        "made_at", "id"
    ):
        live = offer.state in (State.OPEN, State.ACCEPTED)
        is_open = offer.state == State.OPEN and now < offer.expires_at
        answerable = is_open and not begun
        own_city = offer.nomination.organisation_id in own
        chains.setdefault(offer.seat_id, []).append(
            Asked(
                code=offer.code,
                nominee=offer.nomination.code,
                name=str(offer.nomination),
                fictional=offer.nomination.is_fictional,
                city=str(offer.nomination.organisation),
                state=str(offer.get_state_display()),
                tag=TAGS[State(offer.state)],
                answered_at=offer.answered_at,
                expires_at=offer.expires_at,
                left=time_left(offer.expires_at - now) if is_open else "",
                reason=offer.reason,
                # Whom the list passed over is no other city's business.
                passed_over=words.passed_over(offer.passed_over, rules)
                if sees_all
                else [],
                none_fits=words.passed_over(offer.none_fits, rules) if sees_all else [],
                # Only who gathers can do something about it.
                waits=gathers and not begun and offer.waits_since is not None,
                is_live=live,
                is_open=offer.state == State.OPEN,
                can_answer=gathers and answerable,
                can_give_back=live and (gathers or (own_city and not begun)),
            )
        )
    return chains


def time_left(left: timedelta) -> str:
    """Return in words how long is ``left`` to answer, in whole days or hours."""
    if left.days >= 1:
        return ngettext("%(count)s day left", "%(count)s days left", left.days) % {
            "count": left.days
        }
    hours = left.seconds // 3600
    if hours:
        return ngettext("%(count)s hour left", "%(count)s hours left", hours) % {
            "count": hours
        }
    return _("less than an hour left")


def _waiting(run: Run | None, cities: Iterable[int] | None) -> list[Waiting]:
    """Return who is on the reserve list and has not been asked, in its order."""
    if run is None:
        return []
    rows = (
        Decision.objects.filter(run=run, outcome=Decision.Outcome.RESERVE)
        .annotate(
            asked=Exists(
                Offer.objects.filter(
                    seat__call=run.call_id, nomination=OuterRef("nomination")
                )
            )
        )
        .filter(asked=False)
        .select_related("nomination__organisation")
        .order_by("reserve_place")
    )
    if cities is not None:
        rows = rows.filter(nomination__organisation__in=cities)
    return [
        Waiting(
            code=row.nomination.code,
            name=str(row.nomination),
            fictional=row.nomination.is_fictional,
            city=str(row.nomination.organisation),
            place=row.reserve_place,
            can_come_in=row.nomination.state == Nomination.State.SUBMITTED
            and row.nomination.answer != Nomination.Answer.DECLINED,
        )
        for row in rows
    ]


def _others(run: Run | None, cities: Iterable[int]) -> list[Other]:
    """Return who of ``cities`` got nothing from ``run``, so that a city can read why."""
    if run is None:
        return []
    rows = (
        Decision.objects.filter(
            run=run,
            outcome__in=(Decision.Outcome.NOT_SELECTED, Decision.Outcome.NOT_ELIGIBLE),
            nomination__organisation__in=cities,
        )
        .select_related("nomination__organisation")
        .order_by("nomination__sort_name", "pk")
    )
    return [
        Other(
            code=row.nomination.code,
            name=str(row.nomination),
            fictional=row.nomination.is_fictional,
            city=str(row.nomination.organisation),
            result=row.get_outcome_display(),
        )
        for row in rows
    ]


def _numbers(
    seats: QuerySet[Seat], offers: QuerySet[Offer], left: list[Waiting]
) -> Numbers:
    total = seats.count()
    counts = offers.aggregate(
        accepted=Count("pk", filter=Q(state=State.ACCEPTED)),
        open=Count("pk", filter=Q(state=State.OPEN)),
    )
    return Numbers(
        seats=total,
        accepted=counts["accepted"],
        open=counts["open"],
        free=total - counts["accepted"] - counts["open"],
        waiting=sum(row.can_come_in for row in left),
    )


def offers_for(user: User) -> QuerySet[Offer]:
    """Return the offers ``user`` may see, with what a page of one shows."""
    return policies.offers_visible_to(user).select_related(
        "nomination__call__course__programme", "nomination__organisation", "seat"
    )
