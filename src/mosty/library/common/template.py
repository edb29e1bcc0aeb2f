"""The template of a practice: its parts, and how many words each may have."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext


@dataclass(frozen=True, slots=True)
class Part:
    """One text of the template. With no least number of words and no need, it may lack."""

    label: str | Promise
    most: int
    least: int = 0
    required: bool = True


# As the European Website on Integration asks for them.
PARTS: Mapping[str, Part] = {
    "title": Part(gettext_lazy("Title"), 15),
    "summary": Part(gettext_lazy("Summary"), 100, 75),
    "issue": Part(gettext_lazy("Issue and goals"), 150, 100),
    "how": Part(gettext_lazy("How it works"), 100, 75),
    "results": Part(gettext_lazy("Results"), 100, 75),
    "evaluation": Part(gettext_lazy("Evaluation"), 100, required=False),
    "beneficiaries": Part(gettext_lazy("Who benefits"), 40),
    "funding": Part(gettext_lazy("Funding and resources"), 100, required=False),
}
# A sentence or two for each report of an adoption.
REPORT = Part("", 150)


def count(text: str) -> int:
    """Return how many words ``text`` has; the script in words.js counts the same."""
    return len(text.split())


def asked(part: Part) -> str:
    """Return in words how long a text may be."""
    if part.least:
        return _("%(least)s to %(most)s words") % {
            "least": part.least,
            "most": part.most,
        }
    return _("at most %(most)s words") % {"most": part.most}


def fault(part: Part, text: str) -> str:
    """Return what is wrong with the length of ``text``; empty if nothing is."""
    words = count(text)
    if not words:
        return _("This is missing.") if part.required else ""
    if words > part.most:
        over = words - part.most
        return ngettext(
            "One word too many: %(asked)s.", "%(over)s words too many: %(asked)s.", over
        ) % {"over": over, "asked": asked(part)}
    if words < part.least:
        under = part.least - words
        return ngettext(
            "One word is missing: %(asked)s.",
            "%(under)s words are missing: %(asked)s.",
            under,
        ) % {"under": under, "asked": asked(part)}
    return ""


def faults(texts: Mapping[str, str]) -> dict[str, str]:
    """Return what is wrong with the lengths, by part."""
    found = {name: fault(part, texts.get(name, "")) for name, part in PARTS.items()}
    return {name: sentence for name, sentence in found.items() if sentence}
