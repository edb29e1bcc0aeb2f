"""The site as it is served: several processes, none of which shares a connection."""

import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.fixtures.processes import free_port

PAGES = ("/en/", "/pl/", "/health/", "/en/open-calls/")


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
