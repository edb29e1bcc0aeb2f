"""Places, organisations and people."""

from datetime import date
from itertools import count

from django.utils.text import slugify

from mosty.directory.models import (
    DatedFact,
    Department,
    Level,
    Membership,
    Organisation,
    Person,
    Position,
    Territory,
    TerritoryCode,
)
from mosty.kernel.names import fold

_number = count(1)


def _slug(name: str) -> str:
    return slugify(fold(name))


def make_territory(
    name: str = "Kraków", *, terc: str = "", **fields: object
) -> Territory:
    """Return a Polish city; ``terc`` adds its code of 2024."""
    defaults = {"slug": _slug(name), "kind": Territory.Kind.CITY, "country": "PL"}
    territory = Territory.objects.create(name=name, **{**defaults, **fields})
    if terc:
        TerritoryCode.objects.create(
            territory=territory,
            system=TerritoryCode.System.TERC,
            code=terc,
            vintage=2024,
        )
    return territory


def make_organisation(name: str, **fields: object) -> Organisation:
    """Return an international organisation, unless ``kind`` says otherwise."""
    defaults = {
        "slug": _slug(name),
        "short_name": name,
        "kind": Organisation.Kind.INTERNATIONAL,
    }
    return Organisation.objects.create(name=name, **{**defaults, **fields})


def make_city(
    name: str = "Kraków",
    *,
    terc: str = "",
    member_of: Organisation | None = None,
    experience: str = "",
) -> Organisation:
    """Return a city's authority, with its territory."""
    territory = make_territory(name, terc=terc)
    city = make_organisation(name, kind=Organisation.Kind.CITY, territory=territory)
    if member_of is not None:
        make_membership(city, member_of)
    if experience:
        make_fact(territory, value=experience)
    return city


def make_membership(
    member: Organisation, body: Organisation, **fields: object
) -> Membership:
    """Return a membership without ends."""
    return Membership.objects.create(member=member, body=body, **fields)


def make_fact(territory: Territory, **fields: object) -> DatedFact:
    """Return that the place had little experience before February 2022."""
    defaults = {
        "topic": DatedFact.Topic.EXPERIENCE,
        "value": DatedFact.Experience.LITTLE,
        "as_of": date(2022, 2, 1),
        "method": "Said so for a test.",
        "source": "Test source",
    }
    return DatedFact.objects.create(territory=territory, **{**defaults, **fields})


def make_person(
    given_name: str = "Ewa", family_name: str = "Nowak", **fields: object
) -> Person:
    """Return somebody with an address of her own."""
    defaults = {"email": f"person{next(_number)}@example.org", "language": "en"}
    return Person.objects.create(
        given_name=given_name, family_name=family_name, **{**defaults, **fields}
    )


def make_position(
    person: Person, organisation: Organisation, **fields: object
) -> Position:
    """Return a post at the middle level of education, without ends."""
    defaults = {"department": Department.EDUCATION, "level": Level.MIDDLE}
    return Position.objects.create(
        person=person, organisation=organisation, **{**defaults, **fields}
    )
