"""
Who asks: as much of a user as this app needs to know.

Users stand above the directory, since they act for organisations in it; so their
roles are named here by the words in which they are stored.
"""

from typing import Any, Protocol

from django.http import HttpRequest

COORDINATOR = "coordinator"
PARTNER = "partner"
SECRETARIAT = "secretariat"
CITY = "city"


class Member(Protocol):
    """Somebody who is signed in."""

    @property
    def ledger_key(self) -> str:
        """Return what names the user in the ledger."""

    @property
    def ledger_label(self) -> str:
        """Return what a reader of the ledger sees."""

    def has_role(self, *roles: str) -> bool:
        """Test if the user holds one of ``roles`` today."""

    def acts_for(self, *roles: str) -> frozenset[int]:
        """Return the organisations for which the user holds one of ``roles``."""


class DirectoryRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: Any
