"""What the pages of imports show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import JSONObject

from mosty.importing.models import WaitingFile

# So many lines a table of a page shows; it says how many there are.
SHOWN = 200
_TAGS: Mapping[str, str] = {
    "uploaded": "need",
    "done": "in",
    "dropped": "plain",
    "withdrawn": "no",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One file in a list of files."""

    pk: int
    file_name: str
    state: str
    tag: str
    by: str
    at: datetime
    rows: int
    new: int | None
    changed: int | None


def items(files: QuerySet[Any]) -> list[Item]:
    """Return what a list shows of ``files``, without reading what is in them; one query."""
    counted: QuerySet[Any] = files.annotate(
        counts=JSONObject(
            rows="report__rows", new="report__new", changed="report__changed"
        )
    ).defer("header", "rows", "mapping", "report")
    return [_item(row, row.counts) for row in counted]


def _item(row: WaitingFile, counts: Mapping[str, int | None]) -> Item:
    return Item(
        pk=row.pk,
        file_name=row.file_name,
        state=row.get_state_display(),
        tag=_TAGS[row.state],
        by=row.uploaded_by,
        at=row.uploaded_at,
        rows=counts["rows"] or 0,
        new=counts["new"],
        changed=counts["changed"],
    )
