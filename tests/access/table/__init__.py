"""
Who may what: every address of ours with the circle that gets in, and who may send.

Written from the policies and the design, not from what the site answers. A key is an
address's name; a page with other rows of its own ("name/variant", as in
``tests/e2e/pages``) is asked for, too.
"""

from tests.access.rules import Table
from tests.access.table import (
    certificates,
    evaluation,
    infopoint,
    library,
    links,
    office,
    partnerships,
    planning,
    plans,
    public,
    selection,
    training,
)

AREAS: dict[str, Table] = {
    area.__name__.rpartition(".")[2]: area.TABLE
    for area in (
        public,
        links,
        planning,
        selection,
        training,
        certificates,
        evaluation,
        infopoint,
        library,
        partnerships,
        plans,
        office,
    )
}
ALL: Table = {key: rule for table in AREAS.values() for key, rule in table.items()}
