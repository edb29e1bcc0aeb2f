"""A small browser: one connection, cookies, no waiting for anything but the answer."""

import http.client
import re
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

TOKEN = re.compile(r'name="?csrfmiddlewaretoken"?[^>]*value="?([A-Za-z0-9]+)')
PATIENCE = 60
# Servers hang up on whoever is silent for longer.
SILENCE = 5


class BadAnswer(Exception):
    """A system answered something else than the page that was to be measured."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and after how long."""

    status: int
    text: str
    location: str
    size: int
    seconds: float


@dataclass(slots=True)
class Browser:
    """Speaks to one system, which listens on ``port`` of this machine."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    _connection: http.client.HTTPConnection | None = None
    _last: float = 0

    def get(self, path: str) -> Answer:
        """Return the page at ``path``; redirections are not followed."""
        return self._ask("GET", path, None)

    def follow(self, path: str) -> tuple[str, Answer]:
        """Return where redirections from ``path`` end, and the page there."""
        answer = self.get(path)
        while answer.location:
            path = path_of(answer.location)
            answer = self.get(path)
        return path, answer

    def post(self, path: str, form: Mapping[str, str]) -> Answer:
        """Send a form."""
        return self._ask("POST", path, urlencode(form).encode())

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _ask(self, method: str, path: str, body: bytes | None) -> Answer:
        headers = {"Accept-Language": "pl", "Host": f"127.0.0.1:{self.port}"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        start = time.perf_counter()
        if start - self._last > SILENCE:
            self.close()
        if self._connection is None:
            self._connection = http.client.HTTPConnection(
                "127.0.0.1", self.port, timeout=PATIENCE
            )
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        content = response.read()
        self._last = time.perf_counter()
        seconds = self._last - start
        for header in response.headers.get_all("Set-Cookie") or ():
            for name, morsel in SimpleCookie(header).items():
                self.cookies[name] = morsel.value
        location = response.headers.get("Location", "")
        if response.will_close:
            self.close()
        return Answer(
            response.status,
            content.decode("utf-8", "replace"),
            location,
            len(content),
            seconds,
        )


def path_of(location: str) -> str:
    """Return a redirection's target as a path on the same system."""
    parts = urlsplit(location)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def token_in(text: str) -> str:
    """
    Return the token that a page's form carries.

    :raises BadAnswer: if there is none.
    """
    found = TOKEN.search(text)
    if found is None:
        raise BadAnswer("There is no form on the page.")
    return found.group(1)


def rate(tasks: Sequence[Callable[[], object]], seconds: float) -> float:
    """
    Return requests per second when all ``tasks`` are repeated side by side.

    Each task runs in a thread of its own, for so many ``seconds`` but at least once.
    """
    faults: list[BaseException] = []
    gate = threading.Barrier(len(tasks))
    ends: list[float] = []
    counts: list[int] = []
    starts: list[float] = []

    def work(task: Callable[[], object]) -> None:
        gate.wait()
        count, start = 0, time.perf_counter()
        end = start
        try:
            while not count or end < start + seconds:
                task()
                count, end = count + 1, time.perf_counter()
        except (BadAnswer, OSError, http.client.HTTPException) as fault:
            faults.append(fault)
        starts.append(start)
        ends.append(end)
        counts.append(count)

    threads = [threading.Thread(target=work, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return sum(counts) / (max(ends) - min(starts))
