"""What a course is about, and who provides what for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.directory.models import Organisation
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.programmes import policies
from mosty.programmes.actions.courses import locked
from mosty.programmes.actions.rows import kept
from mosty.programmes.languages import Text
from mosty.programmes.models import Course, Provision, Topic


class CannotSetTopics(Refusal):
    """A topic says nothing."""


class CannotSetProvisions(Refusal):
    """What is provided, or by whom, cannot be so."""


@dataclass(frozen=True, slots=True)
class Provided:
    """That an organisation provides something for a course."""

    what: str
    organisation: Organisation


@transaction.atomic(durable=True)
def set_topics(
    *, course: Course, topics: Sequence[Text], actor: User, now: datetime
) -> None:
    """
    Make ``topics``, in this order, the topics of the course.

    :raises PermissionDenied: if ``actor`` does not coordinate its programme.
    :raises CourseGone: if somebody has deleted it since.
    :raises CannotSetTopics: if one of them says nothing.
    """
    require(policies.can_edit_course(actor, course))
    course = locked(course)
    if not all(topics):
        raise CannotSetTopics(_("A topic needs a text in at least one language."))
    before = [kept(topic, ("text",)) for topic in course.topics.all()]
    rows = [
        Topic(course=course, order=order, text=text)
        for order, text in enumerate(topics, 1)
    ]
    after = [kept(topic, ("text",)) for topic in rows]
    if before == after:
        return
    course.topics.all().delete()
    Topic.objects.bulk_create(rows)
    audit.record(
        actor=actor,
        verb="course.topics_set",
        target=course,
        at=now,
        scope=course.programme.slug,
        before={"topics": before},
        after={"topics": after},
    )


@transaction.atomic(durable=True)
def set_provisions(
    *, course: Course, provided: Sequence[Provided], actor: User, now: datetime
) -> None:
    """
    Make ``provided`` what is provided for the course, and by whom.

    :raises PermissionDenied: if ``actor`` does not coordinate its programme.
    :raises CourseGone: if somebody has deleted it since.
    :raises CannotSetProvisions: if one stands twice, or an organisation takes no part
        in the programme.
    """
    require(policies.can_edit_course(actor, course))
    course = locked(course)
    keys = [(one.what, one.organisation.pk) for one in provided]
    if len(set(keys)) < len(keys):
        raise CannotSetProvisions(_("The same stands twice."))
    partners = set(course.programme.partnerships.values_list("organisation", flat=True))
    for one in provided:
        if one.organisation.pk not in partners:
            raise CannotSetProvisions(
                _("%(organisation)s takes no part in this programme.")
                % {"organisation": one.organisation}
            )
    before = _kept(course)
    gone = [
        row.pk
        for row in course.provisions.all()
        if (row.what, row.organisation_id) not in keys
    ]
    course.provisions.filter(pk__in=gone).delete()
    for one in provided:
        Provision.objects.get_or_create(
            course=course, what=one.what, organisation=one.organisation
        )
    after = _kept(course)
    if before != after:
        audit.record(
            actor=actor,
            verb="course.provisions_set",
            target=course,
            at=now,
            scope=course.programme.slug,
            before={"provisions": before},
            after={"provisions": after},
        )


def _kept(course: Course) -> list[str]:
    """Return the provisions as the ledger keeps them."""
    return [
        f"{row.what}: {row.organisation.slug}"
        for row in course.provisions.select_related("organisation")
    ]
