"""
Fill an empty database with one union of 300 cities and a call of 10,000 nominations.

Prints, as JSON, what the measurement needs to know (:class:`Filled`). All cities and
people are fictional.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from itertools import islice

import django

django.setup()

from allauth.mfa.models import Authenticator  # noqa: E402 - models need django.setup
from django.conf import settings  # noqa: E402
from django.contrib.auth import (  # noqa: E402
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
)
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.ours.people import CITIES, city_name, city_slug, people  # noqa: E402
from mosty.accounts.models import Grant, Role, User  # noqa: E402
from mosty.demo import facts  # noqa: E402
from mosty.demo.load import text  # noqa: E402
from mosty.directory.models import (  # noqa: E402
    Membership,
    Organisation,
    Territory,
)
from mosty.kernel.names import sort_key  # noqa: E402
from mosty.kernel.tokens import new_code  # noqa: E402
from mosty.nominations.actions import calls, duplicates  # noqa: E402
from mosty.nominations.models import Call, Invitation, Nomination  # noqa: E402
from mosty.programmes.models import Course, Partnership, Programme  # noqa: E402

ROWS = 10_000
FEW = 10
# A city has about 33 nominations and so room for what the measurement submits.
RULES = {**facts.RULES_PART_2, "seats": 1000, "most": 200, "members_of": "union", "exceptions": []}  # fmt: skip
# Cities of those who nominate at the same time.
CONTACTS = 24
BATCH = 1000
WORD = "Sikora"


@dataclass(frozen=True, slots=True)
class Contact:
    """A city contact who has signed in."""

    session: str
    city: str
    city_id: int


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the database: addresses and signed-in people."""

    programme: str
    call: str
    call_id: int
    few: str
    for_csv: str
    for_xlsx: str
    secretariat: str
    secretariat_email: str
    contacts: list[Contact]
    # A family name that about one in forty has.
    word: str


def main() -> None:
    """Fill the database and say what is in it."""
    cities = _cities()
    union = _body("union", "Union of Fictional Cities", Organisation.Kind.UNION)
    lead = _body("lead", "Fictional Co-ordinator", Organisation.Kind.INTERNATIONAL)
    Membership.objects.bulk_create(
        Membership(member=city, body=union) for city in cities
    )
    coordinator = _user("coordinator", Role.COORDINATOR, lead)
    secretariat = _user("secretariat", Role.SECRETARIAT, union)
    # Staff sign in with a second factor, and are asked for it on every page.
    Authenticator.objects.create(
        user=secretariat, type=Authenticator.Type.TOTP, data={"secret": ""}
    )
    programme = _programme(lead, union)
    opened = {
        name: _call(programme, name, union, coordinator)
        for name in ("bench", "few", "csv", "xlsx")
    }
    _nominate(opened["bench"], cities, ROWS)
    _nominate(opened["few"], cities, FEW)
    filled = Filled(
        programme=programme.slug,
        call="bench",
        call_id=opened["bench"].pk,
        few="few",
        for_csv="csv",
        for_xlsx="xlsx",
        secretariat=_session(secretariat),
        secretariat_email=secretariat.email,
        contacts=[
            Contact(_session(_user(f"contact{n}", Role.CITY, city)), city.slug, city.pk)
            for n, city in enumerate(islice(cities, CONTACTS))
        ],
        word=WORD,
    )
    json.dump(asdict(filled), sys.stdout)


def _cities() -> list[Organisation]:
    territories = Territory.objects.bulk_create(
        Territory(
            slug=city_slug(n),
            name=text((city_name(n), city_name(n))),
            sort_name=sort_key(city_name(n)),
            kind=Territory.Kind.CITY,
            country="PL",
        )
        for n in range(CITIES)
    )
    return Organisation.objects.bulk_create(
        Organisation(
            slug=place.slug,
            name=text((f"City of {place.name}", f"Miasto {place.name}")),
            short_name=place.name,
            sort_name=place.sort_name,
            kind=Organisation.Kind.CITY,
            territory=place,
        )
        for place in territories
    )


def _body(slug: str, name: str, kind: Organisation.Kind) -> Organisation:
    return Organisation.objects.create(
        slug=slug, name=text((name, name)), short_name=text((name, name)), kind=kind
    )


def _user(name: str, role: Role, organisation: Organisation) -> User:
    user = User(email=f"{name}@example.org", name=f"{name} (fictional)")
    user.set_unusable_password()
    user.save()
    Grant.objects.create(user=user, role=role, organisation=organisation)
    return user


def _session(user: User) -> str:
    """Sign ``user`` in as allauth would, and return the session's key."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    assert session.session_key is not None
    return session.session_key


def _programme(lead: Organisation, union: Organisation) -> Programme:
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


def _call(programme: Programme, slug: str, union: Organisation, actor: User) -> Call:
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


def _nominate(call: Call, cities: Sequence[Organisation], number: int) -> None:
    now = timezone.now()
    codes: set[str] = set()
    while len(codes) < number + CITIES:
        codes.add(new_code())
    Invitation.objects.bulk_create(
        Invitation(call=call, organisation=city, code=codes.pop(), sent_at=now)
        for city in cities
    )
    rows = []
    for place, one in enumerate(people(number, seed=call.pk)):
        row = Nomination(
            code=codes.pop(),
            call=call,
            organisation=cities[one.city],
            given_name=one.given_name,
            family_name=one.family_name,
            email=one.email,
            gender=one.gender,
            position=one.position,
            department=one.department,
            level="middle",
            in_post_since=one.since,
            preference=place // CITIES + 1,
            state=Nomination.State.SUBMITTED,
            created_at=now,
            changed_at=now,
            submitted_at=now,
            is_fictional=True,
        )
        row.prepare()
        rows.append(row)
    made = Nomination.objects.bulk_create(rows, batch_size=BATCH)
    duplicates.note_many(call, [row.pk for row in made])


if __name__ == "__main__":
    main()
