"""How the database's refusal of a double booking becomes a sentence."""

from collections.abc import Callable

from django.db import Error, connection
from django.utils.translation import gettext as _

from mosty.kernel.refusal import Refusal

_CONSTRAINTS = "session_room_once, session_trainer_in_one_place"
# An exclusion constraint's, and that of two who wait for each other.
_STATES = frozenset({"23P01", "40P01"})


def refuse_if_needed_twice(refusal: Callable[[str], Refusal]) -> None:
    """
    Let the database check now, not at the end, that no room or trainer is needed twice.

    Others may have planned at this very moment: then this waits until they have ended.

    :raises Refusal: made by ``refusal``, if one is.
    """
    with connection.cursor() as cursor:
        try:
            cursor.execute(f"set constraints {_CONSTRAINTS} immediate")
        except Error as hindered:
            if getattr(hindered.__cause__, "sqlstate", "") not in _STATES:
                raise
            raise refusal(
                _("A room or a trainer is needed elsewhere at this time. Look again.")
            ) from hindered
        # Whatever the transaction does next may swap rooms, too.
        cursor.execute(f"set constraints {_CONSTRAINTS} deferred")
