"""Which benches there are, in the order in which they run and stand in the table."""

from importlib import import_module
from types import ModuleType

NAMES = (
    "nominating",
    "selection",
    "delivery",
    "infopoint",
    "plans",
    "search",
    "tables",
    "disclosure",
    "certificates",
    "maps",
    "mixing",
    "pages",
)


def goals_of(name: str) -> ModuleType:
    """Return what the bench promises; it needs nothing that has to be set up."""
    return import_module(f"bench.{name}.goals")
