"""Plans on paper: the sheet a group fills in, and the plan that is signed."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from mosty.plans.content import Content, Line, Linked
from mosty.plans.models import Plan
from mosty.plans.words import indicator_words
from mosty.ui import typeset
from mosty.ui.dates import day

_FOLDER = Path(__file__).parent / "typst"
SHEET, PLAN = (_FOLDER / name for name in ("group_sheet.typ", "plan.typ"))
PAPERS = ("a4", "a3")


def sheet(course: str, cities: Sequence[str], paper: str) -> bytes:
    """Return a sheet for each of ``cities``, to be filled in by hand."""
    return typeset.pdf(SHEET, sheet_data(course, cities, paper))


def sheet_data(course: str, cities: Sequence[str], paper: str) -> dict[str, Any]:
    """Return what the group sheets say."""
    return {
        "language": get_language() or "en",
        "paper": paper if paper in PAPERS else PAPERS[0],
        "title": _("Action plan"),
        "course": course,
        "cities": list(cities),
        "page": pgettext("of a document", "page"),
        "name": _("Title of the plan"),
        "context": _("Where our city stands"),
        "objective": _("Objective: what will be different, for whom"),
        "actions": _("Actions"),
        "columns": [
            _("What we will do"),
            _("Who leads, with whom"),
            _("From, until"),
            _("What is done (from, to)"),
            _("What changes (from, to)"),
            _("Resources, risk"),
        ],
        "rows": 6 if paper == "a3" else 4,
        "note": _(
            "Type it in later on the page of your course: the fields there have the same "
            "names."
        ),
    }


def plan(plan: Plan, content: Content, version: Mapping[str, Any] | None) -> bytes:
    """Return the plan as it is signed on paper; ``version`` says which one it is."""
    return typeset.pdf(PLAN, plan_data(plan, content, version))


def plan_data(
    plan: Plan, content: Content, version: Mapping[str, Any] | None
) -> dict[str, Any]:
    """Return what the printed plan says."""
    return {
        "language": content.language,
        "title": content.title,
        "kind": _("Action plan"),
        "city": str(plan.owner.name),
        "programme": str(plan.programme.name),
        "course": str(plan.course.title) if plan.course else "",
        "mark": f"({pgettext('plan', 'fictional')})" if plan.is_fictional else "",
        "state": _state(version),
        "context_heading": _("Where our city stands"),
        "context": content.context,
        "objective": _("Objective"),
        "aims": [
            {
                "number": aim.number,
                "text": aim.text,
                "lines": [
                    {"number": line.number, "what": line.what, "facts": facts(line)}
                    for line in aim.lines
                ],
            }
            for aim in content.aims
        ],
        "signature": _("Signature"),
        "place": _("Place and date"),
        "office": _("Name and office"),
        "page": pgettext("of a document", "page"),
        "digest": version["sha256"][:16] if version else "",
        "digest_label": _("Fingerprint of this version"),
    }


def _state(version: Mapping[str, Any] | None) -> str:
    if version is None:
        return _("Draft, not signed off")
    return _("Version %(number)s, signed off here on %(day)s") % {
        "number": version["number"],
        "day": day(version["signed_at"]),
    }


def facts(line: Line) -> list[list[str]]:
    """Return what is said of an action, as terms with texts; what is empty is left out."""
    days = ""
    if line.starts_on or line.ends_on:
        days = f"{day(line.starts_on) or '…'} – {day(line.ends_on) or '…'}"
    rows = [
        (_("Who leads"), line.lead),
        (pgettext("plan", "Partners"), line.partners),
        (_("Partners on our map"), _listed(line.stakeholders)),
        (_("When"), days),
        (pgettext("plan", "Output"), indicator_words(line.output)),
        (pgettext("plan", "Result"), indicator_words(line.result)),
        (_("Resources"), line.resources),
        (_("Risk"), line.risk),
        (pgettext("plan", "Topic"), line.topic_words),
        (_("Good practices it builds on"), _listed(line.practices)),
        (_("Needs it answers"), _listed(line.needs)),
    ]
    return [[term, text] for term, text in rows if text]


def _listed(links: Sequence[Linked]) -> str:
    return "; ".join(one.words for one in links)
