"""The fictional cities, people and organisations of a measurement, made in its database."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import (
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
)
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from mosty.accounts.models import Grant, Role, User
from mosty.demo import facts
from mosty.demo.crowd import CITIES
from mosty.demo.large import places
from mosty.demo.load import text
from mosty.directory.models import Organisation
from mosty.nominations.actions import calls
from mosty.nominations.models import Call
from mosty.programmes.models import Course, Partnership, Programme

# A city has about 33 nominations and so room for what the measurement submits.
RULES = {**facts.RULES_PART_2, "seats": 1000, "most": 200, "members_of": "union", "exceptions": []}  # fmt: skip


def cities() -> list[Organisation]:
    """Make the fictional cities."""
    return places.cities(CITIES)


def body(slug: str, name: str, kind: Organisation.Kind) -> Organisation:
    """Make an organisation that is no city."""
    return Organisation.objects.create(
        slug=slug, name=text((name, name)), short_name=text((name, name)), kind=kind
    )


def user(name: str, role: Role, organisation: Organisation) -> User:
    """Make somebody who signs in, with one role."""
    user = User(email=f"{name}@example.org", name=f"{name} (fictional)")
    user.set_unusable_password()
    user.save()
    Grant.objects.create(user=user, role=role, organisation=organisation)
    return user


def second_factor(user: User) -> None:
    """Give ``user`` the second factor that staff are asked for on every page."""
    Authenticator.objects.create(
        user=user, type=Authenticator.Type.TOTP, data={"secret": ""}
    )


def session(user: User) -> str:
    """Sign ``user`` in as allauth would, and return the session's key."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    assert session.session_key is not None
    return session.session_key


def programme(lead: Organisation, union: Organisation) -> Programme:
    """Make a programme that ``lead`` co-ordinates and ``union`` passes calls for."""
    today = timezone.localdate()
    programme = Programme.objects.create(
        slug="measured",
        name=text(("Measured programme", "Program mierzony")),
        short_name=text(("Measured", "Mierzony")),
        summary=text(("Fictional.", "Fikcyjny.")),
        starts_on=today,
        ends_on=today + timedelta(days=300),
        languages=["pl", "en"],
        is_published=True,
    )
    for organisation, role in (
        (lead, Partnership.Role.COORDINATOR),
        (union, Partnership.Role.CHANNEL),
    ):
        Partnership.objects.create(
            programme=programme, organisation=organisation, role=role
        )
    return programme


def call(programme: Programme, slug: str, union: Organisation, actor: User) -> Call:
    """Make a course and publish the call for it."""
    now = timezone.now()
    course = Course.objects.create(
        programme=programme,
        slug=slug,
        title=text((f"Course {slug}", f"Szkolenie {slug}")),
        summary=text(("Fictional.", "Fikcyjne.")),
        languages=["pl"],
        starts_on=programme.ends_on,
        ends_on=programme.ends_on,
        is_published=True,
    )
    call = calls.create(
        course=course,
        text=calls.CallText(
            slug=slug,
            opens_at=now - timedelta(days=2),
            closes_at=now + timedelta(days=30),
            channel=union,
            contact="Fictional",
            contact_email="call@example.org",
            costs=text(facts.COSTS_PART_2),
            notice=text(facts.NOTICE),
            seed_source=text(facts.SEED_SOURCE),
        ),
        rules=RULES,
        actor=actor,
        now=now,
    )
    return calls.publish(call=call, actor=actor, now=now)
