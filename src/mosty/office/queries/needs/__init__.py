"""What needs somebody now, by the roles she holds: counts, dates, and where to go."""

from collections.abc import Callable, Iterator
from datetime import datetime

from mosty.accounts.models import Role, User
from mosty.office.queries.needs import (
    cities,
    deciding,
    gathering,
    infopoint,
    library,
    partnerships,
    plans,
    training,
)
from mosty.office.queries.needs.need import Need

__all__ = ["Need", "needs_of"]

Look = Callable[[User, datetime], Iterator[Need]]

_SIGNING = (Role.COORDINATOR, Role.PARTNER, Role.SECRETARIAT)
_REVIEWING = (*_SIGNING, Role.TRAINER, Role.CITY)
_GATHERING = (Role.SECRETARIAT, Role.COORDINATOR)
# In the order in which things should be done.
LOOKS: tuple[tuple[tuple[Role, ...], Look], ...] = (
    (_SIGNING, deciding.signatures),
    ((Role.COORDINATOR,), deciding.announcements),
    ((Role.COORDINATOR,), deciding.draws),
    (_GATHERING, deciding.messages),
    (_GATHERING, gathering.pairs),
    (_GATHERING, gathering.unchecked),
    (_GATHERING, gathering.silent_cities),
    (_GATHERING, gathering.stuck_seats),
    (_GATHERING, gathering.ending_offers),
    ((Role.COORDINATOR,), training.certificates),
    ((Role.COORDINATOR,), deciding.drafts),
    ((Role.COORDINATOR,), deciding.proposals),
    (_REVIEWING, library.reviews),
    ((Role.COORDINATOR,), library.decisions),
    (_SIGNING, library.editions),
    ((Role.CITY,), cities.calls),
    ((Role.CITY,), cities.nominees),
    ((Role.CITY,), cities.results),
    ((Role.CITY,), partnerships.reviews),
    ((Role.CITY,), plans.check_ins),
    ((Role.CITY,), plans.drafts),
    ((Role.COORDINATOR,), plans.missed),
    ((Role.TRAINER,), training.unmarked),
    ((Role.TRAINER,), training.rosters),
    ((Role.WORKER,), infopoint.recording),
    ((Role.LEAD,), infopoint.late),
    ((Role.LEAD,), infopoint.open_months),
    ((Role.LEAD,), infopoint.years_ready),
    ((Role.AUDITOR,), deciding.entries),
)


def needs_of(user: User, now: datetime) -> list[Need]:
    """Return what waits for ``user``."""
    return [
        need
        for roles, look in LOOKS
        if user.has_role(*roles)
        for need in look(user, now)
    ]
