"""Workshops as lists, forms and pages show them; and the guides of a point."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mosty.accounts.models import User
from mosty.infopoint import policies
from mosty.infopoint.models import Guide, Kind, Point, State, Workshop, WorkshopGroup
from mosty.infopoint.queries.lists import Choice, Lists, offered
from mosty.infopoint.queries.records import names_of
from mosty.library.models import Edition, EditionVersion
from mosty.programmes.languages import names as language_names
from mosty.ui import listing
from mosty.ui.dates import day as in_words
from mosty.ui.listing import Listing

SORTS = {"day": ("day", "recorded_at", "pk"), "persons": ("persons", "day", "pk")}


@dataclass(frozen=True, slots=True)
class WorkshopRow:
    """What one line of the list shows."""

    key: str
    day: date
    topic: str
    language: str
    place: str
    partner: str
    persons: int
    is_counted: bool
    is_revised: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of the grid: how many of a sex and age band."""

    name: str
    label: str
    value: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """Persons by age band (lines) and sex (columns); the last of each: not known."""

    columns: tuple[str, ...]
    lines: tuple[tuple[str, tuple[Cell, ...]], ...]


@dataclass(frozen=True, slots=True)
class WorkshopVersion:
    """What was said of a workshop until it was changed."""

    rows: tuple[tuple[str, str], ...]
    grid: Grid
    reason: str
    changed_at: datetime
    changed_by: str
    is_revision: bool


@dataclass(frozen=True, slots=True)
class WorkshopPage:
    """One workshop with what was said before."""

    workshop: Workshop
    rows: tuple[tuple[str, str], ...]
    grid: Grid
    versions: tuple[WorkshopVersion, ...]
    can_correct: bool


@dataclass(frozen=True, slots=True)
class GuideRow:
    """One guide of a point."""

    pk: int
    title: str
    languages: str
    published_on: date
    ended_on: date | None
    url: str
    # Of its page in the library, empty where it is not there.
    in_library: str


def workshops(
    point: Point, params: QueryDict, form: forms.Form
) -> Listing[WorkshopRow]:
    """Return one page of the workshops that ``form`` lets through; three queries."""
    names = names_of(point)
    form.is_valid()
    asked = form.cleaned_data
    rows = Workshop.objects.filter(point=point)
    if since := asked.get("since"):
        rows = rows.filter(day__gte=since)
    if until := asked.get("until"):
        rows = rows.filter(day__lte=until)
    if topic := asked.get("topic"):
        rows = rows.filter(topic_id=int(topic))
    return listing.build(
        params,
        rows,
        sorts=SORTS,
        default="-day",
        form=form,
        shape=lambda row: WorkshopRow(
            key=str(row.pk),
            day=row.day,
            topic=names[row.topic_id],
            language=names[row.language_id],
            place=row.place,
            partner=row.partner,
            persons=row.persons,
            is_counted=row.state == State.COUNTED,
            is_revised=row.version > 1 or bool(row.late_reason),
        ),
    )


def workshop_page(workshop: Workshop, user: User) -> WorkshopPage:
    """Return a workshop with its history; five queries."""
    names = names_of(workshop.point)
    lists = offered(workshop.point, workshop.day, every=True)
    groups = groups_of(workshop)
    versions = tuple(
        WorkshopVersion(
            _facts(
                date.fromisoformat(change.said["day"]),
                names[change.said["topic_id"]],
                names[change.said["language_id"]],
                change.said["place"],
                change.said["partner"],
                change.said["persons"],
            ),
            filled_grid(lists, groups.get(change.version, {})),
            change.reason,
            change.changed_at,
            change.changed_by,
            change.is_revision,
        )
        for change in workshop.changes.order_by("-version")
    )
    return WorkshopPage(
        workshop,
        _facts(
            workshop.day,
            names[workshop.topic_id],
            names[workshop.language_id],
            workshop.place,
            workshop.partner,
            workshop.persons,
        ),
        filled_grid(lists, groups.get(workshop.version, {})),
        versions,
        workshop.state == State.COUNTED and policies.can_correct(user, workshop),
    )


Counts = Mapping[tuple[int | None, int | None], int]


def groups_of(
    workshop: Workshop,
) -> dict[int, dict[tuple[int | None, int | None], int]]:
    """Return the workshop's groups by version, each by the keys of sex and age band."""
    found: dict[int, dict[tuple[int | None, int | None], int]] = {}
    for one in WorkshopGroup.objects.filter(workshop=workshop):
        found.setdefault(one.version, {})[one.sex_id, one.age_band_id] = one.count
    return found


def cell_name(sex: str, age_band: str) -> str:
    """Return the name of a number of the grid in the form."""
    return f"n-{sex or '0'}-{age_band or '0'}"


def axes(lists: Lists) -> tuple[list[Choice], list[Choice]]:
    """Return sexes and age bands as the grid has them, the last of each: not known."""
    unknown = Choice(0, "", pgettext("persons", "not known"))
    sexes, ages = (
        [*lists.get(kind, []), unknown] for kind in (Kind.SEX, Kind.AGE_BAND)
    )
    return sexes, ages


def filled_grid(lists: Lists, counts: Counts) -> Grid:
    """Return the grid with what was counted; only lines and columns with numbers."""
    sexes, ages = axes(lists)
    said = {(sex or 0, age or 0): count for (sex, age), count in counts.items()}
    sexes = [one for one in sexes if any(sex == one.pk for sex, _age in said)]
    ages = [one for one in ages if any(age == one.pk for _sex, age in said)]
    return Grid(
        tuple(one.label for one in sexes),
        tuple(
            (
                age.label,
                tuple(
                    Cell("", "", str(said.get((sex.pk, age.pk), "")) or "–")
                    for sex in sexes
                ),
            )
            for age in ages
        ),
    )


def guides(point: Point) -> list[GuideRow]:
    """Return the guides of a point, the newest first; one query."""
    return [
        GuideRow(
            row.pk,
            str(row.title),
            language_names(row.languages),
            row.published_on,
            row.ended_on,
            row.url,
            in_library(row),
        )
        for row in Guide.objects.filter(point=point).select_related("edition__tool")
    ]


def in_library(guide: Guide) -> str:
    """Return the address of the guide's page in the library, empty if it is not there."""
    edition = guide.edition
    if edition is None or edition.tool.retired_at is not None:
        return ""
    return reverse("library:edition", args=[edition.tool.slug, edition.language])


def editions_to_choose() -> QuerySet[Edition]:
    """Return the editions that everybody can read in the library."""
    readable = EditionVersion.objects.filter(state=EditionVersion.State.PUBLISHED)
    return (
        Edition.objects.filter(
            pk__in=readable.values("edition"), tool__retired_at__isnull=True
        )
        .select_related("tool")
        .order_by("tool__slug", "language")
    )


def _facts(
    day: date, topic: str, language: str, place: str, partner: str, persons: int
) -> tuple[tuple[str, str], ...]:
    pairs = (
        (_("Day"), in_words(day)),
        (str(Kind.TOPIC.label), topic),
        (str(Kind.LANGUAGE.label), language),
        (_("Place"), place),
        (_("Partner"), partner),
        (_("Persons"), str(persons)),
    )
    return tuple((question, answer) for question, answer in pairs if answer)
