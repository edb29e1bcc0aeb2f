"""What actions of these tests are linked with: an actor, a practice, two needs."""

from datetime import datetime
from typing import Any

from i18nfield.strings import LazyI18nString

from mosty.accounts.models import User
from mosty.directory.models import Organisation
from mosty.infopoint.models import Code, Kind
from mosty.partnerships.actions import actors, maps
from mosty.partnerships.models import Actor, StakeholderMap
from mosty.plans.actions import drafting
from mosty.plans.models import Action
from mosty.programmes.models import Course

# What the city thinks of an actor: it never leaves the map.
SECRETS = ("secret-hindrance", "secret-contact", "secret-engagement")


def map_of(
    city: Organisation, contact: User, now: datetime, course: Course | None = None
) -> StakeholderMap:
    """Return a new map of a city."""
    return maps.make(
        city=city,
        details=maps.Details(
            title=f"Partners of {city.slug}",
            topic="education",
            made_on=now.date(),
            course=course,
        ),
        actor=contact,
        now=now,
    )


def put(found: StakeholderMap, name: str, contact: User, now: datetime) -> Actor:
    """Return a new actor on a map, of whom the city thinks this and that."""
    return actors.add(
        found=found,
        details=actors.Details(
            name=name,
            function="civic",
            hindrance=SECRETS[0],
            contact=SECRETS[1],
            engagement=SECRETS[2],
        ),
        actor=contact,
        now=now,
    )


def need(label: str, owner: Organisation | None = None) -> Code:
    """Return a topic of consultations: of the common list, or of a city's own."""
    return Code.objects.create(
        owner=owner,
        kind=Kind.TOPIC,
        # The common list, which is there, has a code of most of these words.
        code="our-" + label.lower().replace(" ", "-"),
        label=LazyI18nString({"en": label, "pl": f"{label} (pl)"}),
    )


def link(action: Action, actor: Any, now: datetime, **links: Any) -> Action:
    """Return the action, linked."""
    action.refresh_from_db()
    drafting.save_action(
        action=action,
        values={"what": action.what, **links},
        visibility=None,
        seen=action.version,
        actor=actor,
        now=now,
    )
    action.refresh_from_db()
    return action
