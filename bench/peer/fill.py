"""
Bring the peer's event "bench" to 10,000 proposals, one speaker each; all are fictional.

Run inside ``pretalx shell``; prints the number of proposals.
"""

import random

from django.core.management import call_command
from django.db import transaction
from django_scopes import scopes_disabled
from pretalx.event.models import Event
from pretalx.person.models import SpeakerProfile, User
from pretalx.submission.models import Submission

TARGET = 10_000
CODE = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def codes(source: random.Random, number: int, taken: set[str]) -> list[str]:
    """Return so many new codes, none of which is ``taken``."""
    found: set[str] = set()
    while len(found) < number:
        found.add("".join(source.choices(CODE, k=8)))
        found -= taken
    return sorted(found)


@transaction.atomic
def fill(event: Event) -> int:
    """Remove what an earlier measurement submitted, add what is missing."""
    event.submissions.filter(title__startswith="Measured").delete()
    missing = TARGET - event.submissions.count()
    source = random.Random(1)
    kinds = list(event.submission_types.all())
    proposals = Submission.objects.bulk_create(
        (
            Submission(
                event=event,
                title=f"Nomination {number}",
                submission_type=source.choice(kinds),
                state="submitted",
                content_locale="en",
                abstract="A fictional proposal, made to be measured. " * 3,
                code=code,
            )
            for number, code in enumerate(
                codes(
                    source, missing, {*event.submissions.values_list("code", flat=True)}
                )
            )
        ),
        batch_size=1000,
    )
    users = User.objects.bulk_create(
        (
            User(email=f"u{number}@example.org", name=f"User {number}", code=code)
            for number, code in enumerate(
                codes(source, missing, {*User.objects.values_list("code", flat=True)})
            )
        ),
        batch_size=1000,
    )
    profiles = SpeakerProfile.objects.bulk_create(
        (SpeakerProfile(event=event, user=user, code=user.code) for user in users),
        batch_size=1000,
    )
    link = Submission.speakers.through
    link.objects.bulk_create(
        (
            link(submission=proposal, speaker=profile)
            for proposal, profile in zip(proposals, profiles, strict=True)
        ),
        batch_size=1000,
    )
    return event.submissions.count()


def sign_up(email: str, password: str, *, administers: bool) -> None:
    """Make a user who can sign in."""
    user, _made = User.objects.get_or_create(
        email=email, defaults={"name": email.partition("@")[0]}
    )
    user.is_administrator = administers
    user.set_password(password)
    user.save()


with scopes_disabled():
    sign_up("admin@example.org", "adminpw123!", administers=True)
    sign_up("speaker@example.org", "speakerpw123!", administers=False)
    if not Event.objects.filter(slug="bench").exists():
        call_command("create_test_event", stage="cfp", slug="bench", seed=1)
    event = Event.objects.get(slug="bench")
    # Open, whenever this is measured again.
    event.cfp.deadline = None
    event.cfp.save()
    event.submission_types.update(deadline=None)
    print(fill(event))
