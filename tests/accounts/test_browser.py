"""Signing in as people do it, in a browser."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from playwright.sync_api import Page

from mosty.accounts.models import User
from tests.fixtures.browser import NewPage

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("script", (True, False))
def test_a_user_signs_in_with_a_code(
    new_page: NewPage, axe: Callable[[Page], None], city: User, script: bool
) -> None:
    page = new_page(width=390, dark=script, script=script)
    page.goto("/en/account/profile/")
    page.get_by_label("E-mail", exact=True).first.fill(city.email)
    page.get_by_role("button", name="Send me a sign-in code").click()
    # Until then the check could look at the page before.
    page.get_by_label("Code").wait_for()
    if script:
        axe(page)
    code = re.search(r"\w{4}-\w{4}", str(mail.outbox[0].body))
    assert code

    page.get_by_label("Code").fill(code[0])
    page.get_by_role("button", name="Sign in").click()

    # She is where she wanted to be before she was asked to sign in.
    page.get_by_role("heading", name="Your profile").wait_for()
    assert page.get_by_label("Full name").input_value() == "Celina Cisek"
    if script:
        axe(page)
