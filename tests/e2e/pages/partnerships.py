"""Maps of partners, at both desks, and agreements."""

from collections.abc import Mapping
from typing import Any

from mosty.accounts.models import Role
from mosty.partnerships.models import Actor, Tie
from tests.e2e.academy import Academy
from tests.e2e.pages.page import Args, Page, of


def _map(academy: Academy) -> Mapping[str, Any]:
    return {"pk": academy.map_of("krakow").pk}


def _actor(academy: Academy) -> Mapping[str, Any]:
    found = academy.map_of("krakow")
    row = Actor.objects.filter(map=found, removed_at=None).order_by("sort_name")[0]
    return {"pk": found.pk, "key": row.key}


def _tie(academy: Academy) -> Mapping[str, Any]:
    found = academy.map_of("krakow")
    return {"pk": found.pk, "tie": Tie.objects.filter(map=found).order_by("pk")[0].pk}


def _token(academy: Academy) -> Mapping[str, Any]:
    return {"token": academy.group_token}


def _group(args: Args) -> Args:
    """Return the same address at the desk of a participant of Kraków."""
    return lambda academy: {**_token(academy), **args(academy)}


def _agreement(state: str) -> Args:
    return lambda academy: {"pk": academy.agreement(state).pk}


def _shared(academy: Academy) -> Mapping[str, Any]:
    return {"pk": academy.map_of("lodz").pk}


def _document(academy: Academy) -> Mapping[str, Any]:
    return {**_agreement("in-force")(academy), "number": 1}


_WRITTEN: tuple[tuple[str, Args], ...] = (
    ("maps", of()),
    ("make", of()),
    ("map", _map),
    ("actor_add", _map),
    ("actor", _actor),
    ("actor_remove", _actor),
    ("tie_add", _map),
    ("tie", _tie),
    ("tie_remove", _tie),
)
PAGES = (
    *(Page(f"partnerships:{name}", Role.CITY, args) for name, args in _WRITTEN),
    *(Page(f"partnerships:link_{name}", args=_group(args)) for name, args in _WRITTEN),
    Page("partnerships:change", Role.CITY, _map),
    Page("partnerships:freeze", Role.CITY, _map),
    Page("partnerships:compare", Role.CITY, _map, query="?before=1&after=2"),
    Page("partnerships:version", Role.CITY, lambda a: {**_map(a), "number": 1}),
    Page("partnerships:files", Role.CITY, _map),
    Page("partnerships:shared", Role.COORDINATOR, _shared),
    Page("partnerships:agreements", Role.CITY),
    Page("partnerships:agreement_make", Role.CITY),
    Page("partnerships:agreement", Role.CITY, _agreement("in-force")),
    Page("partnerships:agreement", Role.CITY, _agreement("draft"), variant="draft"),
    Page("partnerships:agreement_change", Role.CITY, _agreement("in-force")),
    Page("partnerships:agreement_review", Role.CITY, _agreement("in-force")),
    Page("partnerships:agreement_end", Role.CITY, _agreement("in-force")),
)

# Wide tables, pictures, long forms, and what people open on a phone.
SMALL = {
    "partnerships-map",
    "partnerships-compare",
    "partnerships-link_map",
    "partnerships-link_actor_add",
    "partnerships-agreement",
}
# What is there for buttons to send to, for programs to read or for people to keep.
NO_PAGES: dict[str, Args] = {
    "partnerships:grid": _map,
    "partnerships:network": _map,
    "partnerships:link_grid": _group(_map),
    "partnerships:link_network": _group(_map),
    "partnerships:shared_network": _shared,
    "partnerships:shared_actors": _shared,
    "partnerships:shared_ties": _shared,
    "partnerships:actors_csv": _map,
    "partnerships:ties_csv": _map,
    "partnerships:agreement_force": _agreement("draft"),
    "partnerships:document_add": _agreement("in-force"),
    "partnerships:document": _document,
}
