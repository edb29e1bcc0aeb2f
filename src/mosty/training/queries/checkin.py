"""What the screen and the phones need to know of a session."""

from django.db.models import QuerySet

from mosty.programmes.models import Session
from mosty.training import checkin
from mosty.training.models import Mark
from mosty.training.models.attendance import Way


def sessions() -> QuerySet[Session]:
    """Return the sessions for which a phone may ask: any, since its code decides."""
    return Session.objects.select_related("course__programme")


def checked_in(session: Session) -> int:
    """Return how many have checked themselves in."""
    return Mark.objects.filter(session=session, way=Way.SELF).count()


def mark_by(session: Session, phone: str) -> Mark | None:
    """Return the mark that was made with ``phone``, or None."""
    return (
        Mark.objects.filter(session=session, device=checkin.device(session, phone))
        .select_related("offer__nomination")
        .first()
    )
