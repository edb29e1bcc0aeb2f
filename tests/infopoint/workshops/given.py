"""What these tests say and do in common."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from i18nfield.strings import LazyI18nString

from mosty.infopoint.actions import guides, workshops
from mosty.infopoint.actions.guides import GuideDetails
from mosty.infopoint.actions.workshops import Group, SaidWorkshop
from mosty.infopoint.models import (
    Code,
)
from mosty.infopoint.queries.workshops import groups_of

pytestmark = pytest.mark.django_db


GROUPS = (
    Group("female", "18-29", 4),
    Group("female", "30-44", 2),
    Group("male", "18-29", 1),
    Group("", "", 3),
)


def said_of(day, **fields):
    given = {"topic": "work", "language": "uk", "groups": GROUPS, "place": "Library"}
    return SaidWorkshop(day=day, **{**given, **fields})


def record(point, actor, now, day=None, **fields):
    given = {"key": uuid4(), "late_reason": ""}
    given |= {name: fields.pop(name) for name in tuple(fields) if name in given}
    said = said_of(day or point.today(now), **fields)
    return workshops.record(point=point, said=said, actor=actor, now=now, **given)


def counts(workshop):
    """Return the groups that hold, by codes."""
    codes = dict(Code.objects.values_list("pk", "code")) | {None: ""}
    held = groups_of(workshop).get(workshop.version, {})
    return {(codes[sex], codes[age]): count for (sex, age), count in held.items()}


def refused(act):
    """Expect that a transaction which does this alone fails, at the latest at its end."""

    def to_the_end() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            # What the fixtures wrote is checked before, not instead.
            cursor.execute("set constraints all immediate")
            cursor.execute("set constraints all deferred")
            act()
            cursor.execute("set constraints all immediate")

    with pytest.raises(IntegrityError):
        to_the_end()


TITLE = LazyI18nString({"pl": "Ochrona międzynarodowa", "uk": "Міжнародний захист"})


def details_of(day, **fields):
    return GuideDetails(**{"title": TITLE, "languages": ("pl", "uk"), "published_on": day, **fields})  # fmt: skip


def publish(point, actor, now, day, reason="", **fields):
    return guides.publish(
        point=point,
        details=details_of(day, **fields),
        reason=reason,
        actor=actor,
        now=now,
    )


def url(name, *args):
    return reverse(f"infopoint:{name}", args=args)
