"""Letters about practices, each put into the outbox in its reader's language."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from mosty.accounts.models import Grant, Role, User
from mosty.directory.models import Organisation
from mosty.kernel.spans import holding_on
from mosty.library.models import (
    Adoption,
    AdoptionReport,
    Confirmation,
    Practice,
    PracticeVersion,
    Review,
)
from mosty.library.policies import published
from mosty.outbox import actions as outbox
from mosty.outbox.letters import Copy, Letter, Recipient
from mosty.outbox.models import Link

# Whoever coordinates lets them leave: office.policies.
SCOPE = ":library"


def contacts_of(city: Organisation, now: datetime) -> list[User]:
    """Return who answers for ``city`` today."""
    today = timezone.localdate(now)
    held = Grant.objects.filter(
        holding_on(today),
        role=Role.CITY,
        organisation=city,
    )
    return list(
        User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("pk")
    )


def asked(*, review: Review, now: datetime) -> None:
    """Ask a reviewer for her review."""
    version = review.version
    letter = _letter(
        "review",
        version.practice,
        {"title": version.title, "city": version.practice.city},
    )
    key = f"library.review:{version.pk}:{review.reviewer_id}"
    _put(letter, key, [review.reviewer], now)


def decided(*, version: PracticeVersion, now: datetime) -> None:
    """Tell the city what was decided."""
    is_published = version.state == PracticeVersion.State.PUBLISHED
    letter = _letter(
        "published" if is_published else "returned",
        version.practice,
        {"title": version.title, "reason": version.decided_reason},
    )
    city = version.practice.city
    _put(letter, f"library.decided:{version.pk}", contacts_of(city, now), now)


def adopted(*, adoption: Adoption, report: AdoptionReport, now: datetime) -> None:
    """Tell a practice's city that another has taken it up."""
    practice = adoption.practice
    title = published().get(practice=practice).title
    letter = _letter(
        "adopted",
        practice,
        {"title": title, "city": adoption.city, "changed": report.changed},
    )
    key = f"library.adopted:{adoption.pk}"
    _put(letter, key, contacts_of(practice.city, now), now)


def confirm(*, confirmation: Confirmation, link: Link, now: datetime) -> int:
    """Ask a city whether its practice still holds; return how many people."""
    practice = confirmation.practice
    title = published().get(practice=practice).title
    letter = _letter("confirm", practice, {"title": title})
    people = contacts_of(practice.city, now)
    _put(letter, f"library.confirm:{confirmation.code}", people, now, link)
    return len(people)


def _letter(name: str, practice: Practice, about: dict[str, object]) -> Letter:
    context = {
        **about,
        "slug": practice.slug,
        # The template adds the page's path, in its reader's language.
        "site": settings.BASE_URL,
        "contact": settings.CONTACT,
    }
    return Letter(
        f"library.{name}",
        f"library/mail/{name}.txt",
        context,
        SCOPE,
        reply_to=settings.CONTACT,
    )


def _put(
    letter: Letter,
    key: str,
    people: Iterable[User],
    now: datetime,
    link: Link | None = None,
) -> None:
    copies = [
        Copy(
            letter,
            f"{key}:{person.pk}",
            Recipient(person.name, person.email, person.language),
            link,
        )
        for person in people
    ]
    if copies:
        outbox.put_many(copies, now=now)
