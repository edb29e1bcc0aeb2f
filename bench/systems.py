"""The three systems as their users meet them: which page is asked for, and how."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import cycle
from typing import Any, Protocol
from uuid import uuid4

from bench.client import Answer, BadAnswer, Browser, path_of, token_in
from bench.ours.form import filled_in

Ask = Callable[[], Answer]
# Page -> how one visitor asks for it.
Pages = Mapping[str, Ask]
# Rows of a list's page; the searches find more than that.
SIZE = 50
# Django accepts the bare secret as token, too.
TOKEN = "c" * 32
PEER_SIGN_IN = {"login_email": "speaker@example.org", "login_password": "speakerpw123!"}
PEER_ORGANISER = {"login_email": "admin@example.org", "login_password": "adminpw123!"}


class System(Protocol):
    """What is measured; ``visitor`` gives each thread connections of its own."""

    def visitor(self, number: int) -> Pages:
        """Return the pages for one visitor."""


def page(browser: Browser, path: str, holds: str, times: int = 1) -> Ask:
    """Return how to get a page that must hold a text so many times."""

    def ask() -> Answer:
        return expect(browser.get(path), 200, path, holds, times)

    return ask


def expect(
    answer: Answer, status: int, path: str, holds: str = "", times: int = 1
) -> Answer:
    """
    Return the answer if it is the right page.

    :raises BadAnswer: if it is another.
    """
    if answer.status != status or answer.text.count(holds) < times:
        raise BadAnswer(f"{path}: {answer.status}, without {times} times {holds!r}")
    return answer


@dataclass(frozen=True, slots=True)
class Mosty:
    """Mosty; ``filled`` is what :mod:`bench.ours.fill` printed."""

    port: int
    filled: Mapping[str, Any]

    def visitor(self, number: int) -> Pages:
        """Sign a secretariat in, and contacts of cities that no other visitor has."""
        call, word = self.filled["call"], self.filled["word"]
        secretariat = self._browser(self.filled["secretariat"])
        rows = f"/pl/calls/{call}/nominations/"
        own = self.filled["contacts"][number::8]
        contacts = [
            (self._browser(one["session"]), f"/pl/calls/{call}/city/{one['city']}/new/")
            for one in own
        ]
        form, form_path = contacts[0]
        return {
            "list": page(secretariat, rows, 'name="code"', SIZE),
            "list100": page(secretariat, f"{rows}?size=100", 'name="code"', 100),
            "search": page(secretariat, f"{rows}?q={word}", word, SIZE),
            "call": page(
                Browser(self.port),
                f"/pl/{self.filled['programme']}/calls/{call}/",
                f"Szkolenie {call}",
            ),
            "form": page(form, form_path, 'name="family_name"'),
            "submit": _submit(cycle(contacts)),
        }

    def _browser(self, session: str) -> Browser:
        return Browser(self.port, {"sessionid": session, "csrftoken": TOKEN})


def _submit(contacts: Iterator[tuple[Browser, str]]) -> Ask:
    """Return how to nominate somebody new, for one city after the other."""

    def ask() -> Answer:
        browser, path = next(contacts)
        sent = filled_in(str(uuid4())) | {"csrfmiddlewaretoken": TOKEN}
        return expect(browser.post(path, sent), 302, path)

    return ask


@dataclass(frozen=True, slots=True)
class Floor:
    """The bare Django project."""

    port: int
    filled: Mapping[str, Any]

    def visitor(self, number: int) -> Pages:
        """Show the list, store a row."""
        browser, call = Browser(self.port), self.filled["call_id"]
        city = self.filled["contacts"][number]["city_id"]
        path = f"/insert/{call}/"

        def insert() -> Answer:
            sent = filled_in(str(uuid4())) | {"organisation": city}
            return expect(browser.post(path, sent), 302, path)

        return {
            "list": page(browser, f"/list/{call}/", "</tr>", SIZE),
            "submit": insert,
        }


class Peer:
    """pretalx; everybody signs in once, and visitors share the sessions."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._organiser = self._sign_in("/orga/login/", PEER_ORGANISER)
        self._speaker = self._sign_in("/bench/login/", PEER_SIGN_IN)

    def visitor(self, number: int) -> Pages:
        """Sign the organiser in, and a speaker."""
        organiser = Browser(self.port, dict(self._organiser))
        rows = "/orga/event/bench/submissions/"
        speaker = Browser(self.port, dict(self._speaker))
        return {
            "list": page(organiser, rows, "user-name-display", SIZE),
            "search": page(organiser, f"{rows}?q=Nomination+77", "Nomination 77", SIZE),
            "call": page(Browser(self.port), "/bench/cfp", "/bench/submit/"),
            "form": lambda: speaker.follow("/bench/submit/")[1],
            "submit": lambda: _propose(speaker),
        }

    def _sign_in(self, path: str, form: Mapping[str, str]) -> dict[str, str]:
        browser = Browser(self.port)
        token = token_in(browser.get(path).text)
        expect(browser.post(path, {**form, "csrfmiddlewaretoken": token}), 302, path)
        browser.close()
        return browser.cookies


def _propose(speaker: Browser) -> Answer:
    """
    Submit a proposal in the peer's two steps; the last one, which stores it, counts.
    """
    path, form = speaker.follow("/bench/submit/")
    first = speaker.post(
        path,
        {
            "csrfmiddlewaretoken": token_in(form.text),
            "title": f"Measured {uuid4()}",
            "submission_type": "1",
            "content_locale": "en",
            "abstract": "A fictional proposal, made to be measured. " * 3,
        },
    )
    path = path_of(expect(first, 302, path).location)
    profile = expect(speaker.get(path), 200, path, "biography")
    last = speaker.post(
        path,
        {
            "csrfmiddlewaretoken": token_in(profile.text),
            "name": "Speaker (fictional)",
            "biography": "None.",
        },
    )
    return expect(last, 302, path)
