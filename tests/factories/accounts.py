"""Users and their roles."""

from mosty.accounts.models import Grant, User
from mosty.directory.models import Organisation
from mosty.kernel.names import fold


def make_user(
    name: str = "Alice Adams",
    *,
    role: str = "",
    organisation: Organisation | None = None,
    **fields: object,
) -> User:
    """Return a user without a password who reads English; ``role`` grants one."""
    address = fold(name).replace(" ", ".") + "@example.org"
    user = User(**{"name": name, "email": address, "language": "en", **fields})
    user.set_unusable_password()
    user.save()
    if role:
        make_grant(user, role, organisation)
    return user


def make_grant(
    user: User, role: str, organisation: Organisation | None = None, **fields: object
) -> Grant:
    """Return that ``user`` holds ``role`` without ends."""
    # What the user was found to hold before is no longer all.
    user.__dict__.pop("held", None)
    return Grant.objects.create(
        user=user, role=role, organisation=organisation, **fields
    )
