"""
Phones that scan the screen and send the form; import it after ``django.setup``.

Each is a browser of its own with its own cookies, as the check-in tells phones apart.
"""

import random
import re
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from statistics import median, quantiles
from urllib.parse import urlencode

from django.utils import timezone

from bench.client import Answer, Browser
from bench.delivery.fill import Phone
from bench.systems import expect
from mosty.inbox.models import Receipt
from mosty.programmes.models import Session
from mosty.training import checkin
from mosty.training.models import Mark

HIDDEN = re.compile(r'type="hidden" name="(\w+)" value="([^"]+)"')
SEED = 1
# More than are ever on the way at once when they come over a minute.
HANDS = 64


def address(session: Session) -> str:
    """Return where the code leads that the screen shows now."""
    return f"/pl/check-in/{session.pk}/{checkin.code(session, timezone.now())}/"


def scan(
    browser: Browser, session: Session, phone: Phone
) -> tuple[str, dict[str, str]]:
    """Open the page that the screen's code leads to; return where the form goes, and the form."""
    path = address(session)
    answer = expect(browser.get(path), 200, path, 'name="ticket"')
    return path, {
        **dict(HIDDEN.findall(answer.text)),
        "code": phone.code,
        "family_name": phone.family_name,
    }


def forms(port: int, session: Session, phones: Sequence[Phone]) -> list[bytes]:
    """Return what each phone sends when it has scanned: the whole request."""
    return list(_forms(port, session, phones))


def _forms(port: int, session: Session, phones: Sequence[Phone]) -> Iterator[bytes]:
    for phone in phones:
        browser = Browser(port)
        path, form = scan(browser, session, phone)
        browser.close()
        body = urlencode(form).encode()
        cookies = "; ".join(
            f"{name}={value}" for name, value in browser.cookies.items()
        )
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Language: pl\r\n"
            f"Cookie: {cookies}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        yield head.encode() + body


def over(
    seconds: float, port: int, session: Session, phones: Sequence[Phone]
) -> dict[str, float]:
    """
    Let ``phones`` check in at random moments of so many ``seconds``, each as a person does.

    Scan, send, read the page that follows. Returns the times of sending, and those of
    all three requests together.
    """
    source = random.Random(SEED)
    moments = sorted(source.uniform(0, seconds - 2) for _phone in phones)
    began = time.perf_counter()

    def one(phone: Phone, moment: float) -> tuple[float, float]:
        time.sleep(max(0, began + moment - time.perf_counter()))
        browser = Browser(port)
        start = time.perf_counter()
        path, form = scan(browser, session, phone)
        sent = _sent(browser, path, form)
        done = sent.location
        expect(browser.get(done), 200, done, phone.family_name)
        browser.close()
        return sent.seconds, time.perf_counter() - start

    with ThreadPoolExecutor(HANDS) as hands:
        found = list(hands.map(one, phones, moments))
    return {
        **spread([sending for sending, _all in found]),
        "all_median": median(whole for _sending, whole in found) * 1000,
        "seconds": time.perf_counter() - began,
    }


def _sent(browser: Browser, path: str, form: dict[str, str]) -> Answer:
    return expect(browser.post(path, form), 302, path)


def spread(seconds: Sequence[float]) -> dict[str, float]:
    """Return median and 95th percentile in milliseconds."""
    return {
        "median": median(seconds) * 1000,
        "p95": quantiles(seconds, n=20)[-1] * 1000,
    }


def counted(session: Session, receipts_before: int) -> dict[str, int]:
    """Return what the database has of a session: marks, people, receipts."""
    marks = Mark.objects.filter(session=session)
    return {
        "marks": marks.count(),
        "people": marks.values("offer").distinct().count(),
        "receipts": Receipt.objects.count() - receipts_before,
    }
