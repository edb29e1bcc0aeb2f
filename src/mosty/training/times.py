"""From when until when attendance is taken."""

from datetime import datetime, timedelta

from mosty.programmes.models import Session

# People come before a session begins; the database knows the same half an hour.
OPENS_BEFORE = timedelta(minutes=30)
# How long a trainer corrects what was marked; afterwards the coordinator does.
TRAINER_CORRECTS_FOR = timedelta(days=7)


def opens_at(session: Session) -> datetime:
    """Return from when attendance of ``session`` may be marked."""
    return session.starts_at - OPENS_BEFORE


def is_open(session: Session, now: datetime) -> bool:
    """Test if attendance of ``session`` may be marked: from half an hour before it."""
    return now >= opens_at(session) and not session.is_cancelled


def minutes_of(session: Session) -> int:
    """Return how long ``session`` lasts, in whole minutes."""
    return int((session.ends_at - session.starts_at).total_seconds()) // 60


def minutes_late(session: Session, at: datetime, *, tolerance: int) -> int:
    """Return how late somebody is who came ``at``: 0 within the ``tolerance``."""
    late = int((at - session.starts_at).total_seconds()) // 60
    return late if late > tolerance else 0
