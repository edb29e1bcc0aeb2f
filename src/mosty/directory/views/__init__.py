"""Pages of the directory."""

from mosty.directory.views.facts import add_fact, correction, corrections, propose
from mosty.directory.views.organisations import (
    add_member,
    add_organisation,
    change_organisation,
    end_member,
    organisation,
    organisations,
)
from mosty.directory.views.people import people, person
from mosty.directory.views.territories import (
    add_code,
    add_territory,
    change_territory,
    index,
    territories,
    territory,
)

__all__ = [
    "add_code",
    "add_fact",
    "add_member",
    "add_organisation",
    "add_territory",
    "change_organisation",
    "change_territory",
    "correction",
    "corrections",
    "end_member",
    "index",
    "organisation",
    "organisations",
    "people",
    "person",
    "propose",
    "territories",
    "territory",
]
