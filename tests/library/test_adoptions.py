"""Cities take up what others do, and say what came of it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from mosty.library.actions import adoptions, practices
from mosty.library.actions.adoptions import CannotAdopt, Told
from mosty.library.models import Adoption, AdoptionReport
from mosty.outbox.models import Message
from tests.factories import make_city, make_user
from tests.library.conftest import words

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 10)


def told(**changes):
    said = {"outcome": "trying", "changed": "Evenings", "came": "", "language": "en"}
    return Told(**{**said, **changes})


@pytest.fixture(autouse=True)
def _contact(settings):
    settings.CONTACT = "ask@example.org"


@pytest.fixture
def adopted(published, lodz, other_city, now):
    return adoptions.adopt(
        practice=published,
        city=lodz,
        source=None,
        since=DAY,
        told=told(),
        actor=other_city,
        now=now,
    )


def test_a_city_adopts_once_and_the_owner_is_told(
    adopted, published, lodz, other_city, now
):
    with pytest.raises(CannotAdopt, match="already"):
        adoptions.adopt(
            practice=published,
            city=lodz,
            source=None,
            since=DAY,
            told=told(),
            actor=other_city,
            now=now,
        )
    assert Adoption.objects.get() == adopted
    letter = Message.objects.get(kind="library.adopted")
    assert (letter.to_name, "Evenings" in letter.body) == ("Celina Cisek", True)
    # Its page in the reader's language, and whom to ask.
    page = f"http://testserver/en/practices/{published.slug}/"
    assert (page in letter.body, letter.reply_to) == (True, "ask@example.org")
    assert letter.body.rstrip().endswith("Questions: ask@example.org")


def test_a_chain_is_from_one_city_to_the_next(adopted, published, krakow, now):
    gdansk = make_city("Gdańsk")
    contact = make_user("Gosia Gda", role="city", organisation=gdansk)
    third = adoptions.adopt(
        practice=published,
        city=gdansk,
        source=adopted,
        since=DAY,
        told=told(outcome="failed", came="Nobody came."),
        actor=contact,
        now=now,
    )
    assert third.source == adopted
    # No way to make a ring of it.
    for change in (
        lambda: Adoption.objects.filter(pk=adopted.pk).update(source=third),
        lambda: Adoption.objects.filter(pk=third.pk).update(source=third),
        lambda: Adoption.objects.filter(pk=third.pk).update(source=None),
        lambda: Adoption.objects.create(
            practice=published, city=krakow, since=DAY, created_at=now
        ),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_a_city_learns_the_same_practice_from_another(
    adopted, city, krakow, submitted, now
):
    other = practices.begin(
        city=krakow,
        content=practices.Content(texts={"title": "Other"}, language="en"),
        actor=city,
        now=now,
    ).practice
    with pytest.raises(IntegrityError), transaction.atomic():
        Adoption.objects.create(
            practice=other, city=adopted.city, since=DAY, created_at=now
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Adoption.objects.create(
            practice=adopted.practice,
            city=make_city("Gdynia"),
            source_id=adopted.pk + 1000,
            since=DAY,
            created_at=now,
        )


@pytest.mark.parametrize(
    ("change", "fields"),
    (
        ({"outcome": "fine"}, {"outcome", "came"}),
        ({"changed": ""}, {"changed"}),
        ({"changed": words(151)}, {"changed"}),
        ({"outcome": "failed"}, {"came"}),
        ({"came": words(151)}, {"came"}),
    ),
)
def test_what_is_told_is_whole(adopted, other_city, now, change, fields):
    with pytest.raises(CannotAdopt) as refused:
        adoptions.tell(
            adoption=adopted, told=told(**change), seen=1, actor=other_city, now=now
        )
    assert set(refused.value.fields) == fields


def test_what_was_told_stays(adopted, other_city, now):
    failed = told(outcome="failed", came="No room.")
    adoptions.tell(adoption=adopted, told=failed, seen=1, actor=other_city, now=now)
    with pytest.raises(CannotAdopt, match="meanwhile"):
        adoptions.tell(adoption=adopted, told=failed, seen=1, actor=other_city, now=now)
    rows = adopted.reports.order_by("number").values_list("number", "outcome")
    assert list(rows) == [(1, "trying"), (2, "failed")]
    with pytest.raises(IntegrityError), transaction.atomic():
        AdoptionReport.objects.update(came="Better")


def test_what_cannot_be_adopted(
    published, city, krakow, lodz, other_city, partner, now
):
    def adopt(actor, of, since=DAY):
        return adoptions.adopt(
            practice=published,
            city=of,
            source=None,
            since=since,
            told=told(),
            actor=actor,
            now=now,
        )

    for actor in (partner, city):
        with pytest.raises(PermissionDenied):
            adopt(actor, lodz)
    with pytest.raises(CannotAdopt, match="own practice"):
        adopt(city, krakow)
    with pytest.raises(CannotAdopt, match="still to come"):
        adopt(other_city, lodz, now.date() + timedelta(days=2))
    practices.retire(practice=published, reason="Ended", actor=city, now=now)
    with pytest.raises(CannotAdopt, match="retired"):
        adopt(other_city, lodz)
