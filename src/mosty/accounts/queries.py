"""What the pages about users show."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django import forms
from django.db.models import Prefetch, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from mosty.accounts import policies
from mosty.accounts.models import Grant, User
from mosty.accounts.policies import Viewer
from mosty.kernel.spans import holding_on
from mosty.ui import listing
from mosty.ui.listing import Listing

# Among how many anybody chooses in a demo.
MOST_OFFERED = 20
SORTS = {
    "name": ("sort_name",),
    "email": ("email",),
    "last_sign_in": ("last_login",),
}


@dataclass(frozen=True, slots=True)
class UserRow:
    """What one line of the list of users shows."""

    pk: int
    name: str
    email: str
    language: str
    roles: tuple[str, ...]
    last_sign_in: datetime | None
    is_active: bool


@dataclass(frozen=True, slots=True)
class Holding:
    """One role of a user, with what may be done about it."""

    pk: int
    role: str
    organisation: str
    since: date | None
    until: date | None
    has_ended: bool


@dataclass(frozen=True, slots=True)
class DemoUser:
    """Somebody whom anybody may sign in as, in a demo."""

    pk: int
    name: str
    roles: tuple[str, ...]


def users(user: Viewer, params: QueryDict, form: forms.Form) -> Listing[UserRow]:
    """Return one page of the users that ``user`` manages; three queries."""
    return listing.build(
        params,
        filtered(user, form).prefetch_related(_current()),
        sorts=SORTS,
        default="name",
        form=form,
        shape=_row,
    )


def filtered(user: Viewer, form: forms.Form) -> QuerySet[User]:
    """Return the users that ``user`` manages and the valid part of ``form`` lets through."""
    form.is_valid()
    asked = form.cleaned_data
    rows = policies.managed_by(user)
    if words := asked.get("q"):
        rows = rows.filter(Q(name__icontains=words) | Q(email__icontains=words))
    if role := asked.get("role"):
        holding = Grant.objects.filter(holding_on(timezone.localdate()), role=role)
        rows = rows.filter(pk__in=holding.values("user"))
    if state := asked.get("state"):
        rows = rows.filter(is_active=state == "active")
    return rows


def export(user: Viewer, form: forms.Form) -> Iterator[UserRow]:
    """Yield every user that the filtered list has, by name."""
    rows = filtered(user, form).prefetch_related(_current()).order_by("sort_name", "pk")
    return map(_row, rows)


def _current() -> Prefetch[str]:
    held = Grant.objects.filter(holding_on(timezone.localdate())).select_related(
        "organisation"
    )
    return Prefetch("grants", held.order_by("pk"), to_attr="current")


def _row(user: User) -> UserRow:
    return UserRow(
        pk=user.pk,
        name=user.name,
        email=user.email,
        language=user.language,
        roles=tuple(map(in_words, getattr(user, "current", ()))),
        last_sign_in=user.last_login,
        is_active=user.is_active,
    )


def in_words(grant: Grant) -> str:
    """Return a role as people say it: "coordinator (ODIHR)"."""
    role = grant.get_role_display()
    return f"{role} ({grant.organisation})" if grant.organisation else str(role)


def holdings(user: User) -> list[Holding]:
    """Return all roles that ``user`` holds or held, the lasting ones first; one query."""
    today = timezone.localdate()
    grants = user.grants.select_related("organisation").order_by("-until", "pk")
    return [
        Holding(
            pk=grant.pk,
            role=grant.get_role_display(),
            organisation=str(grant.organisation or ""),
            since=grant.since,
            until=grant.until,
            has_ended=grant.until is not None and grant.until < today,
        )
        for grant in grants
    ]


def demo_users() -> list[DemoUser]:
    """
    Return whom anybody may sign in as; nobody outside a demo. Two queries at most.

    The cast of the demo comes first; nobody chooses among the hundreds of a large one.
    """
    found = policies.open_to_demo().prefetch_related(_current()).order_by("pk")
    return [
        DemoUser(u.pk, u.name, tuple(map(in_words, getattr(u, "current", ()))))
        for u in found[:MOST_OFFERED]
    ]
