"""Who manages users: administrators, and nobody else."""

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import Settings

from mosty.accounts import policies
from mosty.accounts.models import Role, User
from tests.factories import make_organisation, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", (*Role, ""))
def test_only_administrators_manage_users(role: str) -> None:
    alone = role in {Role.AUDITOR, Role.ADMINISTRATOR, ""}
    user = make_user(
        role=role, organisation=None if alone else make_organisation("Any")
    )
    allowed = role == Role.ADMINISTRATOR

    assert policies.can_manage(user) == allowed
    assert policies.managed_by(user).exists() == allowed
    assert policies.grants_managed_by(user).exists() == allowed


def test_somebody_who_is_not_signed_in_manages_nobody() -> None:
    assert policies.can_manage(AnonymousUser()) is False
    assert list(policies.managed_by(AnonymousUser())) == []


def test_a_profile_is_its_owners(city: User, administrator: User) -> None:
    assert policies.can_change_profile(city, city) is True
    assert policies.can_change_profile(administrator, city) is False


def test_demo_sign_in_is_open_to_active_made_up_users_of_a_demo(
    settings: Settings, city: User
) -> None:
    made_up = make_user("Demo Dora", is_demo=True)
    make_user("Demo Dan", is_demo=True, is_active=False)

    assert list(policies.open_to_demo()) == [made_up]
    settings.DEMO = False
    assert list(policies.open_to_demo()) == []
