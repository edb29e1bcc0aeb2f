"""Organisations: the list, and one with its members."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django import forms
from django.db.models import Prefetch, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from mosty.directory import policies
from mosty.directory.members import Member
from mosty.directory.models import Membership, Organisation, Person
from mosty.directory.queries.territories import named
from mosty.kernel.spans import holding_on
from mosty.ui import listing
from mosty.ui.listing import Listing

SORTS = {"name": ("sort_name",), "kind": ("kind", "sort_name")}


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """What one line of the list of organisations shows."""

    slug: str
    short_name: str
    name: str
    kind: str
    territory: str
    bodies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MembershipRow:
    """One membership, seen from either side."""

    pk: int
    slug: str
    name: str
    since: date | None
    until: date | None
    source: str
    has_ended: bool


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    """What is known of one organisation."""

    bodies: tuple[MembershipRow, ...]
    members: tuple[MembershipRow, ...]
    people: int
    can_edit: bool
    can_edit_members: bool


def filtered(user: Member, form: forms.Form) -> QuerySet[Organisation]:
    """Return the organisations ``user`` may see that ``form``'s valid part lets through."""
    form.is_valid()
    asked = form.cleaned_data
    rows = policies.organisations_visible_to(user)
    if words := asked.get("q"):
        rows = rows.filter(named(words) | Q(name__icontains=words))
    if kind := asked.get("kind"):
        rows = rows.filter(kind=kind)
    if body := asked.get("member_of"):
        members = Membership.objects.filter(_current(), body=body)
        rows = rows.filter(pk__in=members.values("member"))
    current = Membership.objects.filter(_current()).select_related("body")
    return rows.select_related("territory").prefetch_related(
        Prefetch("memberships", current.order_by("pk"), to_attr="current")
    )


def _current() -> Q:
    return holding_on(timezone.localdate())


def organisations(
    user: Member, params: QueryDict, form: forms.Form
) -> Listing[OrganisationRow]:
    """Return one page of the organisations that ``user`` may see; three queries."""
    return listing.build(
        params,
        filtered(user, form),
        sorts=SORTS,
        default="name",
        form=form,
        shape=_row,
    )


def export(user: Member, form: forms.Form) -> Iterator[OrganisationRow]:
    """Yield every organisation that the filtered list has, by name."""
    return map(_row, filtered(user, form).order_by("sort_name", "pk"))


def _row(organisation: Organisation) -> OrganisationRow:
    return OrganisationRow(
        slug=organisation.slug,
        short_name=str(organisation.short_name),
        name=str(organisation.name),
        kind=organisation.get_kind_display(),
        territory=str(organisation.territory or ""),
        bodies=tuple(str(m.body) for m in getattr(organisation, "current", ())),
    )


def organisation_page(user: Member, organisation: Organisation) -> OrganisationPage:
    """Return what is known of ``organisation``; at most four queries."""
    known = policies.organisations_visible_to(user).values("pk")
    bodies = organisation.memberships.filter(body__in=known).select_related("body")
    members = organisation.members.filter(member__in=known).select_related("member")
    today = timezone.localdate()
    return OrganisationPage(
        bodies=tuple(
            _side(m, m.body, today) for m in bodies.order_by("body__sort_name", "since")
        ),
        members=tuple(
            _side(m, m.member, today)
            for m in members.order_by("member__sort_name", "since")
        ),
        people=_people(user, organisation),
        can_edit=policies.can_edit(user),
        can_edit_members=policies.can_edit_members(user, organisation),
    )


def _people(user: Member, organisation: Organisation) -> int:
    held = Person.objects.filter(positions__organisation=organisation).values("pk")
    return policies.people_visible_to(user).filter(pk__in=held).count()


def _side(membership: Membership, other: Organisation, today: date) -> MembershipRow:
    return MembershipRow(
        pk=membership.pk,
        slug=other.slug,
        name=str(other.short_name),
        since=membership.since,
        until=membership.until,
        source=membership.source,
        has_ended=membership.until is not None and membership.until < today,
    )
