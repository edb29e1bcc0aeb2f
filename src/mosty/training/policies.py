"""Who may see and do what with a course that is delivered. Nothing else decides this."""

from typing import Any

from django.db.models import Q, QuerySet

from mosty.accounts.models import Role, User
from mosty.audit.actors import SYSTEM, Actor
from mosty.directory.models import Person
from mosty.nominations import policies as nominations
from mosty.nominations.models import Call
from mosty.outbox.models import Link
from mosty.programmes import policies as programmes
from mosty.programmes.models import Course, Partnership, Session
from mosty.selection.models import Offer
from mosty.training.models import Access, Certificate, Issuing, Material


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


def trains_still(person: Person) -> bool:
    """Test if this person's secret calendar is hers to read: she signs in and trains."""
    users = User.objects.filter(person=person, is_active=True)
    return any(has_own_calendar(user) for user in users)


# Materials ---------------------------------------------------------------------


def material_desks_visible_to(user: User) -> QuerySet[Course]:
    """
    Return the courses whose materials ``user`` sees as those who keep them do.

    With older versions and what was withdrawn: for partners and the course's trainers.
    """
    return _whole_rosters(user)


def materials_kept_for(user: User, course: Course) -> QuerySet[Material]:
    """Return all materials of ``course``, withdrawn ones too, for those who keep them."""
    desks = material_desks_visible_to(user).filter(pk=course.pk)
    return Material.objects.filter(course__in=desks)


def materials_visible_to(reader: programmes.Viewer) -> QuerySet[Material]:
    """
    Return the materials that ``reader``, signed in or not, may know exist.

    What is public needs a public course. "The city network" is every contact of a city
    here, and participants, who come by their link.
    """
    levels = [Access.PUBLIC]
    if isinstance(reader, User) and reader.has_role(Role.CITY):
        levels.append(Access.NETWORK)
    return _standing().filter(
        Q(
            access__in=levels,
            course__is_published=True,
            course__programme__is_published=True,
        )
        | Q(course__programme__in=programmes.keys_partnered_by(reader))
        | Q(course__in=programmes.sessions_led_by(reader).values("course"))
    )


def materials_visible_to_participant(offer: Offer) -> QuerySet[Material]:
    """
    Return the materials that whoever holds the taken seat ``offer`` may read.

    All of her course; of the programme's other courses what the city network reads.
    """
    course = offer.seat.call.course
    return _standing().filter(
        Q(course=course)
        | Q(
            access__in=[Access.NETWORK, Access.PUBLIC],
            course__programme=course.programme_id,
            course__is_published=True,
        )
    )


def _standing() -> QuerySet[Material]:
    return Material.objects.filter(withdrawn_at__isnull=True)


def can_keep_materials(user: User, course: Course, session: Session | None) -> bool:
    """
    Test if ``user`` adds, changes and withdraws materials of ``session``, or of all.

    The coordinator does; a trainer for the whole course and for sessions she leads, not
    for those of another trainer.
    """
    if programmes.can_edit_course(user, course):
        return True
    led = programmes.sessions_led_by(user).filter(course=course)
    return (led if session is None else led.filter(pk=session.pk)).exists()


def sessions_with_materials_by(user: User, course: Course) -> QuerySet[Session]:
    """Return the sessions of ``course`` to which ``user`` may add materials."""
    sessions = Session.objects.filter(course=course)
    if programmes.can_edit_course(user, course):
        return sessions
    return sessions.filter(pk__in=programmes.sessions_led_by(user).values("pk"))


# Attendance --------------------------------------------------------------------


def sessions_visible_to(user: User) -> QuerySet[Session]:
    """Return the sessions whose attendance ``user`` sees; the rest are a 404."""
    return Session.objects.filter(course__in=_whole_rosters(user).values("pk"))


def sessions_marked_by(user: User) -> QuerySet[Session]:
    """
    Return the sessions at which ``user`` may say who was there.

    A trainer: those she leads. The coordinator and the secretariat: all of the
    programme.
    """
    return Session.objects.filter(
        Q(pk__in=programmes.sessions_led_by(user).values("pk"))
        | Q(course__programme__in=programmes.keys_coordinated_by(user))
        | Q(course__programme__in=_served_by(user))
    )


def sessions_led_by(user: User) -> QuerySet[Session]:
    """Return the sessions that ``user`` leads herself."""
    return programmes.sessions_led_by(user)


def _served_by(user: User) -> QuerySet[Partnership, Any]:
    """Return the keys of the programmes of which ``user`` is the secretariat."""
    return Partnership.objects.filter(
        organisation__in=user.acts_for(Role.SECRETARIAT)
    ).values("programme")


def can_mark(user: User, session: Session) -> bool:
    """Test if ``user`` may say who was at ``session``."""
    return sessions_marked_by(user).filter(pk=session.pk).exists()


def can_correct_late(user: User, course: Course) -> bool:
    """Test if ``user`` may correct a mark when the time for it has passed."""
    return programmes.can_edit_course(user, course)


def can_set_rule(user: User, course: Course) -> bool:
    """Test if ``user`` may say what the course asks of whoever completes it."""
    return programmes.can_edit_course(user, course)


# Certificates --------------------------------------------------------------------


def can_issue(actor: Actor, course: Course) -> bool:
    """Test if ``actor`` says what certificates say, issues and revokes them."""
    return isinstance(actor, User) and programmes.can_edit_course(actor, course)


def can_tend(actor: Actor) -> bool:
    """Test if ``actor`` is the installation itself, which does what was asked for."""
    return actor is SYSTEM


def certificates_visible_to(user: User) -> QuerySet[Certificate]:
    """
    Return the certificates ``user`` may see; the rest are a 404.

    Partners see those of their programmes, a city its own people's. A trainer sees who
    completed, but no certificate.
    """
    return Certificate.objects.filter(
        Q(
            offer__seat__call__course__programme__in=programmes.partnered_by(
                user
            ).values("pk")
        )
        | Q(offer__nomination__organisation__in=user.acts_for(Role.CITY))
    )


def sees_certificates(user: User, course: Course) -> bool:
    """Test if ``user`` sees numbers of certificates of ``course``: not a mere trainer."""
    return (
        bool(user.acts_for(Role.CITY))
        or programmes.partnered_by(user).filter(pk=course.programme_id).exists()
    )


def files_for(user: User, course: Course) -> QuerySet[Certificate]:
    """Return the certificates of ``course`` that hold and whose files ``user`` may have."""
    rows = Certificate.objects.filter(
        offer__seat__call__course=course, state=Certificate.State.ISSUED
    )
    return rows.filter(
        Q(offer__nomination__organisation__in=user.acts_for(Role.CITY))
        | Q(offer__seat__call__in=nominations.gathered_by(user))
    )


def issuings_visible_to(user: User) -> QuerySet[Issuing]:
    """Return the issuings ``user`` may follow: of the programmes she coordinates."""
    return Issuing.objects.filter(
        course__programme__in=programmes.keys_coordinated_by(user)
    )


def can_take_away(user: User, certificate: Certificate) -> bool:
    """Test if ``user`` may have the file: the person's city, or who gathers the call."""
    offer = certificate.offer
    return offer.nomination.organisation_id in user.acts_for(
        Role.CITY
    ) or nominations.can_gather(user, offer.nomination.call)


def seats_visible_to_link(link: Link) -> QuerySet[Offer]:
    """Return the one taken seat that the link of a participant is for."""
    return accepted().filter(pk__in=seats_behind(link))


def can_show(actor: Actor, certificate: Certificate) -> bool:
    """Test if ``actor`` is the holder, who alone says what others see."""
    return (
        isinstance(actor, Link)
        and seats_visible_to_link(actor).filter(pk=certificate.offer_id).exists()
    )


def groups_visible_to(user: User) -> QuerySet[Course]:
    """
    Return the courses whose groups ``user`` sees; the rest are a 404.

    Partners and the course's trainers. A city sees no other city's people, so no groups.
    """
    return _whole_rosters(user)


def can_make_groups(user: User, course: Course) -> bool:
    """Test if ``user`` mixes the groups: the coordinator, and the course's trainers."""
    return (
        programmes.can_edit_course(user, course)
        or programmes.sessions_led_by(user).filter(course=course).exists()
    )
