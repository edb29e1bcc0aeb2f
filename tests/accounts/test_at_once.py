"""A code for signing in is good once, also for two who use it in one moment."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from mosty.accounts.models import User
from tests.accounts.test_sign_in import ask_for_code, code_in
from tests.fixtures.together import at_the_ledger

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _fresh_rate_limits() -> None:
    cache.clear()


def test_a_code_by_a_double_click_signs_in_once(city: User) -> None:
    first = Client()
    ask_for_code(first, city.email)
    sent = {"code": code_in(mail.outbox[0])}
    address = reverse("account_confirm_login_code")

    def press() -> tuple[int, bool]:
        own = Client()
        own.cookies = first.cookies.copy()
        answer = own.post(address, sent)
        return answer.status_code, "_auth_user_id" in own.session

    said = at_the_ledger([press, press])
    assert [status for status, _is_in in said] == [302, 302]
    assert any(is_in for _status, is_in in said)
