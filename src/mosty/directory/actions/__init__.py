"""What may change in the directory, and in what state."""

from mosty.directory.actions.facts import (
    CannotChangeFact,
    add_fact,
    decide_proposal,
    propose_correction,
)
from mosty.directory.actions.organisations import (
    CannotChangeOrganisation,
    add_organisation,
    change_organisation,
    end_membership,
    start_membership,
)
from mosty.directory.actions.territories import (
    CannotChangeTerritory,
    add_code,
    add_territory,
    change_territory,
)

__all__ = [
    "CannotChangeFact",
    "CannotChangeOrganisation",
    "CannotChangeTerritory",
    "add_code",
    "add_fact",
    "add_organisation",
    "add_territory",
    "change_organisation",
    "change_territory",
    "decide_proposal",
    "end_membership",
    "propose_correction",
    "start_membership",
]
