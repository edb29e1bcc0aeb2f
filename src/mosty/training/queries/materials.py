"""The materials of a course: for those who read them, and for those who keep them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.storage import default_storage
from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from mosty.accounts.models import User
from mosty.kernel.files import KINDS
from mosty.outbox.models import Link
from mosty.programmes import languages
from mosty.programmes import policies as programmes
from mosty.programmes.languages import Text
from mosty.programmes.models import Course
from mosty.selection.models import Offer
from mosty.training import policies
from mosty.training.models import Licence, Material, MaterialVersion

# Of one download of all: more is opened one by one.
MOST_FILES = 200
MOST_BYTES = 200 * 1024**2
_LABELS = {kind.content_type: kind.label for kind in KINDS.values()}
Address = Callable[[Material], str]


@dataclass(frozen=True, slots=True)
class Line:
    """One material as its readers see it: its newest version."""

    pk: int
    title: Text
    # Where it leads: to the file here, or to what others publish.
    url: str
    is_link: bool
    host: str
    label: str
    size: int | None
    session: Text | None
    course: Text
    is_case_study: bool
    language: str
    licence: str
    version: int
    added_at: datetime


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a reader may read of a course, and where all of it is in one file."""

    lines: list[Line]
    # Empty where there is but one file, or more than one download bears.
    zip_url: str
    size: int
    # What the city network reads of the programme's other courses.
    elsewhere: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class DeskVersion:
    """One version, as those who keep the material see it."""

    number: int
    name: str
    url: str
    label: str
    size: int | None
    added_on: date
    added_by: str


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One material with all its versions."""

    pk: int
    title: Text
    session: Text | None
    is_case_study: bool
    is_link: bool
    access: str
    language: str
    licence: str
    newest: DeskVersion
    older: list[DeskVersion]
    can_change: bool
    withdrawn_on: date | None
    withdrawn_by: str
    withdrawn_reason: str


@dataclass(frozen=True, slots=True)
class Desk:
    """The page of those who keep the materials of a course."""

    course: Course
    rows: list[DeskRow]
    withdrawn: list[DeskRow]
    can_add: bool


def newest(materials: QuerySet[Material]) -> list[MaterialVersion]:
    """Return the newest version of each, by session and age; one query."""
    versions = (
        MaterialVersion.objects.filter(material__in=materials)
        .order_by("material_id", "-number")
        .distinct("material_id")
        .select_related("material__session", "material__course__programme")
    )
    return sorted(versions, key=_place)


def _place(version: MaterialVersion) -> tuple[str, int]:
    """Return the order on a page: of the whole course, then session by session."""
    session = version.material.session
    return session.starts_at.isoformat() if session else "", version.material_id


def shelf(course: Course, reader: programmes.Viewer) -> Shelf:
    """Return what ``reader``, signed in or not, may read of ``course``; one query of it."""
    place = [course.programme.slug, course.slug]
    return _shelf(
        newest(policies.materials_visible_to(reader).filter(course=course)),
        lambda material: reverse("training:material_file", args=[*place, material.pk]),
        reverse("training:materials_zip", args=place),
    )


def seat_of(link: Link) -> QuerySet[Offer]:
    """Return the one taken seat that ``link`` is for, with what handing out asks."""
    return policies.seats_visible_to_link(link).select_related(
        "seat__call__course__programme", "nomination"
    )


def shelf_of_participant(offer: Offer, token: str) -> Shelf:
    """
    Return what whoever holds the seat ``offer`` may read, with addresses of her link.

    For the page behind the link: ``{% include "training/materials_shelf.html" %}``
    with it as ``shelf``. One query.
    """
    course = offer.seat.call.course_id
    found = newest(policies.materials_visible_to_participant(offer))
    own = [version for version in found if version.material.course_id == course]
    others = [version for version in found if version.material.course_id != course]

    def address(material: Material) -> str:
        return reverse("training:link_material_file", args=[token, material.pk])

    return _shelf(
        own,
        address,
        reverse("training:link_materials_zip", args=[token]),
        tuple(_line(version, address) for version in others),
    )


def of_participant(offer: Offer) -> list[MaterialVersion]:
    """Return the newest versions that stand on the participant's page of her course."""
    course = offer.seat.call.course_id
    return newest(
        policies.materials_visible_to_participant(offer).filter(course=course)
    )


def _shelf(
    found: Sequence[MaterialVersion],
    address: Address,
    zip_url: str,
    elsewhere: tuple[Line, ...] = (),
) -> Shelf:
    several = sum(version.size is not None for version in found) > 1
    return Shelf(
        lines=[_line(version, address) for version in found],
        zip_url=zip_url if several and fits(found) else "",
        size=sum(version.size or 0 for version in found),
        elsewhere=elsewhere,
    )


def fits(found: Sequence[MaterialVersion]) -> bool:
    """Test if one download bears all files among ``found``, and there is one at all."""
    sizes = [version.size for version in found if version.size is not None]
    return 0 < len(sizes) <= MOST_FILES and sum(sizes) <= MOST_BYTES


def _line(version: MaterialVersion, address: Address) -> Line:
    material = version.material
    is_link = version.kind == MaterialVersion.Kind.LINK
    return Line(
        pk=material.pk,
        title=material.title,
        url=version.url if is_link else address(material),
        is_link=is_link,
        host=version.url.split("/")[2] if is_link else "",
        label=_label(version),
        size=version.size,
        session=material.session.title if material.session else None,
        course=material.course.title,
        is_case_study=material.is_case_study,
        language=languages.name(material.language),
        licence=licence_words(material),
        version=version.number,
        added_at=version.added_at,
    )


def _label(version: MaterialVersion) -> str:
    return str(_LABELS.get(version.content_type, version.content_type))


def licence_words(material: Material) -> str:
    """Return the licence as people read it."""
    if material.licence == Licence.OTHER:
        return material.licence_text
    return str(material.get_licence_display())


def courses_kept_by(user: User) -> QuerySet[Course]:
    """Return the courses whose materials ``user`` sees as those who keep them do."""
    return policies.material_desks_visible_to(user).select_related("programme")


def kept(user: User, course: Course) -> QuerySet[Material]:
    """Return all materials of ``course`` for those who keep them."""
    return policies.materials_kept_for(user, course).select_related(
        "course__programme", "session"
    )


def desk(course: Course, user: User) -> Desk:
    """Return the page of those who keep the materials; a constant number of queries."""
    whole = policies.can_keep_materials(user, course, None)
    sessions = (
        set(
            policies.sessions_with_materials_by(user, course).values_list(
                "pk", flat=True
            )
        )
        if whole
        else set()
    )
    versions = MaterialVersion.objects.order_by("-number")
    found = kept(user, course).prefetch_related(Prefetch("versions", versions))
    rows = [
        _desk_row(
            material,
            can_change=whole
            and material.withdrawn_at is None
            and (material.session_id is None or material.session_id in sessions),
        )
        for material in sorted(found, key=lambda one: (_starts(one), one.pk))
    ]
    return Desk(
        course=course,
        rows=[row for row in rows if row.withdrawn_on is None],
        withdrawn=[row for row in rows if row.withdrawn_on is not None],
        can_add=whole,
    )


def _starts(material: Material) -> str:
    return material.session.starts_at.isoformat() if material.session else ""


def _desk_row(material: Material, *, can_change: bool) -> DeskRow:
    versions = [_desk_version(material, one) for one in material.versions.all()]
    return DeskRow(
        pk=material.pk,
        title=material.title,
        session=material.session.title if material.session else None,
        is_case_study=material.is_case_study,
        is_link=not versions[0].name,
        access=str(material.get_access_display()),
        language=languages.name(material.language),
        licence=licence_words(material),
        newest=versions[0],
        older=versions[1:],
        can_change=can_change,
        withdrawn_on=material.course.programme.local(material.withdrawn_at).date()
        if material.withdrawn_at
        else None,
        withdrawn_by=material.withdrawn_by,
        withdrawn_reason=material.withdrawn_reason,
    )


def _desk_version(material: Material, version: MaterialVersion) -> DeskVersion:
    args = [material.course_id, material.pk, version.number]
    return DeskVersion(
        number=version.number,
        name=version.name,
        url=version.url or reverse("training:material_version", args=args),
        label=_label(version),
        size=version.size,
        added_on=material.course.programme.local(version.added_at).date(),
        added_by=version.added_by,
    )


def missing_files() -> tuple[int, int]:
    """Return how many files there should be, and how many of them are not there."""
    names = MaterialVersion.objects.exclude(file="").values_list("file", flat=True)
    there = [default_storage.exists(name) for name in names.iterator()]
    return len(there), there.count(False)
