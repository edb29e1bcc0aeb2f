"""The site as it is served: several processes, none of which shares a connection."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from mosty.config.management.commands.serve import Watched

PAGES = ("/en/", "/pl/", "/health/", "/en/open-calls/")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def served(environment: dict[str, str]) -> Iterator[str]:
    """Return the address of ``mosty serve`` with two processes on this test's database."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "mosty.config.cli", "serve", "--port", str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    site = f"http://127.0.0.1:{port}"
    try:
        for _attempt in range(150):
            try:
                urllib.request.urlopen(f"{site}/health/", timeout=5)
                break
            except OSError:
                time.sleep(0.2)
        yield site
    finally:
        process.terminate()
        process.wait(timeout=30)


def status(address: str) -> int:
    with urllib.request.urlopen(address, timeout=20) as answer:
        answer.read()
        return int(answer.status)


def test_many_visitors_at_once_all_get_their_own_answer(served):
    wanted = [f"{served}{PAGES[number % len(PAGES)]}" for number in range(240)]
    with ThreadPoolExecutor(12) as pool:
        assert set(pool.map(status, wanted)) == {200}


def test_a_worker_that_dies_is_started_again_until_the_site_stops():
    started = []

    def start() -> subprocess.Popen[bytes]:
        last = 100 if len(started) == 2 else 0
        one = subprocess.Popen(
            [sys.executable, "-c", f"import time; time.sleep({last})"]
        )
        started.append(one)
        return one

    watched = Watched(start, look_every=0.02)
    for _look in range(500):
        if len(started) == 3:
            break
        time.sleep(0.02)
    watched.stop()
    # Two died by themselves; the third, which would go on, was ended.
    assert [one.returncode for one in started] == [0, 0, -15]
