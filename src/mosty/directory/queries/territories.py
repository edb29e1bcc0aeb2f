"""Places: the list, and what is known of one, with its history."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django import forms
from django.db.models import Prefetch, Q, QuerySet
from django.http import QueryDict
from django.utils.formats import number_format
from django.utils.text import slugify

from mosty.directory import policies
from mosty.directory.members import Member
from mosty.directory.models import (
    DatedFact,
    FactProposal,
    Territory,
    TerritoryCode,
)
from mosty.kernel.names import fold, sort_key
from mosty.ui import listing
from mosty.ui.listing import Listing

SORTS = {"name": ("sort_name",), "kind": ("kind", "sort_name")}


@dataclass(frozen=True, slots=True)
class TerritoryRow:
    """What one line of the list of places shows."""

    slug: str
    name: str
    kind: str
    country: str
    within: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact, with what may be done about it."""

    pk: int
    topic: str
    value: str
    as_of: date
    method: str
    source: str
    illustrative: bool
    replaced_at: datetime | None
    awaits_decision: bool


@dataclass(frozen=True, slots=True)
class TerritoryPage:
    """What is known of one place."""

    codes: tuple[TerritoryCode, ...]
    organisations: tuple[tuple[str, str], ...]
    facts: tuple[FactRow, ...]
    history: tuple[FactRow, ...]
    can_edit: bool
    can_propose: bool


def named(words: str) -> Q:
    """Return the condition that a place or organisation is called something like this."""
    plain = slugify(fold(words))
    condition = Q(sort_name__contains=sort_key(words))
    return condition | Q(slug__contains=plain) if plain else condition


def filtered(user: Member, form: forms.Form) -> QuerySet[Territory]:
    """Return the places ``user`` may see that the valid part of ``form`` lets through."""
    form.is_valid()
    asked = form.cleaned_data
    rows = policies.territories_visible_to(user)
    if words := asked.get("q"):
        rows = rows.filter(named(words) | Q(codes__code=words.strip())).distinct()
    if kind := asked.get("kind"):
        rows = rows.filter(kind=kind)
    if country := asked.get("country"):
        rows = rows.filter(country=country)
    return rows.select_related("within").prefetch_related(
        Prefetch("codes", TerritoryCode.objects.order_by("system", "-vintage"))
    )


def territories(
    user: Member, params: QueryDict, form: forms.Form
) -> Listing[TerritoryRow]:
    """Return one page of the places that ``user`` may see; three queries."""
    return listing.build(
        params,
        filtered(user, form),
        sorts=SORTS,
        default="name",
        form=form,
        shape=_row,
    )


def export(user: Member, form: forms.Form) -> Iterator[TerritoryRow]:
    """Yield every place that the filtered list has, by name."""
    return map(_row, filtered(user, form).order_by("sort_name", "pk"))


def _row(territory: Territory) -> TerritoryRow:
    return TerritoryRow(
        slug=territory.slug,
        name=str(territory.name),
        kind=territory.get_kind_display(),
        country=territory.country,
        within=str(territory.within or ""),
        codes=tuple(map(str, territory.codes.all())),
    )


def territory_page(user: Member, territory: Territory) -> TerritoryPage:
    """Return what is known of ``territory``; at most five queries."""
    rows = [_fact(fact) for fact in _facts(territory)]
    seen = policies.organisations_visible_to(user).filter(territory=territory)
    current = tuple(row for row in rows if row.replaced_at is None)
    return TerritoryPage(
        codes=tuple(territory.codes.order_by("system", "-vintage")),
        organisations=tuple((o.slug, str(o.name)) for o in seen),
        facts=current,
        history=tuple(row for row in rows if row.replaced_at is not None),
        can_edit=policies.can_edit(user),
        can_propose=_speaks_for(user, territory),
    )


def _speaks_for(user: Member, territory: Territory) -> bool:
    return policies.can_propose(user, DatedFact(territory=territory))


def _facts(territory: Territory) -> QuerySet[DatedFact]:
    waiting = FactProposal.objects.filter(state=FactProposal.State.OPEN)
    return territory.facts.order_by("topic", "-as_of", "-pk").prefetch_related(
        Prefetch("proposals", waiting, to_attr="waiting")
    )


def _fact(fact: DatedFact) -> FactRow:
    return FactRow(
        pk=fact.pk,
        topic=fact.get_topic_display(),
        value=value_in_words(fact.topic, fact.value),
        as_of=fact.as_of,
        method=str(fact.method),
        source=fact.source,
        illustrative=fact.illustrative,
        replaced_at=fact.superseded_at,
        awaits_decision=bool(getattr(fact, "waiting", ())),
    )


def value_in_words(topic: str, value: str) -> str:
    """Return a fact's value as people read it: a word, or a number with its spaces."""
    if topic == DatedFact.Topic.EXPERIENCE:
        return str(dict(DatedFact.Experience.choices).get(value, value))
    return number_format(value, force_grouping=True) if value.isdecimal() else value
