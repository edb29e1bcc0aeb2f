"""
Lists: what of a query's rows a page shows, in which order, and the links around it.

A query builds a :class:`Listing` from ``request.GET`` in two queries (count and
slice); the template shows it with ``sort_header``, ``filter_bar``, ``pills``,
``pager`` and ``download_menu``. An address with a page, size or order that does not
exist shows the nearest that does, so that old bookmarks keep working.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django import forms
from django.db.models import Model, QuerySet
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _

from mosty.ui.dates import day

SIZES = (25, 50, 100)
Row = TypeVar("Row")
# Key in the address -> names for order_by, as they stand for the ascending order.
Sorts = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Pill:
    """One filter that is on, and the address of the list without it."""

    label: str
    value: str
    url: str


@dataclass(frozen=True, slots=True)
class Listing(Generic[Row]):
    """One page of a list: its rows, where they stand among all, and its links."""

    rows: Sequence[Row]
    total: int
    page: int
    size: int
    sort: str
    sorts: frozenset[str]
    params: QueryDict
    pills: tuple[Pill, ...] = ()
    sizes: tuple[int, ...] = SIZES

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def pages(self) -> int:
        return page_count(self.total, self.size)

    @property
    def first(self) -> int:
        """Return the number of the first row shown, counted from 1."""
        return (self.page - 1) * self.size + 1 if self.total else 0

    @property
    def last(self) -> int:
        return min(self.page * self.size, self.total)

    @property
    def previous_url(self) -> str:
        return self.url(page=self.page - 1) if self.page > 1 else ""

    @property
    def next_url(self) -> str:
        return self.url(page=self.page + 1) if self.page < self.pages else ""

    @property
    def clear_url(self) -> str:
        """Return the address without any filter, in the same order and size."""
        kept = QueryDict(mutable=True)
        for name in ("sort", "size"):
            if value := self.params.get(name):
                kept[name] = value
        return f"?{kept.urlencode()}"

    @property
    def size_urls(self) -> list[tuple[int, str]]:
        return [(size, self.url(size=size)) for size in self.sizes]

    def sort_url(self, key: str) -> str:
        """Return the address ordered by ``key``, turned round if it is already."""
        return self.url(sort=f"-{key}" if self.sort == key else key)

    def download_url(self, form: str) -> str:
        """Return the address of everything filtered here as a file, csv or xlsx."""
        return self.url(export=form)

    def url(self, **changes: object) -> str:
        """Return this list's address with ``changes``; back on page 1 unless told."""
        return changed(self.params, **changes)


def changed(params: QueryDict, **changes: object) -> str:
    """Return a query string with ``changes`` and without page, file and empty values."""
    new = QueryDict(mutable=True)
    for name, values in params.lists():
        if name not in {"page", "export"} and (kept := [v for v in values if v]):
            new.setlist(name, kept)
    for name, value in changes.items():
        new[name] = str(value)
    return f"?{new.urlencode()}"


def page_count(total: int, size: int) -> int:
    """Return how many pages ``total`` rows fill; an empty list has one."""
    return max(1, -(-total // size))


def _whole(text: str | None, default: int) -> int:
    """Return ``text`` as a whole number; ``default`` where it is none."""
    # isdecimal alone lets digits through that no page number has so many of.
    return int(text) if text and text.isdecimal() and len(text) < 10 else default


def chosen_sort(params: QueryDict, sorts: Sorts, default: str) -> str:
    """Return the order asked for if it exists, else ``default``."""
    asked = params.get("sort", "")
    return asked if asked.removeprefix("-") in sorts else default


def ordered(
    rows: QuerySet[Model, Row], sorts: Sorts, sort: str
) -> QuerySet[Model, Row]:
    """Return ``rows`` ordered by ``sort``; equal ones stay in the order they came to be."""
    names = sorts[sort.removeprefix("-")]
    if sort.startswith("-"):
        names = [n.removeprefix("-") if n.startswith("-") else f"-{n}" for n in names]
    return rows.order_by(*names, "pk")


def build(
    params: QueryDict,
    rows: QuerySet[Any, Any],
    *,
    sorts: Sorts,
    default: str,
    form: forms.BaseForm | None = None,
    shape: Callable[[Any], Row] | None = None,
    sizes: tuple[int, ...] = SIZES,
    total: int | None = None,
) -> Listing[Row]:
    """
    Return the page of ``rows`` that ``params`` ask for; two queries, one if empty.

    ``total`` is how many there are, where whoever asks has counted them already.

    ``form`` is the filters' form, already applied to ``rows``; what is on in it becomes
    pills. ``shape`` turns a row into what the page shows. ``default`` is a key of
    ``sorts``, with a minus for the descending order.
    """
    total = rows.count() if total is None else total
    page, size = _asked_page(params, total, sizes)
    sort = chosen_sort(params, sorts, default)
    start = (page - 1) * size
    found = list(ordered(rows, sorts, sort)[start : start + size]) if total else []
    return Listing(
        rows=[shape(row) for row in found] if shape else found,
        total=total,
        page=page,
        size=size,
        sort=sort,
        sorts=frozenset(sorts),
        params=params,
        pills=tuple(pills_of(form, params)) if form is not None else (),
        sizes=sizes,
    )


def of_rows(
    params: QueryDict,
    rows: Sequence[Row],
    *,
    sorts: Mapping[str, Callable[[Row], Any]],
    default: str,
    form: forms.BaseForm | None = None,
    sizes: tuple[int, ...] = SIZES,
) -> Listing[Row]:
    """
    Return the page of ``rows`` that ``params`` ask for, as :func:`build` does.

    For rows that are computed, not stored: ``sorts`` say what each order goes by.
    """
    page, size = _asked_page(params, len(rows), sizes)
    known = dict.fromkeys(sorts, ())
    sort = chosen_sort(params, known, default)
    found = sorted(
        rows, key=sorts[sort.removeprefix("-")], reverse=sort.startswith("-")
    )
    return Listing(
        rows=found[(page - 1) * size : page * size],
        total=len(rows),
        page=page,
        size=size,
        sort=sort,
        sorts=frozenset(sorts),
        params=params,
        pills=tuple(pills_of(form, params)) if form is not None else (),
        sizes=sizes,
    )


def _asked_page(
    params: QueryDict, total: int, sizes: tuple[int, ...]
) -> tuple[int, int]:
    """Return the page asked for and its size, or the nearest that exist."""
    size = _whole(params.get("size"), sizes[0])
    size = size if size in sizes else sizes[0]
    page = min(max(1, _whole(params.get("page"), 1)), page_count(total, size))
    return page, size


def pills_of(form: forms.BaseForm, params: QueryDict) -> Iterator[Pill]:
    """Yield a pill for each filter of ``form`` that is on."""
    form.is_valid()
    for name, value in form.cleaned_data.items():
        field = form[name]
        if value in (None, "", [], ()) or value is False or field.is_hidden:
            continue
        several = isinstance(value, (list, tuple, QuerySet))
        for one in value if several else [value]:
            rest = [
                text
                for text in params.getlist(field.html_name)
                if several and text != str(getattr(one, "pk", one))
            ]
            yield Pill(
                str(field.label), _in_words(field, one), _without(params, field, rest)
            )


def _in_words(field: BoundField, value: object) -> str:
    """Return a filter's value as the form shows it."""
    if value is True:
        return _("yes")
    if isinstance(value, slice):
        return f"{_in_words(field, value.start)} – {_in_words(field, value.stop)}"
    if value is None:
        return ""
    if isinstance(value, date):
        return day(value)
    choices = getattr(field.field, "choices", None)
    if isinstance(field.field, (forms.ChoiceField, forms.TypedChoiceField)) and choices:
        for key, label in choices:
            inner = label if isinstance(label, (list, tuple)) else [(key, label)]
            for option, text in inner:
                if str(option) == str(value):
                    return str(text)
    return str(value)


def _without(params: QueryDict, field: BoundField, rest: list[str]) -> str:
    """Return the address with only ``rest`` left of the field's values."""
    new = params.copy()
    new.pop("page", None)
    # A field of several controls (a range of dates) sends name_0, name_1 or alike.
    parts = isinstance(field.field.widget, forms.MultiWidget)
    for name in list(new):
        if parts and name.startswith(f"{field.html_name}_"):
            new.pop(name)
    new.setlist(field.html_name, rest)
    return changed(new)
