"""What every answer says to the browser, and what an installation over HTTPS adds."""

import json
import os
import subprocess
import sys

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_user

pytestmark = pytest.mark.django_db
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}


@pytest.mark.parametrize(
    ("address", "status"),
    (("/en/", 200), ("/en/account/login/", 200), ("/en/none/", 404), ("/en/%00/", 400)),
)
def test_every_answer_guards_itself(client: Client, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert {name: answer[name] for name in ALWAYS} == ALWAYS
    found = {one.strip() for one in answer["Content-Security-Policy"].split(";")}
    assert found == POLICY


def test_no_other_host_is_answered_for(client: Client) -> None:
    """Not even in a message: the address in it would lead there."""
    user = make_user("Ewa Nowak")
    forged = {"HTTP_HOST": "evil.example"}
    assert client.get("/en/", **forged).status_code == 400
    sent = client.post(
        reverse("account_reset_password"), {"email": user.email}, **forged
    )
    assert sent.status_code == 400


def test_a_proxy_that_was_not_named_says_nothing_of_hosts(client: Client) -> None:
    answer = client.get("/en/account/profile/", HTTP_X_FORWARDED_HOST="evil.example")
    assert answer["Location"] == "/en/account/login/?next=/en/account/profile/"


@pytest.mark.parametrize(
    "where",
    (
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "https:evil.example",
        "javascript:alert(1)",
        "\t//evil.example",
    ),
)
def test_signing_in_leads_to_no_other_site(client: Client, where: str) -> None:
    user = make_user("Ewa Nowak")
    user.set_password("a password of some length")
    user.save()
    form = {"login": user.email, "password": "a password of some length", "next": where}
    assert client.post("/en/account/login/", form)["Location"] == "/en/today/"


WANTED = """
import json, django
django.setup()
from django.conf import settings
from django.core.management import call_command
call_command("check", deploy=True, fail_level="WARNING")
names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE",
    "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SESSION_COOKIE_HTTPONLY",
    "SESSION_COOKIE_SAMESITE", "CSRF_COOKIE_SAMESITE")
print(json.dumps({name: getattr(settings, name) for name in names}))
"""


def test_over_https_nothing_travels_in_the_clear(tmp_path) -> None:
    """Django's own checks for an installation find nothing, as an installation is set."""
    environment = {
        **os.environ,
        "MOSTY_BASE_URL": "https://mosty.example",
        "MOSTY_HOSTS": "mosty.example",
        "MOSTY_SECRET_KEY": "aB3-cdefgh" * 6,
        "MOSTY_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "mosty.config.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", WANTED],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == {
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "LANGUAGE_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_SAMESITE": "Lax",
    }
