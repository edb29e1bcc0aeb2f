"""Who may see and change programmes and courses: one table a question."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from mosty.accounts.models import Role
from mosty.programmes import policies
from mosty.programmes.models import Partnership
from tests.factories import (
    make_course,
    make_organisation,
    make_partnership,
    make_programme,
    make_user,
)
from tests.programmes.rows import make_session

pytestmark = pytest.mark.django_db
CAST = (
    "coordinator",
    "partner",
    "secretariat",
    "city",
    "trainer",
    "auditor",
    "administrator",
    "stranger",
    "nobody",
)


@pytest.fixture
def who(request):
    """Return a member of the cast by name; nobody is not signed in."""

    def find(name):
        return AnonymousUser() if name == "nobody" else request.getfixturevalue(name)

    return find


def those(who, holds):
    """Return the members of the cast for whom ``holds`` is true."""
    return {name for name in CAST if holds(who(name))}


def test_who_coordinates(who, programme):
    assert those(who, lambda user: programme in policies.coordinated_by(user)) == {
        "coordinator"
    }


def test_who_takes_part(who, programme):
    assert those(who, lambda user: programme in policies.partnered_by(user)) == {
        "coordinator",
        "partner",
        "secretariat",
    }


def test_everybody_sees_what_is_published(who, programme, course):
    assert those(who, lambda user: programme in policies.visible_to(user)) == {*CAST}
    assert those(who, lambda user: course in policies.courses_visible_to(user)) == {
        *CAST
    }


@pytest.mark.parametrize("hidden", ("programme", "course"))
def test_only_partners_see_a_draft(who, programme, course, hidden):
    row = programme if hidden == "programme" else course
    row.is_published = False
    row.save()

    sees_course = those(who, lambda user: course in policies.courses_visible_to(user))

    assert sees_course == {"coordinator", "partner", "secretariat"}


def test_a_trainer_sees_the_draft_she_leads_a_session_of(programme, course, trainer):
    programme.is_published = course.is_published = False
    programme.save()
    course.save()
    other = make_course(programme, "other", part=2, is_published=False)
    make_session(course, trainers=[trainer.person])

    assert list(policies.visible_to(trainer)) == [programme]
    assert list(policies.courses_visible_to(trainer)) == [course]
    assert other not in policies.courses_visible_to(trainer)


def test_a_former_trainer_no_longer_sees_the_draft(programme, course, trainer):
    course.is_published = False
    course.save()
    make_session(course, trainers=[trainer.person])
    trainer.grants.update(until=timezone.localdate() - timedelta(days=1))

    assert list(policies.courses_visible_to(trainer)) == []


def test_a_course_led_twice_stands_once(course, trainer):
    make_session(course, trainers=[trainer.person])
    make_session(course, hour=14, trainers=[trainer.person])

    assert list(policies.courses_visible_to(trainer)) == [course]


def test_who_may_change(who, programme, course):
    assert those(who, lambda user: policies.can_edit(user, programme)) == {
        "coordinator"
    }
    assert those(who, lambda user: policies.can_edit_course(user, course)) == {
        "coordinator"
    }


def test_who_may_see_plans(who, programme):
    assert those(who, lambda user: policies.can_see_plans(user, programme)) == {
        "coordinator",
        "partner",
        "secretariat",
    }


def test_a_coordinator_begins_programmes_for_her_own_organisation(who, odihr, unhcr):
    assert those(who, lambda user: policies.can_create(user, odihr)) == {"coordinator"}
    assert those(who, lambda user: policies.can_create(user, unhcr)) == set()


def test_a_coordinator_of_an_organiser_does_not_coordinate(programme, unhcr):
    user = make_user("Dora Dale", role=Role.COORDINATOR, organisation=unhcr)

    assert list(policies.coordinated_by(user)) == []
    assert list(policies.partnered_by(user)) == [programme]


def test_another_programme_stays_out_of_reach(coordinator):
    draft = make_programme("other", is_published=False)
    make_partnership(draft, make_organisation("OECD"), Partnership.Role.COORDINATOR)

    assert list(policies.visible_to(coordinator)) == []


def test_those_who_coordinate_organise_or_channel_may_sign(
    programme, odihr, unhcr, ump
):
    host = make_organisation("Host")
    make_partnership(programme, host, Partnership.Role.HOST)
    # Twice in a part that signs: still one signatory.
    make_partnership(programme, ump, Partnership.Role.ORGANISER)

    assert set(policies.signatories(programme)) == {odihr, unhcr, ump}
    assert policies.signatories(programme).count() == 3
