"""Who may see what of a course that is delivered. Nothing else decides this."""

from django.db.models import Q, QuerySet

from mosty.accounts.models import Role, User
from mosty.nominations import policies as nominations
from mosty.nominations.models import Call
from mosty.outbox.models import Link
from mosty.programmes import policies as programmes
from mosty.programmes.models import Course
from mosty.selection.models import Offer


def accepted() -> QuerySet[Offer]:
    """Return the seats that somebody has taken, in calls that stand."""
    return Offer.objects.filter(state=Offer.State.ACCEPTED).exclude(
        seat__call__state=Call.State.CANCELLED
    )


def rosters_visible_to(user: User) -> QuerySet[Course]:
    """
    Return the courses of whose roster ``user`` sees anything; the rest are a 404.

    Partners and the course's trainers see everybody, a city its own people.
    """
    return Course.objects.filter(
        Q(pk__in=_whole_rosters(user).values("pk"))
        | Q(
            pk__in=accepted()
            .filter(nomination__organisation__in=user.acts_for(Role.CITY))
            .values("seat__call__course")
        )
    )


def _whole_rosters(user: User) -> QuerySet[Course]:
    return Course.objects.filter(
        Q(programme__in=programmes.partnered_by(user).values("pk"))
        | Q(pk__in=programmes.sessions_led_by(user).values("course"))
    )


def sees_everybody(user: User, course: Course) -> bool:
    """Test if ``user`` sees the whole roster: a partner, or a trainer of this course."""
    return _whole_rosters(user).filter(pk=course.pk).exists()


def seats_visible_to(user: User, course: Course) -> QuerySet[Offer]:
    """Return the taken seats of ``course`` that ``user`` may see."""
    seats = accepted().filter(seat__call__course=course)
    if sees_everybody(user, course):
        return seats
    return seats.filter(nomination__organisation__in=user.acts_for(Role.CITY))


def can_see_addresses(user: User, call: Call | None) -> bool:
    """Test if ``user`` writes to participants: who gathers the course's call."""
    return call is not None and nominations.can_gather(user, call)


def can_see_needs(user: User, call: Call | None) -> bool:
    """Test if ``user`` must know what participants need: the coordinator alone."""
    return call is not None and nominations.can_edit_call(user, call)


def seats_behind(link: Link) -> QuerySet[Offer]:
    """Return the seat whose participant holds ``link``, whatever became of it."""
    if link.purpose != Link.Purpose.TAKE_PART:
        return Offer.objects.none()
    return Offer.objects.filter(code=link.subject)


def takes_part(link: Link, offer: Offer) -> bool:
    """Test if ``link`` is that of this seat, and the seat is taken."""
    return accepted().filter(pk__in=seats_behind(link), pk=offer.pk).exists()


def has_own_calendar(user: User) -> bool:
    """Test if ``user`` trains and stands in the directory: what she leads is known."""
    return user.person_id is not None and user.has_role(Role.TRAINER)
