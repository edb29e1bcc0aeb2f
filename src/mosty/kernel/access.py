"""The one way in which an action refuses somebody."""

from django.core.exceptions import PermissionDenied


def require(allowed: bool) -> None:
    """
    Go on only if a policy said yes.

    :raises PermissionDenied: if ``allowed`` is false.
    """
    if not allowed:
        raise PermissionDenied
