"""People and forms for the tests of nominations."""

from uuid import uuid4

from mosty.nominations.actions.entries import Person
from mosty.nominations.rules import Rules
from mosty.outbox.models import Link

# Two or three people of a city, middle level, of three kinds of units.
STRICT = Rules(
    seats=25,
    reserve=10,
    least=2,
    most=3,
    members_of="ump",
    departments=("education", "culture", "police"),
    levels=("middle",),
)


def a_person(
    given_name: str = "Anna", family_name: str = "Kowalska", **fields
) -> Person:
    """Return somebody whom the strict rules admit."""
    values = {
        "email": f"{given_name}.{family_name}@krakow.example".lower(),
        "department": "education",
        "level": "middle",
        "position": "Inspector",
        "language": "en",
        **fields,
    }
    return Person(given_name=given_name, family_name=family_name, **values)


def filled(act: str = "submit", **fields) -> dict[str, str]:
    """Return the form as a city's contact fills it in; ``act`` is the button."""
    return {
        "given_name": "Anna",
        "family_name": "Kowalska",
        "email": "anna.kowalska@krakow.example",
        "language": "en",
        "department": "education",
        "position": "Inspector",
        "level": "middle",
        "in_post_since": "2024-01-15",
        "motivation": "She runs the school for all.",
        "key": str(uuid4()),
        "act": act,
        **fields,
    }


def token_of(link: Link) -> str:
    """Return the token that stands in the link's address."""
    return link.token
