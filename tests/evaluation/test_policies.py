"""Who sees and makes what."""

import pytest

from mosty.evaluation import policies
from mosty.programmes.models import SessionTrainer
from tests.evaluation.conftest import link_to

pytestmark = pytest.mark.django_db
WHO = (
    "coordinator",
    "partner",
    "secretariat",
    "trainer",
    "city",
    "auditor",
    "stranger",
)


@pytest.fixture
def taught(timetable, trainer):
    """Return the course that Tamara teaches."""
    assert SessionTrainer.objects.filter(person=trainer.person).exists()
    return timetable


@pytest.mark.parametrize(
    ("closed", "expected"),
    (
        (False, (True, False, False, False, False, False, False)),
        (True, (True, True, True, True, False, False, False)),
    ),
)
def test_a_survey_is_seen_by_others_once_it_is_closed(
    request, taught, ask, close, closed, expected
):
    survey = ask(of=taught)
    if closed:
        close(survey)
    users = [request.getfixturevalue(who) for who in WHO]
    assert tuple(survey in policies.visible_to(user) for user in users) == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    (
        ("follows", (True, True, True, True, False, False, False)),
        ("reads questions", (True, True, True, False, False, False, False)),
        ("asks", (True, False, False, False, False, False, False)),
        ("writes", (True, False, False, False, False, False, False)),
        ("begins", (True, False, False, False, False, False, False)),
    ),
)
def test_who_may(request, taught, questionnaire, asked, expected):
    programme = taught.programme
    answers = {
        "follows": lambda user: taught in policies.courses_followed_by(user),
        "reads questions": lambda user: (
            questionnaire in policies.questionnaires_visible_to(user)
        ),
        "asks": lambda user: policies.can_ask(user, taught),
        "writes": lambda user: policies.can_write(user, programme),
        "begins": lambda user: programme in policies.programmes_written_for(user),
    }
    users = [request.getfixturevalue(who) for who in WHO]
    assert tuple(answers[asked](user) for user in users) == expected


def test_a_link_opens_its_own_survey_and_no_other_purpose_does(ask):
    survey, other = ask(), ask("after")
    link = link_to(survey)
    assert (policies.can_answer(link, survey), policies.can_answer(link, other)) == (
        True,
        False,
    )
    link.purpose = "offer"
    assert policies.can_answer(link, survey) is False
