"""Tables as the installation's own database counts them now."""

from django.db import connection, transaction

from mosty.figures.tables.definition import Cell, Days, Scope, Table


def cells(table: Table, *, scope: Scope, period: Days) -> list[Cell]:
    """
    Return the inner cells of ``table``, sorted; those with nothing in them are left out.

    One query, in a transaction (or a part of one) that cannot write.
    """
    # Not with the module: see there what it costs.
    from mosty.figures.tables.expression import sql

    query = sql(table, scope=scope, period=period, engine="postgres")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set transaction read only")
        cursor.execute(query)
        # In the order of the names of the expression: dimensions, then the count.
        return sorted(
            Cell(tuple(row[:-1]), int(row[-1])) for row in cursor.fetchall() if row[-1]
        )
