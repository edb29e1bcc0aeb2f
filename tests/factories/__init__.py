"""
Rows for tests: each function makes one valid row and what it cannot do without.

What a test is about, it says itself; everything else is dull and the same.
"""

from tests.factories.accounts import make_grant, make_user
from tests.factories.directory import (
    make_city,
    make_fact,
    make_membership,
    make_organisation,
    make_person,
    make_position,
    make_territory,
)
from tests.factories.nominations import RULES, make_call, make_nomination
from tests.factories.outbox import make_link, make_message
from tests.factories.programmes import (
    make_course,
    make_partnership,
    make_programme,
    make_version,
)

__all__ = [
    "RULES",
    "make_call",
    "make_city",
    "make_course",
    "make_fact",
    "make_grant",
    "make_link",
    "make_membership",
    "make_message",
    "make_nomination",
    "make_organisation",
    "make_partnership",
    "make_person",
    "make_position",
    "make_programme",
    "make_territory",
    "make_user",
    "make_version",
]
