"""Action plans, their check-ins, and the help board."""

from mosty.partnerships.models import Actor
from tests.access.circles import (
    CITIES,
    CITY,
    COORDINATOR,
    COORDINATORS,
    COURSE,
    EVERYBODY,
    OTHER_CITY,
    PARTNERS,
)
from tests.access.rules import Table, button, file, form, page
from tests.e2e.academy import Academy


def an_actor(academy: Academy) -> dict[str, str]:
    """Return a form that names somebody of Kraków's map."""
    found = Actor.objects.filter(map=academy.map_of("krakow"), removed_at=None)
    return {"actor": str(found.earliest("sort_name").key)}


PLANS: Table = {
    # Each reader's own, and what cities show to everybody.
    "plans:index": page(EVERYBODY),
    "plans:plan/public": page(EVERYBODY),
    # Private to its city; the coordinator follows all plans of hers.
    "plans:plan": page(COORDINATOR | CITY),
    # Of Hrubieszów, for the network: partners and the cities that were called.
    "plans:plan/coordinator": page(PARTNERS | CITIES),
    "plans:pdf": page(COORDINATOR | CITY),
    "plans:docx": page(COORDINATOR | CITY),
    "plans:table": file(COORDINATOR | CITY),
    "plans:evidence": page(COORDINATOR | CITY),
    "plans:begin": form(CITIES),
    "plans:edit": form(CITY, row="plan"),
    # The coordinator reads what was answered.
    "plans:check_in": form(COORDINATOR | CITY, CITY),
    **{
        f"plans:{name}": form(CITY)
        for name in (
            "sign", "revise", "close", "share", "share_line", "bring",
        )
    },
    # An actor of its map becomes a partner of one of its actions.
    "plans:partner": button(CITY, an_actor),
    "plans:sheet": page(CITY),
    "plans:overview": page(COORDINATORS),
    "plans:course": page(COURSE),
    "plans:sheets": page(COURSE),
}  # fmt: skip

BOARD: Table = {
    # Of the programmes in which the reader has a part.
    "plans:board": page(PARTNERS | COORDINATORS | CITIES),
    "plans:board_add": form(CITIES),
    # The note is of Łódź: another city answers, its own takes it off.
    "plans:board_answer": form(CITY),
    "plans:board_end": button(OTHER_CITY),
}

TABLE: Table = {**PLANS, **BOARD}
