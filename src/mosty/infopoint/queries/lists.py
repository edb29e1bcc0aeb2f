"""Which codes a point offers on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import get_language

from mosty.infopoint.models import Code, Point
from mosty.kernel.spans import holding_on
from mosty.kernel.translated import in_language


@dataclass(frozen=True, slots=True)
class Choice:
    """One code, as the reader sees it."""

    pk: int
    code: str
    label: str


Lists = Mapping[str, list[Choice]]


def offered(point: Point, day: date | None, *, every: bool = False) -> Lists:
    """
    Return the lists of a point by their kinds, as they hold on ``day``; one query.

    Without a day: with all that ever held.

    A city's own list, where it has one, is offered in place of the common one; with
    ``every`` both, since a record may say either.
    """
    held = Q() if day is None else holding_on(day)
    rows = (
        Code.objects.filter(held, Q(owner__isnull=True) | Q(owner=point.city_id))
        .order_by("kind", "order", "code")
        # As text, so that a page with hundreds of names reads each only once.
        .annotate(text=Cast("label", TextField()))
        .values_list("kind", "owner", "pk", "code", "text")
    )
    language = get_language() or "en"
    common: dict[str, list[Choice]] = {}
    own: dict[str, list[Choice]] = {}
    for kind, owner, pk, code, text in rows:
        choice = Choice(pk, code, in_language(text, language))
        (common if owner is None else own).setdefault(kind, []).append(choice)
    if every:
        return {
            kind: [*own.get(kind, []), *common.get(kind, [])]
            for kind in {*own, *common}
        }
    return {**common, **own}


def code_of(lists: Lists, kind: str, typed: str) -> str:
    """
    Return the code that ``typed`` names, in the reader's language or as itself.

    What names none is returned as it is: the action refuses it.
    """
    wanted = typed.strip().casefold()
    known = lists.get(kind, [])
    for choice in known:
        if wanted in {choice.code, choice.label.casefold()}:
            return choice.code
    begin = [one.code for one in known if one.label.casefold().startswith(wanted)]
    return begin[0] if len(begin) == 1 else typed.strip()[:40]
