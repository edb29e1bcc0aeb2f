"""Who may make, see and answer surveys. Nothing else decides this."""

from django.db.models import Q, QuerySet

from mosty.accounts.models import User
from mosty.audit.actors import SYSTEM, System
from mosty.evaluation.models import Questionnaire, Survey
from mosty.outbox.models import Link
from mosty.programmes import policies as programmes
from mosty.programmes.models import Course, Programme


def courses_followed_by(user: User) -> QuerySet[Course]:
    """Return the courses of whose feedback ``user`` sees anything; the rest are a 404."""
    return Course.objects.filter(
        Q(programme__in=programmes.keys_partnered_by(user))
        | Q(pk__in=programmes.sessions_led_by(user).values("course"))
    )


def visible_to(user: User) -> QuerySet[Survey]:
    """
    Return the surveys ``user`` may know exist; the rest are a 404.

    The coordinator all of hers; partners and the course's trainers those that are closed.
    """
    return Survey.objects.filter(
        Q(course__programme__in=programmes.keys_coordinated_by(user))
        | Q(closed_at__isnull=False, course__in=courses_followed_by(user).values("pk"))
    )


def questionnaires_visible_to(user: User) -> QuerySet[Questionnaire]:
    """Return the questionnaires of programmes in which ``user`` has a part."""
    return Questionnaire.objects.filter(
        programme__in=programmes.keys_partnered_by(user)
    )


def can_ask(user: User | System, course: Course) -> bool:
    """Test if ``user`` makes, closes and sends surveys of ``course``; so does the clock."""
    return user is SYSTEM or (
        isinstance(user, User) and programmes.can_edit_course(user, course)
    )


def can_write(user: User, programme: Programme) -> bool:
    """Test if ``user`` writes the questionnaires of ``programme``."""
    return programmes.can_edit(user, programme)


def programmes_written_for(user: User) -> QuerySet[Programme]:
    """Return the programmes for which ``user`` may write a questionnaire."""
    return programmes.coordinated_by(user)


def surveys_open_to(link: Link) -> QuerySet[Survey]:
    """Return the one survey that the shared ``link`` opens."""
    if link.purpose != Link.Purpose.FEEDBACK:
        return Survey.objects.none()
    return Survey.objects.filter(code=link.subject)


def can_answer(link: Link, survey: Survey) -> bool:
    """Test if ``link`` is the one by which ``survey`` is answered."""
    return surveys_open_to(link).filter(pk=survey.pk).exists()
