"""A practice as its city keeps it: written, submitted, changed, retired."""

from datetime import UTC, date, datetime, timedelta

import pytest

from mosty.library import policies
from mosty.library.actions import practices, reviews
from mosty.library.actions.practices import CannotKeepPractice
from mosty.library.actions.reviews import CannotDecide
from mosty.library.common import template, texts
from mosty.library.models import Practice, PracticeVersion
from tests.factories import make_user
from tests.library.conftest import make_content, refused, words

pytestmark = pytest.mark.django_db


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
