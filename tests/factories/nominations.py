"""Calls with their rules, and nominations."""

from collections.abc import Mapping
from datetime import timedelta
from itertools import count

from django.utils import timezone

from mosty.directory.models import Department, Level, Organisation
from mosty.nominations.models import Call, Nomination, RulesVersion
from mosty.nominations.rules import Rules
from mosty.programmes.models import Course
from tests.factories.directory import make_organisation
from tests.factories.programmes import make_course

# 25 seats, 10 on the reserve list, one to four nominees a city of the union "ump".
RULES = Rules(seats=25, reserve=10, least=1, most=4, members_of="ump")

_number = count(1)


def make_call(
    course: Course | None = None,
    *,
    slug: str = "call",
    channel: Organisation | None = None,
    rules: Rules | Mapping[str, object] = RULES,
    **fields: object,
) -> Call:
    """Return a published call that opened ten days ago and closes in ten, with rules."""
    now = timezone.now()
    course = course or make_course()
    defaults = {
        "state": Call.State.PUBLISHED,
        "opens_at": now - timedelta(days=10),
        "closes_at": now + timedelta(days=10),
        "contact": "The union's office",
        "contact_email": "office@example.org",
        "notice": "What happens to your data.",
        "seed_source": "A public draw of numbers on the day after closing",
        "published_at": now - timedelta(days=10),
    }
    call = Call.objects.create(
        course=course,
        slug=slug,
        channel=channel or make_organisation("Union", slug="union", kind="union"),
        **{**defaults, **fields},
    )
    RulesVersion.objects.create(
        call=call,
        number=1,
        stored=rules.as_json() if isinstance(rules, Rules) else dict(rules),
        made_by="Alice Adams",
        made_at=call.opens_at - timedelta(days=1),
    )
    return call


def make_nomination(
    call: Call,
    organisation: Organisation,
    given_name: str = "Ewa",
    family_name: str = "Nowak",
    **fields: object,
) -> Nomination:
    """Return a submitted nomination that its nominee has confirmed."""
    at = call.opens_at + timedelta(days=1)
    defaults = {
        "email": f"nominee{next(_number)}@example.org",
        "language": "en",
        "department": Department.EDUCATION,
        "level": Level.MIDDLE,
        "state": Nomination.State.SUBMITTED,
        "created_at": at,
        "changed_at": at,
        "submitted_at": at,
        "answer": Nomination.Answer.CONFIRMED,
        "answered_at": at,
        "notice_version": call.notice_version,
    }
    given = {**defaults, **fields}
    if given["state"] != Nomination.State.SUBMITTED:
        given.setdefault("withdrawn_at", at)
        given["submitted_at"] = fields.get("submitted_at")
    if given["answer"] == Nomination.Answer.PENDING:
        given["answered_at"] = given["notice_version"] = None
    if given["state"] == Nomination.State.DRAFT:
        given["withdrawn_at"] = None
    return Nomination.objects.create(
        call=call,
        organisation=organisation,
        given_name=given_name,
        family_name=family_name,
        **given,
    )
