"""
Fill an empty database with one union of 300 cities and a call of 10,000 nominations.

Prints, as JSON, what the measurement needs to know (:class:`Filled`). All cities and
people are fictional.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import islice

import django

django.setup()

from django.utils import timezone  # noqa: E402 - models need django.setup

from bench.ours import cast  # noqa: E402
from mosty.accounts.models import Role  # noqa: E402
from mosty.demo.crowd import CITIES, people  # noqa: E402
from mosty.demo.large.seats import nominations  # noqa: E402
from mosty.directory.models import Membership, Organisation  # noqa: E402
from mosty.kernel.rows import free_codes  # noqa: E402
from mosty.nominations.actions import duplicates  # noqa: E402
from mosty.nominations.models import Call, Invitation, Nomination  # noqa: E402

ROWS = 10_000
FEW = 10
# Cities of those who nominate at the same time.
CONTACTS = 24
BATCH = 1000
WORD = "Sikora"


@dataclass(frozen=True, slots=True)
class Contact:
    """A city contact who has signed in."""

    session: str
    city: str
    city_id: int


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the database: addresses and signed-in people."""

    programme: str
    call: str
    call_id: int
    few: str
    for_csv: str
    for_xlsx: str
    secretariat: str
    secretariat_email: str
    contacts: list[Contact]
    # A family name that about one in forty has.
    word: str


def main() -> None:
    """Fill the database and say what is in it."""
    cities = cast.cities()
    union = cast.body("union", "Union of Fictional Cities", Organisation.Kind.UNION)
    lead = cast.body("lead", "Fictional Co-ordinator", Organisation.Kind.INTERNATIONAL)
    Membership.objects.bulk_create(
        Membership(member=city, body=union) for city in cities
    )
    coordinator = cast.user("coordinator", Role.COORDINATOR, lead)
    secretariat = cast.user("secretariat", Role.SECRETARIAT, union)
    cast.second_factor(secretariat)
    programme = cast.programme(lead, union)
    opened = {
        name: cast.call(programme, name, union, coordinator)
        for name in ("bench", "few", "csv", "xlsx")
    }
    _nominate(opened["bench"], cities, ROWS)
    _nominate(opened["few"], cities, FEW)
    filled = Filled(
        programme=programme.slug,
        call="bench",
        call_id=opened["bench"].pk,
        few="few",
        for_csv="csv",
        for_xlsx="xlsx",
        secretariat=cast.session(secretariat),
        secretariat_email=secretariat.email,
        contacts=[
            Contact(
                cast.session(cast.user(f"contact{n}", Role.CITY, city)),
                city.slug,
                city.pk,
            )
            for n, city in enumerate(islice(cities, CONTACTS))
        ],
        word=WORD,
    )
    json.dump(asdict(filled), sys.stdout)


def _nominate(call: Call, cities: Sequence[Organisation], number: int) -> None:
    now = timezone.now()
    Invitation.objects.bulk_create(
        Invitation(call=call, organisation=city, code=code, sent_at=now)
        for city, code in zip(cities, free_codes(Invitation, len(cities)), strict=True)
    )
    rows = nominations(call, cities, people(number, seed=call.pk), number, now)
    for place, row in enumerate(rows):
        row.preference = place // CITIES + 1
    made = Nomination.objects.bulk_create(rows, batch_size=BATCH)
    duplicates.note_many(call, [row.pk for row in made])


if __name__ == "__main__":
    main()
