"""A session becomes a user, with what she holds today."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from mosty.accounts.backends import Backend
from mosty.accounts.models import Grant, Role, User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("factor", (True, False))
def test_who_holds_a_role_is_known_in_one_question(
    coordinator: User, factor: bool, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    expected = [(g.role, g.organisation) for g in coordinator.held]
    if factor:
        Authenticator.objects.create(user=coordinator, type="totp", data={})
    # user with grants, their organisations, and whether there is a second factor
    with django_assert_num_queries(1):
        user = Backend().get_user(coordinator.pk)
        assert user is not None
        held = [(grant.role, grant.organisation) for grant in user.held]
        assert (user, user.email) == (coordinator, coordinator.email)
        assert user.has_second_factor is factor
    assert held == expected
    assert held[0][0] == Role.COORDINATOR


def test_who_never_held_a_role_is_known_too(stranger: User) -> None:
    user = Backend().get_user(stranger.pk)
    assert user == stranger
    assert (user.held, user.has_second_factor) == ((), None)


@pytest.mark.parametrize(
    ("dates", "number"),
    (({"until": -1}, 0), ({"until": 0}, 1), ({"since": 0}, 1), ({"since": 1}, 0)),
)
def test_a_role_is_held_from_its_first_day_to_its_last(
    coordinator: User, dates: dict[str, int], number: int
) -> None:
    today = timezone.localdate()
    Grant.objects.filter(user=coordinator).update(
        **{name: today + timedelta(days=days) for name, days in dates.items()}
    )
    user = Backend().get_user(coordinator.pk)
    assert user == coordinator
    assert len(user.held) == number
    # As the question that anybody else is asked.
    assert user.held == User.objects.get(pk=user.pk).held


def test_who_may_not_sign_in_is_nobody(coordinator: User, stranger: User) -> None:
    User.objects.update(is_active=False)
    assert Backend().get_user(coordinator.pk) is None
    assert Backend().get_user(stranger.pk) is None
    assert Backend().get_user(0) is None
