"""Many rows at once: parts that fit into one statement, and only what is not there yet."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from django.db import connection
from django.db.models import Model

from mosty.kernel.tokens import new_code

Thing = TypeVar("Thing")
Row = TypeVar("Row", bound=Model)
_BATCH = 500


def batches(things: Iterable[Thing], size: int = _BATCH) -> Iterator[list[Thing]]:
    """Yield ``things`` in lists of ``size``, the last one shorter; one is held at a time."""
    rest = iter(things)
    while some := list(islice(rest, size)):
        yield some


def free_codes(model: type[Model], number: int) -> list[str]:
    """Return codes that no row has: among ten thousand, chance alone makes two alike."""
    codes: set[str] = set()
    while len(codes) < number:
        drawn = {new_code() for _time in range(number - len(codes))} - codes
        taken = model._base_manager.filter(code__in=drawn)  # noqa: SLF001 - every model's
        codes |= drawn - set(taken.values_list("code", flat=True))
    return list(codes)


def insert_new(rows: Sequence[Row], *, by: str) -> list[Row]:
    """
    Store those of ``rows`` that no unique constraint refuses; return them, with their keys.

    It takes neither a look before, which another act can outdate, nor a savepoint.
    ``by`` names the field that tells the rows apart.
    """
    if not rows:
        return []
    meta = rows[0]._meta
    fields = [field for field in meta.concrete_fields if not field.primary_key]
    quoted = connection.ops.quote_name
    line = f"({', '.join(['%s'] * len(fields))})"
    statement = (
        # Names of our own models: nothing that anybody typed.
        f"insert into {quoted(meta.db_table)}"  # noqa: S608
        f" ({', '.join(quoted(str(field.column)) for field in fields)})"
        f" values {', '.join([line] * len(rows))} on conflict do nothing"
        f" returning {quoted(str(meta.get_field(by).column))}, {quoted(str(meta.pk.column))}"  # type: ignore[union-attr]  # a plain column
    )
    values = [
        field.get_db_prep_save(field.pre_save(row, add=True), connection)
        for row in rows
        for field in fields
    ]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        keys = dict(cursor.fetchall())
    made = [row for row in rows if getattr(row, by) in keys]
    for row in made:
        row.pk = keys[getattr(row, by)]
        # As Django's own bulk_create does: what is stored is no new row any more.
        row._state.adding = False  # noqa: SLF001
        row._state.db = connection.alias  # noqa: SLF001
    return made
