"""Which person of the directory somebody is, so that one person has one history."""

from django.db.models.functions import Lower

from mosty.directory.models import Person
from mosty.kernel.names import fold


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
