"""From trials to offers."""

from collections.abc import Mapping
from typing import Any

from mosty.accounts.models import Role
from tests.e2e.academy import CULTURE, HOUSING, SPORT, Academy
from tests.e2e.pages.page import DONE, OPEN, Args, Page, of


def _run(academy: Academy) -> Mapping[str, Any]:
    return {"pk": academy.draw.pk}


def _calculation(state: str) -> Args:
    return lambda academy: {"pk": academy.calculation(state).pk}


def _offer(state: str) -> Args:
    return lambda academy: {"code": academy.offer(state).code}


PAGES = tuple(
    Page(f"selection:{name}", role, args, variant, query)
    for name, role, args, variant, query in (
        ("runs", Role.COORDINATOR, of(), "", ""),
        ("call", Role.COORDINATOR, of(slug=HOUSING.slug), "", ""),
        ("call", Role.COORDINATOR, of(slug=OPEN), "open", ""),
        ("call", Role.COORDINATOR, of(slug=SPORT.slug), "stuck", ""),
        ("call", Role.COORDINATOR, of(slug=CULTURE.slug), "listed", ""),
        ("numbers", Role.COORDINATOR, of(slug=CULTURE.slug), "partner", ""),
        ("number", Role.COORDINATOR, of(slug=CULTURE.slug), "", ""),
        ("repair", Role.COORDINATOR, of(slug=SPORT.slug), "", ""),
        ("try", Role.COORDINATOR, of(slug=HOUSING.slug), "", ""),
        ("calculation", Role.COORDINATOR, _calculation("waiting"), "waiting", ""),
        ("calculation", Role.COORDINATOR, _calculation("failed"), "failed", ""),
        ("run", Role.PARTNER, _run, "sign", ""),
        ("run", Role.COORDINATOR, lambda a: {"pk": a.announced.pk}, "announced", ""),
        ("run", Role.COORDINATOR, lambda a: {"pk": a.trial.pk}, "trial", ""),
        ("proofs", Role.AUDITOR, of(), "", ""),
        ("proof", Role.AUDITOR, lambda a: {"pk": a.announced.pk}, "", ""),
        ("costs", Role.PARTNER, _run, "", ""),
        ("verify", Role.PARTNER, _run, "", ""),
        ("verify", Role.COORDINATOR, lambda a: {"pk": a.announced.pk}, "done", ""),
        ("compare", Role.COORDINATOR,
         lambda a: {"pk": a.draw.pk, "other": a.trial.pk}, "", ""),
        ("decision", Role.COORDINATOR,
         lambda a: {"pk": a.draw.pk, "code": a.reserve.nomination.code}, "", ""),
        ("exchange", Role.COORDINATOR, _run, "", ""),
        ("announce", Role.COORDINATOR, _run, "", ""),
        ("discard", Role.COORDINATOR, _run, "", ""),
        ("offers", Role.COORDINATOR, of(slug=DONE), "", ""),
        ("answer", Role.COORDINATOR, _offer("open"), "", ""),
        ("give_back", Role.COORDINATOR, _offer("accepted"), "", ""),
    )
)  # fmt: skip

# Wide tables, pictures, long forms, and what people open on a phone.
SMALL = {
    "selection-call",
    "selection-run-sign",
    "selection-calculation-waiting",
    "selection-calculation-failed",
    "selection-costs",
    "selection-decision",
    "selection-offers",
    "selection-repair",
}
# What is there for buttons to send to, for programs to read or for people to keep.
NO_PAGES: dict[str, Args] = {
    "selection:cancel": _calculation("waiting"),
    "selection:try_mended": _calculation("failed"),
    "selection:draw": of(slug=HOUSING.slug),
    "selection:make_list": of(slug=CULTURE.slug),
    "selection:pass_on": _offer("declined"),
    "selection:picture": lambda a: {**_run(a), "attribute": "gender"},
    "selection:public_copy": lambda a: {"pk": a.announced.pk},
    "selection:published": of(slug=CULTURE.slug),
    "selection:record": _run,
    "selection:sign": _run,
}
