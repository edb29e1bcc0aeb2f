"""Signing in: by code, by password, with a second step; and who learns nothing."""

import re
from datetime import datetime

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from mosty.accounts import actions
from mosty.accounts.models import Role, User
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_rate_limits() -> None:
    cache.clear()


PASSWORD = "a password of some length"


def by_password(client: Client, user: User) -> None:
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})


def ask_for_code(client: Client, email: str) -> object:
    return client.post(
        reverse("account_request_login_code"), {"email": email}, follow=True
    )


def code_in(message: mail.EmailMessage) -> str:
    found = re.search(r"^\w{4}-\w{4}$", str(message.body), re.MULTILINE)
    assert found
    return found[0]


@pytest.mark.parametrize(
    ("language", "subject"), (("en", "Your sign-in code"), ("pl", "Twój kod"))
)
def test_a_code_comes_in_the_users_language_and_signs_her_in(
    client: Client, language: str, subject: str
) -> None:
    user = make_user("Celina Cisek", language=language)

    ask_for_code(client, user.email.upper())
    message = mail.outbox[0]
    form = {"code": code_in(message)}
    response = client.post(reverse("account_confirm_login_code"), form)

    assert message.subject.startswith(subject)
    assert message.to == [user.email]
    assert response.url == f"/{language}/today/"
    assert client.session["_auth_user_id"] == str(user.pk)


@pytest.mark.parametrize("changed", (False, True))
def test_an_address_written_in_capitals_signs_in(
    administrator: User, client: Client, now: datetime, changed: bool
) -> None:
    given = {"name": "Ewa Nowak", "language": "en", "actor": administrator, "now": now}
    first = "ewa@example.org" if changed else "Ewa.Nowak@Example.org"
    user = actions.add_user(email=first, **given)
    if changed:
        actions.change_user(
            user=user, email="Ewa.Nowak@Example.org", person_code="", **given
        )

    ask_for_code(client, "Ewa.Nowak@Example.org")

    assert mail.outbox[-1].to == ["ewa.nowak@example.org"]
    assert code_in(mail.outbox[-1])


def test_nobody_learns_who_has_an_account(city: User) -> None:
    pages = []
    for address in (city.email, "nobody@example.org"):
        response = ask_for_code(Client(), address)
        text = response.content.decode().replace(address, "…")
        pages.append((response.redirect_chain, re.sub(r'value="\w{64}"', "", text)))

    assert pages[0] == pages[1]
    assert [message.to for message in mail.outbox] == [
        [city.email],
        ["nobody@example.org"],
    ]


def test_a_wrong_code_signs_nobody_in(client: Client, city: User) -> None:
    ask_for_code(client, city.email)

    client.post(reverse("account_confirm_login_code"), {"code": "WRONG1"})

    assert "_auth_user_id" not in client.session


def test_after_too_many_wrong_passwords_even_the_right_one_waits(
    client: Client, city: User
) -> None:
    city.set_password(PASSWORD)
    city.save()
    for _try in range(5):
        client.post(reverse("account_login"), {"login": city.email, "password": "no"})

    by_password(client, city)

    assert "_auth_user_id" not in client.session


def test_who_is_not_active_gets_no_code(client: Client) -> None:
    user = make_user("Gone", is_active=False)

    ask_for_code(client, user.email)

    assert [message.subject for message in mail.outbox] == ["No user with this address"]


@pytest.mark.parametrize("method", ("get", "post"))
def test_nobody_signs_up(client: Client, method: str) -> None:
    form = {"email": "new@example.org", "password1": "long enough to be one"}

    response = getattr(client, method)(reverse("account_signup"), form)

    assert "account/signup_closed.html" in [t.name for t in response.templates]
    assert User.objects.count() == 0


@pytest.mark.parametrize(
    "address", ("/en/account/email/", "/en/account/confirm-email/")
)
def test_the_pages_for_addresses_lead_to_the_profile(
    client: Client, address: str
) -> None:
    assert client.get(address).url == "/en/account/profile/"


def with_app(user: User) -> str:
    """Give ``user`` an authenticator app and return its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def test_the_second_step_is_asked_for_after_the_code(
    client: Client, city: User
) -> None:
    with_app(city)
    recovery = RecoveryCodes.activate(city).get_unused_codes()[0]

    ask_for_code(client, city.email)
    form = {"code": code_in(mail.outbox[0])}
    response = client.post(reverse("account_confirm_login_code"), form)
    assert response.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    assert client.get(response.url).status_code == 200
    client.post(response.url, {"code": recovery})

    assert client.session["_auth_user_id"] == str(city.pk)


@pytest.mark.parametrize("role", Role)
def test_staff_set_up_a_second_factor_before_anything_else(
    client: Client, settings: Settings, role: str, request: pytest.FixtureRequest
) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    user = request.getfixturevalue(role)
    client.force_login(user)

    response = client.get(reverse("accounts:profile"))
    if role == Role.CITY:
        assert response.status_code == 200
    else:
        assert response.url == reverse("mfa_index")


def test_setting_it_up_and_signing_out_stay_open(
    client: Client, settings: Settings, coordinator: User
) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    client.force_login(coordinator)

    names = ("mfa_index", "mfa_activate_totp", "usersessions_list", "account_logout")
    answers = [client.get(reverse(name)) for name in names]
    assert {a.url.split("?")[0] for a in answers if a.status_code == 302} <= {
        reverse("account_reauthenticate")
    }
    with_app(coordinator)
    assert client.get(reverse("accounts:profile")).status_code == 200


def test_an_address_that_only_looks_like_sign_in_is_not_open(
    client: Client, settings: Settings, administrator: User
) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    client.force_login(administrator)

    assert client.get(reverse("accounts:users")).url == reverse("mfa_index")


def test_signing_out_everywhere_else_ends_other_sessions(city: User) -> None:
    city.set_password(PASSWORD)
    city.save()
    here, there = Client(), Client()
    for client in (here, there):
        by_password(client, city)
    assert here.get(reverse("usersessions_list")).context["session_count"] == 2

    here.post(reverse("usersessions_list"))

    assert here.get(reverse("accounts:profile")).status_code == 200
    assert there.get(reverse("accounts:profile")).status_code == 302


def test_an_app_is_set_up_and_every_page_about_it_answers(
    client: Client, city: User
) -> None:
    city.set_password(PASSWORD)
    city.save()
    by_password(client, city)
    setting_up = reverse("mfa_activate_totp")
    again = client.get(setting_up)
    assert again.url.split("?")[0] == reverse("account_reauthenticate")
    assert client.get(again.url).status_code == 200
    assert client.post(again.url, {"password": PASSWORD}).url == setting_up

    assert client.get(setting_up).status_code == 200
    code = code_now(client.session["mfa.totp.secret"])
    client.post(reverse("mfa_activate_totp"), {"code": code})

    assert Authenticator.objects.filter(user=city, type="totp").exists()
    pages = (
        "mfa_index",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_deactivate_totp",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_reauthenticate",
        "account_change_password",
        "account_reauthenticate",
    )
    answers = {name: client.get(reverse(name)).status_code for name in pages}
    assert answers == dict.fromkeys(pages, 200)


def code_now(secret: str) -> str:
    """Return what an authenticator app shows now."""
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


@pytest.mark.parametrize(
    "typed",
    ("kas\u0131a@example.org", "\u212aasia@example.org", "ka\u017fia@example.org",
     "KAS\u0130A@example.org", "kasia@examp\u217ce.org"),
)  # fmt: skip
def test_a_code_goes_to_her_own_address_whatever_looks_like_it(
    client: Client, typed: str
) -> None:
    """Letters that become others in capitals, small letters or names of domains."""
    make_user("Kasia", email="kasia@example.org")
    ask_for_code(client, typed)
    assert len(mail.outbox) == 1
    has_code = re.search(r"^\w{4}-\w{4}$", str(mail.outbox[0].body), re.MULTILINE)
    is_hers = mail.outbox[0].to == ["kasia@example.org"]
    # Others read only that nobody signs in with their address.
    assert bool(has_code) == is_hers
