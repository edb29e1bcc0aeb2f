"""Maps of partners and agreements: the city's own, but for what it opens."""

from tests.access.circles import CITIES, CITY, PLANNERS
from tests.access.rules import Table, button, file, form, page

# Łódź opened its map to the network; its own contact reads it whole, elsewhere.
NETWORK = PLANNERS | CITY

MAPS: Table = {
    "partnerships:maps": page(PLANNERS | CITIES),
    "partnerships:make": form(CITIES),
    "partnerships:map": page(CITY),
    "partnerships:grid": page(CITY),
    "partnerships:network": page(CITY),
    "partnerships:compare": page(CITY),
    "partnerships:version": page(CITY),
    "partnerships:files": form(CITY),
    "partnerships:actors_csv": file(CITY),
    "partnerships:ties_csv": file(CITY),
    **{
        f"partnerships:{name}": form(CITY)
        for name in (
            "actor_add", "actor", "actor_remove", "tie_add", "tie", "tie_remove",
            "change", "freeze",
        )
    },
    "partnerships:shared": page(NETWORK),
    "partnerships:shared_network": page(NETWORK),
    "partnerships:shared_actors": file(NETWORK),
    "partnerships:shared_ties": file(NETWORK),
}  # fmt: skip

AGREEMENTS: Table = {
    "partnerships:agreements": page(CITIES),
    "partnerships:agreement_make": form(CITIES),
    "partnerships:agreement": page(CITY),
    "partnerships:agreement_change": form(CITY),
    "partnerships:agreement_review": form(CITY),
    "partnerships:agreement_end": form(CITY),
    "partnerships:agreement_force": button(CITY),
    "partnerships:document_add": button(CITY),
    "partnerships:document": file(CITY),
}

TABLE: Table = {**MAPS, **AGREEMENTS}
