"""A practice from its first words to its end, and what is refused on the way."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from mosty.audit.models import Entry
from mosty.library import policies
from mosty.library.actions import practices, reviews
from mosty.library.actions.practices import CannotKeepPractice
from mosty.library.actions.reviews import CannotDecide, CannotReview
from mosty.library.common import template, texts
from mosty.library.models import CRITERIA, Practice, PracticeVersion, Review
from mosty.outbox.models import Message
from tests.factories import make_grant, make_person, make_position, make_user
from tests.library.conftest import SCORES, make_content, words

pytestmark = pytest.mark.django_db


def refused(change):
    """Return that the database refuses ``change``."""
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


# Writing -----------------------------------------------------------------------------


def test_a_draft_may_be_too_long_and_is_refused_when_it_is_submitted(draft, city, now):
    saved = practices.save(
        version=draft,
        content=make_content(
            title=words(16), summary=words(74), issue=words(151), areas=(), place=" "
        ),
        revision=1,
        actor=city,
        now=now,
    )
    assert (saved.revision, template.count(saved.issue)) == (2, 151)
    with pytest.raises(CannotKeepPractice) as told:
        practices.submit(version=saved, actor=city, now=now)
    assert told.value.fields == {
        "title": "One word too many: at most 15 words.",
        "summary": "One word is missing: 75 to 100 words.",
        "issue": "One word too many: 100 to 150 words.",
        "areas": "Choose at least one policy area.",
        "place": "This is missing.",
    }


@pytest.mark.parametrize(
    ("name", "least", "most"),
    (
        ("title", 1, 15),
        ("summary", 75, 100),
        ("issue", 100, 150),
        ("how", 75, 100),
        ("results", 75, 100),
        ("evaluation", 0, 100),
        ("beneficiaries", 1, 40),
        ("funding", 0, 100),
    ),
)
def test_the_limits_are_those_of_the_template(name, least, most):
    part = template.PARTS[name]
    good = [bool(template.fault(part, words(count))) for count in (least, most)]
    bad = [bool(template.fault(part, words(count))) for count in (least - 1, most + 1)]
    assert (good, bad) == ([False, False], [least > 0, True])


@pytest.mark.parametrize(
    ("started_on", "in_trial", "good"),
    (
        (date(2025, 5, 10), False, True),
        (date(2025, 5, 11), False, False),
        (date(2025, 5, 11), True, True),
        (None, True, False),
    ),
)
def test_a_practice_is_a_year_old_or_in_trial(draft, city, started_on, in_trial, good):
    at = datetime(2026, 5, 10, 12, tzinfo=UTC)
    content = make_content(started_on=started_on, in_trial=in_trial)
    saved = practices.save(
        version=draft, content=content, revision=1, actor=city, now=at
    )
    if good:
        submitted = practices.submit(version=saved, actor=city, now=at)
        assert submitted.state == "submitted"
        return
    with pytest.raises(CannotKeepPractice) as told:
        practices.submit(version=saved, actor=city, now=at)
    assert set(told.value.fields) == {"started_on"}
    saved.state, saved.submitted_at = "submitted", at - timedelta(days=2)
    refused(saved.save)


def test_who_read_an_older_state_writes_over_nothing(draft, city, now):
    practices.save(
        version=draft, content=make_content(), revision=1, actor=city, now=now
    )
    with pytest.raises(CannotKeepPractice, match="Somebody else"):
        practices.save(
            version=draft,
            content=make_content(title="Other"),
            revision=1,
            actor=city,
            now=now,
        )
    draft.refresh_from_db()
    assert draft.title == "Neighbours' mornings in the library"


def test_two_practices_of_one_title_have_two_addresses(krakow, city, now, draft):
    second = practices.begin(city=krakow, content=make_content(), actor=city, now=now)
    assert [one.practice.slug for one in (draft, second)] == [
        "neighbours-mornings-in-the-library",
        "neighbours-mornings-in-the-library-2",
    ]


def test_what_is_typed_is_kept_as_typed(draft, city, now):
    typed = "<script>alert(1)</script>\r\nA & B  \u202ecab\x07"
    saved = practices.save(
        version=draft,
        content=make_content(how=typed),
        revision=1,
        actor=city,
        now=now,
    )
    assert saved.how == "<script>alert(1)</script>\nA & B  cab"
    assert texts.prose(saved.how) == saved.how


def test_what_was_submitted_does_not_change(submitted, city, now):
    with pytest.raises(CannotKeepPractice, match="submitted meanwhile"):
        practices.save(
            version=submitted,
            content=make_content(title="Other"),
            revision=1,
            actor=city,
            now=now,
        )
    with pytest.raises(CannotKeepPractice, match="already"):
        practices.submit(version=submitted, actor=city, now=now)
    rows = PracticeVersion.objects.filter(pk=submitted.pk)
    refused(lambda: rows.update(summary="Other"))
    refused(lambda: rows.update(state="draft"))
    refused(lambda: rows.update(author=make_user("Sid Stray")))
    refused(lambda: rows.delete())


# Reviewing ---------------------------------------------------------------------------


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


# After the decision --------------------------------------------------------------------


def test_what_was_returned_begins_again_with_the_same_words(
    submitted, reviewed, partner, city, coordinator, now
):
    reviewed(partner, "change")
    with pytest.raises(CannotDecide, match="what should change"):
        reviews.give_back(version=submitted, reason=" ", actor=coordinator, now=now)
    reviews.give_back(
        version=submitted, reason="Say what it cost", actor=coordinator, now=now
    )
    again = practices.begin_again(practice=submitted.practice, actor=city, now=now)
    same = practices.begin_again(practice=submitted.practice, actor=city, now=now)
    assert (again.number, again.state, again.title, same) == (
        2,
        "draft",
        submitted.title,
        again,
    )
    assert again.reviews.count() == 0
    refused(
        lambda: PracticeVersion.objects.create(
            practice=submitted.practice, number=3, author=city, created_at=now
        )
    )


def test_a_change_of_what_is_published_is_a_new_version(published, city, now):
    again = practices.begin_again(practice=published, actor=city, now=now)
    practices.save(
        version=again,
        content=make_content(title="Later"),
        revision=1,
        actor=city,
        now=now,
    )
    assert policies.published().get().title == "Neighbours' mornings in the library"


def test_a_retired_practice_keeps_its_page_and_changes_no_more(published, city, now):
    practices.begin_again(practice=published, actor=city, now=now)
    with pytest.raises(CannotKeepPractice, match="why"):
        practices.retire(practice=published, reason=" ", actor=city, now=now)
    retired = practices.retire(
        practice=published, reason="The money ended", actor=city, now=now
    )
    same = practices.retire(practice=published, reason="x", actor=city, now=now)
    assert same.retired_reason == retired.retired_reason == "The money ended"
    states = published.versions.order_by("number").values_list("state", flat=True)
    assert list(states) == ["published", "withdrawn"]
    assert policies.practices_published().get() == retired
    with pytest.raises(CannotKeepPractice, match="retired"):
        practices.begin_again(practice=published, actor=city, now=now)
    refused(lambda: Practice.objects.update(retired_reason="Other"))


def test_what_was_never_published_is_withdrawn_not_retired(draft, city, now):
    with pytest.raises(CannotKeepPractice, match="never published"):
        practices.retire(practice=draft.practice, reason="No", actor=city, now=now)
    taken = practices.withdraw(version=draft, actor=city, now=now)
    assert practices.withdraw(version=taken, actor=city, now=now).state == "withdrawn"
    assert policies.practices_published().count() == 0


# Who ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"),
    (
        # has a desk, sees the practice there, its draft, its submitted one, writes, decides
        ("city", (True, True, 2, True, False)),
        ("coordinator", (True, True, 1, False, True)),
        ("partner", (True, True, 1, False, False)),
        ("secretariat", (True, False, 0, False, False)),
        ("trainer", (True, False, 0, False, False)),
        ("other_city", (True, False, 0, False, False)),
        ("worker", (False, False, 0, False, False)),
        ("auditor", (False, False, 0, False, False)),
        ("administrator", (False, False, 0, False, False)),
        ("stranger", (False, False, 0, False, False)),
    ),
)
def test_who_may_what(request, submitted, reviewed, partner, now, name, expected):
    reviewed(partner)
    author = request.getfixturevalue("city")
    coordinator = request.getfixturevalue("coordinator")
    reviews.give_back(version=submitted, reason="Shorter", actor=coordinator, now=now)
    practices.begin_again(practice=submitted.practice, actor=author, now=now)
    user = request.getfixturevalue(name)
    found = (
        policies.has_desk(user),
        policies.practices_visible_to(user).exists(),
        policies.versions_visible_to(user).count(),
        policies.can_write(user, submitted.practice),
        policies.can_decide(user, submitted.practice, now.date()),
    )
    assert found == expected
    if not expected[3]:
        for act in (
            lambda: practices.withdraw(version=submitted, actor=user, now=now),
            lambda: practices.submit(version=submitted, actor=user, now=now),
            lambda: practices.begin_again(
                practice=submitted.practice, actor=user, now=now
            ),
        ):
            with pytest.raises(PermissionDenied):
                act()
