"""Reviews of a practice, who gives them, and what is decided on them."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from mosty.audit.models import Entry
from mosty.library import policies
from mosty.library.actions import reviews
from mosty.library.actions.reviews import CannotDecide, CannotReview
from mosty.library.models import CRITERIA, Practice, PracticeVersion, Review
from mosty.outbox.models import Message
from tests.factories import make_grant, make_person, make_position, make_user
from tests.library.conftest import SCORES, refused

pytestmark = pytest.mark.django_db


def test_two_reviews_and_a_decision_publish_it(published, submitted, city, now):
    version = policies.published().get(practice=published)
    assert (version.pk, version.number, version.decided_by) == (
        submitted.pk,
        1,
        "Alice Adams",
    )
    today = published.confirmed_on
    assert published.confirm_on == today.replace(year=today.year + 1)
    assert [
        (entry.verb, entry.actor_label, entry.scope)
        for entry in Entry.objects.filter(target_kind="library.practice").order_by("pk")
    ] == [
        ("practice.begun", "Celina Cisek", ":library"),
        ("practice.submitted", "Celina Cisek", ":library"),
        ("review.asked", "Alice Adams", ":library"),
        ("review.given", "Bob Brown", ":library"),
        ("review.asked", "Alice Adams", ":library"),
        ("review.given", "Sabina Sowa", ":library"),
        ("practice.published", "Alice Adams", ":library"),
    ]
    assert sorted(Message.objects.values_list("kind", "to_name", "state")) == [
        ("library.published", "Celina Cisek", "draft"),
        ("library.review", "Bob Brown", "draft"),
        ("library.review", "Sabina Sowa", "draft"),
    ]


def test_what_was_published_never_changes(published, submitted):
    rows = PracticeVersion.objects.filter(pk=submitted.pk)
    for change in (
        {"title": "Other"},
        {"state": "withdrawn"},
        {"decided_reason": "Other"},
        {"revision": 9},
    ):
        refused(lambda change=change: rows.update(**change))
    refused(lambda: Review.objects.update(comment="Other"))
    refused(lambda: Review.objects.all().delete())
    refused(lambda: Practice.objects.update(slug="other"))


def test_one_review_is_not_enough(submitted, reviewed, partner, coordinator, now):
    reviewed(partner)
    with pytest.raises(CannotDecide, match="Two reviewers"):
        reviews.publish(version=submitted, reason="", actor=coordinator, now=now)
    submitted.state, submitted.decided_at = "published", now
    submitted.decided_by = "Somebody"
    refused(submitted.save)


def test_against_a_reviewer_it_is_published_with_a_reason_only(
    submitted, reviewed, partner, secretariat, trainer, coordinator, now
):
    reviewed(partner)
    reviewed(secretariat, "refuse")
    with pytest.raises(CannotDecide, match="Two reviewers"):
        reviews.publish(version=submitted, reason="Yes", actor=coordinator, now=now)
    reviewed(trainer)
    with pytest.raises(CannotDecide, match="advises otherwise"):
        reviews.publish(version=submitted, reason=" ", actor=coordinator, now=now)
    done = reviews.publish(
        version=submitted, reason="Two of three", actor=coordinator, now=now
    )
    assert (done.state, done.decided_reason) == ("published", "Two of three")


@pytest.fixture
def stakes(krakow, lodz, now):
    """Return people: with a stake in Kraków's practices, and without."""
    today = now.date()
    before = today - timedelta(days=10)
    employed = make_person("Jan", "Jasny")
    make_position(employed, krakow)
    left = make_person("Ala", "Lis")
    make_position(left, krakow, until=before)
    partner = {"role": "partner", "organisation": lodz}
    moved = make_user("Mia Moved", **partner)
    make_grant(moved, "city", krakow, until=before)
    return {
        "of the city": make_user("Olga City", role="city", organisation=krakow),
        "leads there": make_user("Lena Lead", role="lead", organisation=krakow),
        "employed": make_user("Jan Jasny", person=employed, **partner),
        "left": make_user("Ala Lis", person=left, **partner),
        "moved": moved,
        "another": make_user("Ana Other", **partner),
    }


@pytest.mark.parametrize(
    ("who", "good"),
    (
        ("of the city", False),
        ("leads there", False),
        ("employed", False),
        ("left", True),
        ("moved", True),
        ("another", True),
    ),
)
def test_nobody_reviews_what_she_has_a_stake_in(
    submitted, stakes, coordinator, now, who, good
):
    reviewer = stakes[who]
    today = now.date()
    assert policies.has_stake(reviewer, submitted.practice, today) is not good
    offered = reviewer in policies.reviewers_for(submitted.practice, today)
    assert offered is good
    row = Review(version=submitted, reviewer=reviewer, asked_at=now, asked_by="x")
    if good:
        row.save()
        return
    with pytest.raises(CannotReview, match="does not review it"):
        reviews.ask(version=submitted, reviewer=reviewer, actor=coordinator, now=now)
    refused(row.save)


def test_its_author_does_not_review_it_wherever_she_works_now(
    submitted, city, krakow, lodz, coordinator, now
):
    city.grants.all().delete()
    make_grant(city, "partner", lodz)
    with pytest.raises(CannotReview, match="wrote this practice"):
        reviews.ask(version=submitted, reviewer=city, actor=coordinator, now=now)
    refused(
        lambda: Review.objects.create(
            version=submitted, reviewer=city, asked_at=now, asked_by="x"
        )
    )


def test_a_coordinator_with_a_stake_decides_nothing(
    submitted, reviewed, partner, secretariat, coordinator, krakow, now
):
    reviewed(partner)
    reviewed(secretariat)
    make_grant(coordinator, "city", krakow)
    for act in (
        lambda: reviews.publish(
            version=submitted, reason="", actor=coordinator, now=now
        ),
        lambda: reviews.give_back(
            version=submitted, reason="No", actor=coordinator, now=now
        ),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_who_gets_a_stake_after_she_was_asked_cannot_give_her_review(
    submitted, partner, coordinator, krakow, now
):
    review = reviews.ask(
        version=submitted, reviewer=partner, actor=coordinator, now=now
    )
    make_grant(partner, "city", krakow)
    with pytest.raises(PermissionDenied):
        reviews.give(
            review=review,
            scores=SCORES,
            advice="publish",
            comment="Good",
            actor=partner,
            now=now,
        )
    Review.objects.filter(pk=review.pk)
    review.given_at, review.advice, review.comment = now, "publish", "Good"
    for name in CRITERIA:
        setattr(review, name, 3)
    refused(review.save)


@pytest.mark.parametrize(
    ("change", "field"),
    (
        ({"scores": {**SCORES, "effect": 6}}, "effect"),
        ({"scores": {}}, "lasting"),
        ({"advice": "maybe"}, "advice"),
        ({"comment": "  "}, "comment"),
    ),
)
def test_a_review_says_everything(submitted, partner, coordinator, now, change, field):
    review = reviews.ask(
        version=submitted, reviewer=partner, actor=coordinator, now=now
    )
    said = {"scores": SCORES, "advice": "publish", "comment": "Good", **change}
    with pytest.raises(CannotReview) as told:
        reviews.give(review=review, actor=partner, now=now, **said)
    assert field in told.value.fields


def test_who_has_not_answered_is_asked_no_longer(
    submitted, partner, secretariat, reviewed, coordinator, now
):
    review = reviews.ask(
        version=submitted, reviewer=partner, actor=coordinator, now=now
    )
    again = reviews.ask(version=submitted, reviewer=partner, actor=coordinator, now=now)
    assert again == review
    reviews.release(review=review, actor=coordinator, now=now)
    given = reviewed(secretariat)
    with pytest.raises(CannotReview, match="given"):
        reviews.release(review=given, actor=coordinator, now=now)
    assert list(Review.objects.all()) == [given]


def test_two_who_ask_her_no_longer_and_she_who_answers_meanwhile(
    submitted, partner, coordinator, now
):
    review = reviews.ask(
        version=submitted, reviewer=partner, actor=coordinator, now=now
    )
    both = [Review.objects.get(pk=review.pk) for _n in range(2)]
    for one in both:
        reviews.release(review=one, actor=coordinator, now=now)
    assert Entry.objects.filter(verb="review.released").count() == 1
    with pytest.raises(CannotReview, match="asked for no longer"):
        reviews.give(
            review=review, scores=SCORES, advice="publish", comment="Good",
            actor=partner, now=now,
        )  # fmt: skip
