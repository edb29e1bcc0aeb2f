"""What is always true of places, organisations and people."""

from mosty.directory.models.facts import DatedFact, FactProposal
from mosty.directory.models.organisations import Membership, Organisation
from mosty.directory.models.people import Department, Gender, Level, Person, Position
from mosty.directory.models.territories import Territory, TerritoryCode

__all__ = [
    "DatedFact",
    "Department",
    "FactProposal",
    "Gender",
    "Level",
    "Membership",
    "Organisation",
    "Person",
    "Position",
    "Territory",
    "TerritoryCode",
]
