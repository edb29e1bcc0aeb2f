"""Opens any page of the table, in the role it is for, and keeps what went wrong on it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Request,
    Response,
    ViewportSize,
)
from playwright.sync_api import Page as Tab

from mosty.accounts.models import Role
from tests.e2e.academy import Academy
from tests.e2e.pages import Page
from tests.fixtures.browser import RULES

AXE = Axe().axe_script
FIND = """async options => (await axe.run(document, options)).violations.flatMap(
  rule => rule.nodes.map(node => `${rule.id}: ${node.target[0]}`))"""

# Charts come when they are scrolled to, and others in the dark: those that show, now.
SETTLE = """() => Promise.all([...document.images].filter(one => one.offsetParent).map(
  one => { one.loading = "eager"; return one.decode().catch(() => {}); }))"""


@dataclass(frozen=True, slots=True)
class How:
    """How a page is looked at."""

    language: str = "en"
    width: int = 1280
    height: int = 900
    dark: bool = False


def sessions(academy: Academy) -> dict[str, str]:
    """Sign in the first demo user of each role, and return their sessions' keys."""
    made = {}
    for role in Role.values:
        client = Client()
        client.force_login(academy.user(role))
        made[role] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return made


# Without slots: playwright notes its own on whatever owns a handler.
@dataclass
class Visitor:
    """Keeps one browser context for each role: a new one fetches everything again."""

    browser: Browser
    site: str
    academy: Academy
    signed_in: Mapping[str, str]
    faults: list[str] = field(default_factory=list)
    _tabs: dict[str, Tab] = field(default_factory=dict)
    _last: Tab | None = None

    def open(self, page: Page, how: How) -> Tab:
        """Open ``page``; afterwards ``faults`` holds what its visit brought to light."""
        tab = self._tabs.get(page.role) or self._new(page.role)
        if self._last not in {None, tab}:
            # Pages that show progress would go on asking.
            self._last.goto("about:blank")
        self._last = tab
        self.faults.clear()
        tab.set_extra_http_headers({"Accept-Language": how.language})
        self._take(tab, how)
        answer = tab.goto(page.path(self.academy, how.language))
        assert answer is not None
        assert answer.status == page.status, f"answered {answer.status}"
        tab.evaluate(SETTLE)
        return tab

    def look(self, tab: Tab, how: How) -> None:
        """Look at the page that is open in another way; its language stays."""
        self._take(tab, how)
        tab.evaluate(SETTLE)

    def _take(self, tab: Tab, how: How) -> None:
        size = {"width": how.width, "height": how.height}
        if tab.viewport_size != size:
            tab.set_viewport_size(ViewportSize(width=how.width, height=how.height))
        tab.emulate_media(color_scheme="dark" if how.dark else "light")

    def violations(self, tab: Tab, *, colours: bool = True) -> list[str]:
        """
        Return the accessibility rules that the page breaks, and by what.

        Without ``colours`` contrast is not looked at, which takes most of the time: it is
        the same in every language.
        """
        options = {
            "runOnly": {"type": "tag", "values": RULES},
            "rules": {"color-contrast": {"enabled": colours}},
            # Of what is in order axe tells little, and it fetches nothing again.
            "resultTypes": ["violations"],
            "preload": False,
        }
        found: list[str] = tab.evaluate(FIND, options)
        return found

    def close(self) -> None:
        """Close everything."""
        for tab in self._tabs.values():
            tab.context.close()

    def _new(self, role: str) -> Tab:
        context = self.browser.new_context(base_url=self.site, reduced_motion="reduce")
        context.set_default_timeout(20_000)
        # Once for all its pages: it is half a megabyte long.
        context.add_init_script(AXE)
        if role:
            self._sign_in(context, role)
        tab = self._tabs[role] = context.new_page()
        tab.on("request", self._note_foreign)
        tab.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        tab.on(
            "console",
            lambda said: (
                self.faults.append(f"console: {said.text}")
                if said.type in {"error", "warning"}
                and not re.search("404|410", said.text)
                else None
            ),
        )
        tab.on("response", self._note_missing)
        return tab

    def _sign_in(self, context: BrowserContext, role: str) -> None:
        name = settings.SESSION_COOKIE_NAME
        value = self.signed_in[role]
        context.add_cookies([{"name": name, "value": value, "url": self.site}])

    def _note_foreign(self, request: Request) -> None:
        """Note what is asked of others; stopping it would cost the browser its cache."""
        if not request.url.startswith((self.site, "data:", "blob:")):
            self.faults.append(f"asked for {request.url}")

    def _note_missing(self, response: Response) -> None:
        """Note what a page asks for beside itself and does not get."""
        if response.status >= 400 and response.request.resource_type != "document":
            self.faults.append(f"{response.status}: {response.url}")
