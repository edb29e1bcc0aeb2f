"""Somebody who has a keyboard and nothing else."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from playwright.sync_api import CDPSession
from playwright.sync_api import Page as Tab

# Who has pressed Tab so often on one page has lost her way.
MOST_TABS = 80

# What has the focus: whether any of it can be seen, and what shows that it has the focus.
# What covers it would be found at its middle; a box that a label's ring is drawn around is
# the label's.
_SEEN = """() => {
  const it = document.activeElement;
  if (!it || it === document.body) return "nothing has the focus";
  const style = getComputedStyle(it);
  const box = [...it.getClientRects()].find((one) => one.width > 1 && one.height > 1);
  if (!box) return "it has no size";
  const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
  const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
  if (right - left < 2 || bottom - top < 2) return "it is outside the window";
  const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  const label = it.labels?.[0];
  if (!over || !(it.contains(over) || over.contains(it) || label?.contains(over)))
    return `it is covered by ${over?.tagName}`;
  if (it.matches("main, [tabindex='-1']")) return "";
  // Where a box is drawn by what stands behind its control, so is the ring.
  const drawn = style.opacity === "0" ? getComputedStyle(it.nextElementSibling) : style;
  const ring = drawn.outlineStyle !== "none" && parseFloat(drawn.outlineWidth) >= 2;
  return ring ? "" : "nothing shows that it has the focus";
}"""


class Held(NamedTuple):
    """What has the focus, as a screen reader says it."""

    role: str
    name: str


# Without slots: playwright notes its own on whatever owns a handler.
@dataclass
class Keys:
    """
    A keyboard before one tab of the browser: presses keys, and reads what has the focus.

    It never points, and never gives the focus to anything: whatever is to be used must be
    reached. What has the focus must be seen, and be seen to have it.
    """

    tab: Tab
    # Keys that lead somewhere or press something; letters that are typed are not in it.
    presses: int = 0
    # What had the focus on this page, one after another.
    trail: list[Held] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Ask the browser itself for roles and names: it tells screen readers the same."""
        self._devtools: CDPSession = self.tab.context.new_cdp_session(self.tab)

    @property
    def at(self) -> Held:
        """Return what had the focus when a key was pressed last."""
        return self.trail[-1] if self.trail else Held("", "")

    @property
    def held(self) -> Held:
        """Return the role and the name of what has the focus."""
        found = self._devtools.send(
            "Runtime.evaluate", {"expression": "document.activeElement"}
        )
        asked = {"objectId": found["result"]["objectId"], "fetchRelatives": False}
        node = self._devtools.send("Accessibility.getPartialAXTree", asked)["nodes"][0]
        return Held(_value(node, "role"), _value(node, "name"))

    def press(self, *keys: str) -> None:
        """Press keys one after another, and look each time."""
        for key in keys:
            self.tab.keyboard.press(key)
            self.presses += 1
            self._look()

    def go_to(self, role: str, name: str) -> None:
        """Press Tab until that has the focus whose role it is and whose name begins so."""
        for _press in range(MOST_TABS):
            if self.at.role == role and self.at.name.startswith(name):
                return
            self.press("Tab")
        passed = "\n".join(f"{one.role}: {one.name}" for one in self.trail[-MOST_TABS:])
        raise AssertionError(f"{role} {name!r} cannot be reached; passed:\n{passed}")

    def skip(self) -> None:
        """Follow the link that skips to the content: the first thing on every page."""
        self.press("Tab")
        assert self.at == Held("link", "Skip to the content")
        self.press("Enter")

    def jump(self, name: str) -> None:
        """Follow a link within the page: what comes next stands where it leads."""
        self.go_to("link", name)
        target = self.tab.evaluate("() => document.activeElement.hash")
        self.tab.keyboard.press("Enter")
        self.press("Tab")
        self.presses += 1
        inside = "(it) => document.querySelector(it).contains(document.activeElement)"
        assert self.tab.evaluate(inside, target), f"{name} leads past {target}"

    def type(self, text: str) -> None:
        """Type into what has the focus."""
        self.tab.keyboard.type(text)

    def fill(self, name: str, text: str, role: str = "textbox") -> None:
        """Go to a field and type; what stands in it is chosen by coming to it."""
        self.go_to(role, name)
        self.type(text)

    def follow(self, name: str, role: str = "link") -> None:
        """Go to a link or a button, press it, and wait for the page it leads to."""
        self.go_to(role, name)
        self.enter()

    def enter(self) -> None:
        """Press what has the focus, and wait for the page it leads to."""
        # No navigation: an address without its "#main" would count as one.
        with self.tab.expect_event("load"):
            self.tab.keyboard.press("Enter")
        self.presses += 1
        self.trail.clear()

    def _look(self) -> None:
        self.trail.append(self.held)
        fault = self.tab.evaluate(_SEEN)
        assert not fault, f"{self.at}: {fault} ({self.tab.url})"


def _value(node: dict[str, Any], key: str) -> str:
    return str(node.get(key, {}).get("value", ""))
