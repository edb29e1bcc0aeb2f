"""Which person of the directory somebody is, so that one person has one history."""

from django.db.models.functions import Lower

from mosty.directory.models import Gender, Person
from mosty.kernel.names import fold


def empty(person: Person) -> None:
    """
    Take the data out of a person's row, which stays under its code; her positions go.

    Call it inside an action's transaction.
    """
    person.positions.all().delete()
    person.given_name, person.family_name = "N.N.", person.code
    person.email, person.gender = "", Gender.UNSTATED
    person.save()


def person_for(
    *,
    given_name: str,
    family_name: str,
    email: str,
    gender: str,
    language: str,
    fictional: bool,
) -> Person:
    """
    Return the person with this address and this name, made where there is none.

    Only both alike make somebody the same person: an address alone may be an office's,
    a name alone anybody's. Call it inside an action's transaction.
    """
    wanted = sorted(fold(f"{given_name} {family_name}").split())
    for person in (
        Person.objects.annotate(address=Lower("email"))
        .filter(address=email.lower())
        .order_by("pk")
    ):
        if sorted(fold(str(person)).split()) == wanted:
            return person
    return Person.objects.create(
        given_name=given_name,
        family_name=family_name,
        email=email,
        gender=gender,
        language=language,
        fictional=fictional,
    )
