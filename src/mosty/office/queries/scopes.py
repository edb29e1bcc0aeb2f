"""What an entry of the ledger belongs to, in words: a call, a programme, a city, the library."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from mosty.audit.models import Entry
from mosty.directory.models import Organisation
from mosty.nominations.models import Call
from mosty.office.policies import LIBRARY
from mosty.programmes.models import Programme

PLANS = "plans:"


def names(entries: Iterable[Entry]) -> dict[int, str]:
    """
    Return what each of ``entries`` belongs to, by its key; three queries.

    A call and a programme may have the same address: of which of them an entry speaks,
    its target says. What is known by no name is called as it is written.
    """
    of_programmes = {
        entry.pk: entry.target_kind.startswith("programmes.") for entry in entries
    }
    scopes = {entry.pk: entry.scope for entry in entries}
    asked = {scope.removeprefix(PLANS) for scope in scopes.values()}
    calls = {
        call.slug: str(call.course)
        for call in Call.objects.filter(slug__in=asked).select_related("course")
    }
    programmes = {
        one.slug: str(one.short_name)
        for one in Programme.objects.filter(slug__in=asked)
    }
    bodies = {one.slug: str(one) for one in Organisation.objects.filter(slug__in=asked)}
    found = {}
    for pk, scope in scopes.items():
        first, second = (
            (programmes, calls) if of_programmes[pk] else (calls, programmes)
        )
        if scope == LIBRARY:
            found[pk] = _("Library")
        elif scope.startswith(PLANS):
            name = scope.removeprefix(PLANS)
            programme = programmes.get(name, name)
            found[pk] = _("Action plans: %(programme)s") % {"programme": programme}
        else:
            found[pk] = (
                first.get(scope) or second.get(scope) or bodies.get(scope) or scope
            )
    return found
