"""From trials to offers."""

from tests.access.circles import (
    AUDITOR,
    CITIES,
    COORDINATOR,
    EVERYBODY,
    GATHERERS,
    PARTNERS,
    PLANNERS,
)
from tests.access.rules import Table, button, file, form, page

TABLE: Table = {
    "selection:draw_explained": page(EVERYBODY),
    # What came of a public call: numbers only.
    "selection:result": page(EVERYBODY),
    # The published list of a draw in public.
    "selection:numbers": page(EVERYBODY),
    "selection:published": page(EVERYBODY),
    "selection:runs": page(PLANNERS),
    "selection:call": page(PARTNERS),
    "selection:draw": button(COORDINATOR),
    "selection:try": form(COORDINATOR),
    "selection:repair": form(COORDINATOR),
    "selection:make_list": button(COORDINATOR),
    "selection:number": form(COORDINATOR),
    # What may become a draw is hers who draws.
    "selection:calculation": page(COORDINATOR),
    "selection:cancel": button(COORDINATOR),
    "selection:try_mended": button(COORDINATOR),
    # Partners see draws, which they sign; what-if runs are the coordinator's own.
    "selection:run": page(PARTNERS),
    "selection:run/trial": page(COORDINATOR),
    "selection:compare": page(COORDINATOR),
    "selection:costs": page(PARTNERS),
    "selection:picture": page(PARTNERS),
    "selection:record": file(PARTNERS),
    # Nobody is in it by name: auditors prove every announced draw from it.
    "selection:public_copy": file(PARTNERS | AUDITOR),
    "selection:proof": page(PARTNERS | AUDITOR),
    "selection:proofs": page(PLANNERS | AUDITOR),
    # Everybody who sees a run may let it be solved again.
    "selection:verify": form(PARTNERS),
    # Not announced yet: the person's city sees nothing of it.
    "selection:decision": page(PARTNERS),
    # Each for her own organisation: here for the one that coordinates.
    "selection:sign": button(COORDINATOR, lambda academy: {"organisation": "odihr"}),
    "selection:exchange": form(COORDINATOR),
    "selection:announce": form(COORDINATOR),
    "selection:discard": form(COORDINATOR),
    # A city sees the seats of its own people there.
    "selection:offers": page(PARTNERS | CITIES),
    "selection:answer": form(GATHERERS),
    # The city of the person may, too; this one is of a third.
    "selection:give_back": form(GATHERERS),
    "selection:pass_on": button(GATHERERS),
}
