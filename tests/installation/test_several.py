"""Two web processes and two workers beside each other, on one database."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.client import Browser, token_in
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from mosty.accounts.models import Role
from mosty.audit.actors import SYSTEM
from mosty.outbox import actions as outbox
from mosty.outbox.models import Message
from mosty.training.views.checking import MOST
from tests.factories.accounts import make_grant, make_user
from tests.factories.outbox import make_message
from tests.fixtures.processes import free_port

MESSAGES = 60
PATIENCE = 120


@contextmanager
def running(environment: dict[str, str], *words: str) -> Iterator[None]:
    """Let a command of ours run as long as the block."""
    process = subprocess.Popen(
        [sys.executable, "-m", "mosty.config.cli", *words],
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def answers(port: int) -> Browser:
    """Return a browser at a server as soon as that one answers."""
    until = time.monotonic() + PATIENCE
    while True:
        browser = Browser(port)
        try:
            browser.get("/health/")
        except OSError:
            assert time.monotonic() < until
            time.sleep(0.1)
        else:
            return browser


def test_what_one_process_does_holds_in_the_other(
    environment: dict[str, str], tmp_path: Path
) -> None:
    environment = {**environment, "MOSTY_DEMO": "yes"}
    contact = make_user("Demo Dora", is_demo=True)
    make_grant(contact, Role.AUDITOR)
    drafts = [make_message() for _number in range(MESSAGES)]
    outbox.release(
        messages=[one.pk for one in drafts], actor=SYSTEM, now=timezone.now()
    )
    first_port, second_port = free_port(), free_port()
    with ExitStack() as stack:
        for port in (first_port, second_port):
            words = ("serve", "--workers", "1", "--port", str(port))
            stack.enter_context(running(environment, *words))
        for _worker in range(2):
            stack.enter_context(running(environment, "worker"))
        first, second = answers(first_port), answers(second_port)
        stack.callback(first.close)
        stack.callback(second.close)

        _signs_in_and_out(first, second, contact.pk)
        _is_limited(first, second)
        _until_all_are_sent()
        # Workers look for periodic jobs as soon as they begin.
        time.sleep(1)

    # Each message left once, whichever of the workers took it.
    mails = [path.read_text() for path in (tmp_path / "mail").iterdir()]
    receivers = [
        to for mail in mails for to in re.findall("^To: .*<(.+)>$", mail, re.M)
    ]
    assert sorted(receivers) == sorted(one.to_email for one in drafts)
    sent = Message.objects.values_list("state", "attempts").distinct()
    assert list(sent) == [("sent", 1)]
    # Each periodic job was queued once for its moment, though both workers saw it come.
    queued, twice = _periodic()
    assert queued > 0
    assert twice == 0


def _signs_in_and_out(first: Browser, second: Browser, user: int) -> None:
    """Sign in at one, look and sign out at the other: the first knows."""
    today = reverse("office:today")
    page = first.get(reverse("account_login"))
    form = {"csrfmiddlewaretoken": token_in(page.text)}
    assert first.post(reverse("accounts:demo_sign_in", args=[user]), form).status == 302
    second.cookies = first.cookies
    assert [one.get(today).status for one in (first, second)] == [200, 200]
    page = second.get(reverse("account_logout"))
    form = {"csrfmiddlewaretoken": token_in(page.text)}
    assert second.post(reverse("account_logout"), form).status == 302
    second.cookies = {**first.cookies}
    assert [one.get(today).status for one in (first, second)] == [302, 302]


def _is_limited(first: Browser, second: Browser) -> None:
    """Guess at both in turn: they count together."""
    page = reverse("training:check", args=["2026-BBBB-BBBBB"])
    found = [(first, second)[number % 2].get(page).status for number in range(MOST + 2)]
    assert found == [404] * MOST + [429] * 2


def _until_all_are_sent() -> None:
    until = time.monotonic() + PATIENCE
    while Message.objects.exclude(state=Message.State.SENT).exists():
        assert time.monotonic() < until
        time.sleep(0.1)


def _periodic() -> tuple[int, int]:
    """Return how many periodic jobs were queued, and how many of them twice."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select task_name, args ->> 'timestamp', count(*) from procrastinate_jobs"
            " where args ? 'timestamp' group by 1, 2"
        )
        counts = [row[2] for row in cursor.fetchall()]
    return len(counts), sum(count > 1 for count in counts)
