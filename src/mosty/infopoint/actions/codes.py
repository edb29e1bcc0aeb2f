"""Keeping code lists: the common one from our own data, a city's own by its lead."""

from i18nfield.strings import LazyI18nString

from mosty.infopoint.common.names import entries
from mosty.infopoint.common.words import LANGUAGES
from mosty.infopoint.models import Code


def load_common() -> int:
    """
    Add what the common list lacks; return how much. Repeating it adds nothing.

    Called where a point is opened, and by ``mosty commoncodes`` after an upgrade. What
    is there stays as it is: a code's meaning never changes under its records.
    """
    there = set(Code.objects.filter(owner__isnull=True).values_list("kind", "code"))
    new = [
        Code(
            kind=entry.kind,
            code=entry.code,
            label=LazyI18nString(dict(zip(LANGUAGES, entry.labels, strict=True))),
            since=entry.since,
            until=entry.until,
            sensitive=entry.sensitive,
            order=order,
        )
        for order, entry in enumerate(entries())
        if (entry.kind, entry.code) not in there
    ]
    Code.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)
