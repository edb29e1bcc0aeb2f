"""People: the list, and one person with her posts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django import forms
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import QueryDict

from mosty.directory import policies
from mosty.directory.members import CITY, Member
from mosty.directory.models import Person, Position
from mosty.directory.policies import PLANNERS
from mosty.kernel.names import clean, sort_key
from mosty.ui import listing
from mosty.ui.listing import Listing

SORTS = {"name": ("sort_name",), "code": ("code",)}


@dataclass(frozen=True, slots=True)
class Post:
    """What a person does or did where."""

    organisation: str
    slug: str
    title: str
    department: str
    level: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """What one line of the list of people shows."""

    code: str
    name: str
    email: str
    fictional: bool
    posts: tuple[Post, ...]


def filtered(user: Member, form: forms.Form) -> QuerySet[Person]:
    """Return the people ``user`` may know that the valid part of ``form`` lets through."""
    form.is_valid()
    asked = form.cleaned_data
    rows = with_posts(user)
    if words := clean(asked.get("q") or ""):
        rows = rows.filter(
            Q(family_name__icontains=words)
            | Q(given_name__icontains=words)
            | Q(sort_name__contains=sort_key(words))
            | Q(email__iexact=words)
            | Q(code__iexact=words)
        )
    fields = ("organisation", "department", "level")
    wanted = {name: asked[name] for name in fields if asked.get(name)}
    if wanted:
        # One post that meets all: not the department of one and the level of another.
        rows = rows.filter(Exists(_posts(user).filter(person=OuterRef("pk"), **wanted)))
    return rows


def _posts(user: Member) -> QuerySet[Position]:
    """Return the posts ``user`` may know: a city's contact, those in her own city."""
    if user.has_role(*PLANNERS):
        return Position.objects.all()
    return Position.objects.filter(organisation__in=user.acts_for(CITY))


def people(user: Member, params: QueryDict, form: forms.Form) -> Listing[PersonRow]:
    """Return one page of the people ``user`` may know; three queries."""
    return listing.build(
        params,
        filtered(user, form),
        sorts=SORTS,
        default="name",
        form=form,
        shape=row,
    )


def export(user: Member, form: forms.Form) -> Iterator[PersonRow]:
    """Yield everybody whom the filtered list has, by name."""
    return map(row, filtered(user, form).order_by("sort_name", "pk"))


def with_posts(user: Member) -> QuerySet[Person]:
    """Return the people ``user`` may know, each with the posts she may know of."""
    posts = (
        _posts(user).select_related("organisation").order_by("-until", "-since", "pk")
    )
    return policies.people_visible_to(user).prefetch_related(
        Prefetch("positions", posts, to_attr="posts")
    )


def row(person: Person) -> PersonRow:
    """Return what the pages show of a person fetched :func:`with_posts`."""
    return PersonRow(
        code=person.code,
        name=str(person),
        email=person.email,
        fictional=person.fictional,
        posts=tuple(map(_post, getattr(person, "posts", ()))),
    )


def _post(position: Position) -> Post:
    return Post(
        organisation=str(position.organisation),
        slug=position.organisation.slug,
        title=position.title,
        department=position.get_department_display(),
        level=position.get_level_display(),
        since=position.since,
        until=position.until,
    )
