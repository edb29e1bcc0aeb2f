"""What the screen and the phones need to know of a session."""

from django.db.models import QuerySet

from mosty.programmes.models import Session
from mosty.training import checkin
from mosty.training.models import Mark
from mosty.training.models.attendance import Way

# A whole hall asks at once: no more columns than the pages show.
_OF_SESSION = (
    "title",
    "starts_at",
    "ends_at",
    "is_cancelled",
    "course__programme__slug",
    "course__programme__time_zone",
)


def sessions() -> QuerySet[Session]:
    """Return the sessions for which a phone may ask: any, since its code decides."""
    return Session.objects.select_related("course__programme").only(*_OF_SESSION)


def checked_in(session: Session) -> int:
    """Return how many have checked themselves in."""
    return Mark.objects.filter(session=session, way=Way.SELF).count()


def mark_by(session: Session, phone: str) -> Mark | None:
    """Return the mark that was made with ``phone``, or None."""
    return (
        Mark.objects.filter(session=session, device=checkin.device(session, phone))
        .select_related("offer__nomination")
        .only(
            "kind",
            "minutes",
            "offer__nomination__family_name",
            "offer__nomination__given_name",
        )
        .first()
    )
