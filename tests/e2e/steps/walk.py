"""Those who walk through the chain, what they opened on the way, and the mail they got."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Frame, Page, expect

from mosty.accounts.models import User
from mosty.audit.actors import SYSTEM
from mosty.outbox import tasks
from mosty.outbox.models import Message
from mosty.selection.actions import calculations
from mosty.selection.models import Calculation
from tests.fixtures.browser import NewPage

SLUG = "autumn"
# A link as it stands in a message, whole.
LINK = re.compile(r"https?://\S+/link/\S+")
MOST_TABS = 60


# Without slots: playwright notes its own on whatever owns a handler.
@dataclass
class Walk:
    """One walk through the chain."""

    new_page: NewPage
    course: int
    # Addresses that somebody opened who was signed in.
    visited: set[str] = field(default_factory=set)

    def sign_in(self, user: User, address: str = "") -> Page:
        """Return a page of ``user``, at ``address`` below the English site."""
        page = self.new_page(user)
        page.on("framenavigated", self._note)
        page.goto(f"/en/{address}")
        return page

    def follow(self, page: Page, path: str) -> None:
        """Open a link of a message; it must answer, and in the language it was sent in."""
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200
        expect(page.locator("html")).to_have_attribute("lang", path.split("/")[1])

    def _note(self, frame: Frame) -> None:
        if frame.parent_frame is None and frame.url.startswith("http"):
            self.visited.add(urlsplit(frame.url).path)


def press(page: Page, name: str) -> None:
    """Press the button of that name, whole."""
    page.get_by_role("button", name=name, exact=True).click()


def open_link(page: Page, name: str) -> None:
    """Follow the link whose name begins so."""
    page.get_by_role("link", name=re.compile(f"^{re.escape(name)}")).first.click()


def said(page: Page, text: str) -> None:
    """Wait until the page says so after an act."""
    expect(page.get_by_role("status").filter(has_text=text)).to_be_visible()


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until what ``selector`` names has the focus."""
    for _press in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("(it) => document.activeElement.matches(it)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached with the Tab key")


def work() -> None:
    """Make the draws and trials that wait, as the worker would."""
    for waiting in Calculation.objects.filter(state=Calculation.State.WAITING):
        calculations.carry_out(calculation=waiting.pk, actor=SYSTEM, now=timezone.now())


def deliver() -> None:
    """Send what was released, by the task that the worker would run."""
    for message in Message.objects.filter(state=Message.State.RELEASED):
        tasks.send(message=message.pk)


def link_for(address: str, purpose: str) -> str:
    """Return the path of the last link for ``purpose`` that was sent to ``address``."""
    found = [
        match[0]
        for message in mail.outbox
        if any(address in to for to in message.to)
        for match in LINK.finditer(str(message.body))
        if f"/link/{purpose}/" in match[0]
    ]
    assert found, f"no link to {purpose} was sent to {address}"
    assert found[-1].startswith(settings.BASE_URL)
    return found[-1].removeprefix(settings.BASE_URL)
