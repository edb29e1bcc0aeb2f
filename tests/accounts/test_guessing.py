"""Who guesses or floods at the door: the limits of sign-in, and that they say so."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.auth import hashers
from django.core import mail
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from mosty.accounts.models import User
from tests.factories import make_user

pytestmark = pytest.mark.django_db
PASSWORD = "a password of some length"
WRONG = "no"


@pytest.fixture(autouse=True)
def _fresh_rate_limits() -> None:
    cache.clear()


@pytest.fixture
def user() -> User:
    made = make_user("Ewa Nowak")
    made.set_password(PASSWORD)
    made.save()
    return made


def sign_in(client: Client, login: str, password: str = WRONG) -> HttpResponse:
    sent = {"login": login, "password": password}
    return client.post(reverse("account_login"), sent)


def ask_for_code(client: Client, email: str) -> HttpResponse:
    return client.post(reverse("account_request_login_code"), {"email": email})


def forget(client: Client, email: str) -> HttpResponse:
    return client.post(reverse("account_reset_password"), {"email": email})


@pytest.mark.parametrize(
    ("ask", "most", "wait"), ((sign_in, 5, "300"), (ask_for_code, 3, "300"), (forget, 3, "60"))
)  # fmt: skip
@pytest.mark.parametrize("known", (True, False))
def test_one_account_is_tried_a_few_times(
    user: User, ask: Callable[..., HttpResponse], most: int, wait: str, known: bool
) -> None:
    """Wherever from, and whether there is such an account or not."""
    email = user.email if known else "nobody@example.org"
    answers = [
        ask(Client(REMOTE_ADDR=f"192.0.2.{number}"), email)
        for number in range(most + 1)
    ]
    assert 429 not in {answer.status_code for answer in answers[:most]}
    assert (answers[most].status_code, answers[most]["Retry-After"]) == (429, wait)


def test_one_office_is_not_locked_out_by_one_person(user: User) -> None:
    """Behind one address ten colleagues sign in while one has forgotten her password."""
    for _try in range(9):
        sign_in(Client(), "ewa.other@example.org")
    for number in range(10):
        colleague = make_user(f"Colleague {number}")
        colleague.set_password(PASSWORD)
        colleague.save()
        assert sign_in(Client(), colleague.email, PASSWORD).status_code == 302


def test_one_address_tries_no_list_of_accounts() -> None:
    answers = [
        sign_in(Client(), f"user{number}@example.org").status_code
        for number in range(21)
    ]
    assert (set(answers[:20]), answers[20]) == ({200}, 429)


def test_a_second_factor_is_not_guessed(client: Client, user: User) -> None:
    Authenticator.objects.create(
        user=user, type=Authenticator.Type.TOTP, data={"secret": "A" * 32}
    )
    RecoveryCodes.activate(user)
    sign_in(client, user.email, PASSWORD)
    codes = [
        client.post(reverse("mfa_authenticate"), {"code": f"00000{number}"})
        for number in range(6)
    ]
    assert {answer.status_code for answer in codes[:5]} == {200}
    assert (codes[5].status_code, codes[5]["Retry-After"]) == (429, "300")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("known", (True, False))
def test_a_wrong_password_is_as_much_work_for_nobody(
    user: User, monkeypatch: pytest.MonkeyPatch, known: bool
) -> None:
    """How long the answer takes does not tell who has an account."""
    hasher = hashers.get_hasher()
    worked = []
    encode = type(hasher).encode
    monkeypatch.setattr(
        type(hasher),
        "encode",
        lambda self, *given, **more: worked.append(1) or encode(self, *given, **more),
    )
    answer = sign_in(Client(), user.email if known else "nobody@example.org")
    assert "are not correct" in answer.content.decode()
    assert len(worked) == 1


def test_a_forgotten_password_is_the_same_page_and_one_message(user: User) -> None:
    answers = [
        (answer.status_code, answer["Location"])
        for email in (user.email, "nobody@example.org")
        for answer in [forget(Client(), email)]
    ]
    assert answers[0] == answers[1]
    assert [message.to for message in mail.outbox] == [
        [user.email],
        ["nobody@example.org"],
    ]
