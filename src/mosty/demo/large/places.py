"""Fictional cities: their places, authorities, memberships and contacts."""

from datetime import date

from mosty.accounts.models import Grant, Role, User
from mosty.demo import facts
from mosty.demo.cast import Cast
from mosty.demo.crowd import city_name, city_slug
from mosty.demo.load import text
from mosty.directory.models import DatedFact, Membership, Organisation, Territory
from mosty.kernel.names import sort_key

KNOWN_ON = date(2022, 2, 23)


def cities(number: int) -> list[Organisation]:
    """Make so many fictional cities."""
    territories = Territory.objects.bulk_create(
        Territory(
            slug=city_slug(n),
            name=text((city_name(n), city_name(n))),
            sort_name=sort_key(city_name(n)),
            kind=Territory.Kind.CITY,
            country="PL",
        )
        for n in range(number)
    )
    return Organisation.objects.bulk_create(
        Organisation(
            slug=place.slug,
            name=text(
                (f"City of {place.name} (fictional)", f"Miasto {place.name} (fikcyjne)")
            ),
            short_name=place.name,
            sort_name=place.sort_name,
            kind=Organisation.Kind.CITY,
            territory=place,
        )
        for place in territories
    )


def fill(number: int, cast: Cast) -> list[Organisation]:
    """Add fictional cities to the demo's until there are ``number``; return all."""
    there = list(Organisation.objects.filter(kind=Organisation.Kind.CITY))
    made = cities(max(0, number - len(there)))
    Membership.objects.bulk_create(
        Membership(member=city, body=cast.ump, source=facts.ILLUSTRATIVE)
        for city in made
    )
    method = text(("Made up for this demo.", "Wymyślone na potrzeby tej demonstracji."))
    DatedFact.objects.bulk_create(
        DatedFact(
            territory=city.territory,
            topic=DatedFact.Topic.EXPERIENCE,
            value=("little", "much")[place % 3 > 0],
            as_of=KNOWN_ON,
            method=method,
            source=facts.ILLUSTRATIVE,
            illustrative=True,
        )
        for place, city in enumerate(made)
    )
    contacts = []
    for place, city in enumerate(made):
        contact = User(
            email=f"integracja@{city.slug}.example.org",
            name=f"Kontakt {place + 1:03d} (demo)",
            # So that a large demo gives way to a new one like a small one.
            is_demo=True,
        )
        contact.set_unusable_password()
        contact.prepare()
        contacts.append(contact)
    Grant.objects.bulk_create(
        Grant(user=contact, role=Role.CITY, organisation=city)
        for contact, city in zip(User.objects.bulk_create(contacts), made, strict=True)
    )
    return [*there, *made]
