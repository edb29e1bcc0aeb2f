"""The certificates of a course: who stands how, who has one, and one of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.programmes import policies as programmes
from mosty.programmes.models import Course
from mosty.selection.models import Offer
from mosty.training import policies
from mosty.training.models import Certificate, Issuing, Picture
from mosty.training.printing import Sheet
from mosty.training.queries.designs import pictures
from mosty.training.queries.readiness import frame_or_refusal
from mosty.training.queries.standing import (
    Standing,
    Status,
    in_hours,
    standings,
)
from mosty.ui import listing
from mosty.ui.listing import Listing

SORTS: listing.Sorts = {
    "name": ("nomination__sort_name",),
    "city": ("nomination__organisation__sort_name", "nomination__sort_name"),
}
SIZES = (50, 100)
STATUS_KINDS = {Status.COMPLETED: "in", Status.NOT_COMPLETED: "wait"}


@dataclass(frozen=True, slots=True)
class Row:
    """One participant: how she stands, and her certificate where the reader may see it."""

    code: str
    name: str
    is_fictional: bool
    city: str
    hours: str
    percent: int
    status: str
    kind: str
    certificate: Certificate | None
    can_except: bool


@dataclass(frozen=True, slots=True)
class CoursePage:
    """The page of a course's certificates."""

    course: Course
    people: Listing[Row]
    sees_numbers: bool
    can_issue: bool
    # Certificates whose files the reader may have.
    files: int
    due: int
    refusal: str
    live: Issuing | None
    failure: str


def courses_for(user: User) -> QuerySet[Course]:
    """Return the courses of whose participants ``user`` sees any."""
    return policies.rosters_visible_to(user).select_related("programme")


def designable(user: User) -> QuerySet[Course]:
    """Return the courses that ``user`` may know: what certificates say is set early."""
    return programmes.courses_visible_to(user).select_related("programme")


def course_page(
    course: Course, user: User, params: QueryDict, now: datetime
) -> CoursePage:
    """Return the page; a constant number of queries."""
    seats = policies.seats_visible_to(user, course)
    found: Listing[Any] = listing.build(
        params,
        seats.select_related("nomination__organisation"),
        sorts=SORTS,
        default="name",
        sizes=SIZES,
    )
    how = standings([course.pk], now)
    can_issue = policies.can_issue(user, course)
    visible = _newest(
        policies.certificates_visible_to(user).filter(offer__seat__call__course=course)
    )
    sees_numbers = policies.sees_certificates(user, course)
    frame, refusal = frame_or_refusal(course, now) if can_issue else (None, "")
    last = Issuing.objects.filter(course=course).first() if can_issue else None
    waiting = (
        sum(
            standing.status == Status.COMPLETED and seat not in visible
            for seat, standing in how.items()
        )
        if can_issue
        else 0
    )
    return CoursePage(
        course=course,
        people=replace(
            found,
            rows=[
                _row(offer, how.get(offer.pk), visible.get(offer.pk), frame is not None)
                for offer in found.rows
            ],
        ),
        sees_numbers=sees_numbers,
        can_issue=can_issue,
        files=policies.files_for(user, course).count(),
        due=waiting,
        refusal=str(refusal) if waiting else "",
        live=last if last is not None and last.is_live else None,
        failure=failure_words(last) if last is not None else "",
    )


def _newest(certificates: QuerySet[Certificate]) -> dict[int, Certificate]:
    """Return the last certificate of each seat."""
    rows = certificates.defer("content").order_by("issued_at", "pk")
    return {row.offer_id: row for row in rows}


def _row(
    offer: Offer,
    standing: Standing | None,
    certificate: Certificate | None,
    can_issue: bool,
) -> Row:
    status = standing.status if standing else Status.NO_PART
    return Row(
        code=offer.code,
        name=f"{offer.nomination.family_name} {offer.nomination.given_name}",
        is_fictional=offer.nomination.is_fictional,
        city=str(offer.nomination.organisation),
        hours=_("%(minutes)s of %(of)s")
        % {
            "minutes": in_hours(standing.attended if standing else 0),
            "of": in_hours(standing.total if standing else 0),
        },
        percent=standing.percent if standing else 0,
        status=str(status.label),
        kind=STATUS_KINDS.get(status, "plain"),
        certificate=certificate,
        can_except=can_issue
        and (
            status == Status.NOT_COMPLETED
            if certificate is None
            else certificate.state == Certificate.State.REVOKED
        ),
    )


def failure_words(issuing: Issuing) -> str:
    """Return why an issuing came to nothing; empty where it did not."""
    return {
        "": "",
        "not_allowed": _("Who asked for it may no longer issue certificates."),
        "not_ready": _("What the certificates say, or the end of the course, changed."),
        "interrupted": _("It was interrupted several times. Start it again."),
    }.get(issuing.failure, _("It failed. Tell the administrator."))


# One certificate -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CertificatePage:
    """One certificate for those who work with the course."""

    certificate: Certificate
    course: Course
    newer: Certificate | None
    can_issue: bool
    can_take_away: bool
    hours: str


def certificates_for(user: User) -> QuerySet[Certificate]:
    """Return the certificates ``user`` may see, with what their pages show."""
    return _whole(policies.certificates_visible_to(user))


def _whole(certificates: QuerySet[Certificate]) -> QuerySet[Certificate]:
    return certificates.select_related(
        "offer__nomination__call__course__programme",
        "offer__nomination__organisation",
        "offer__seat__call__course__programme",
        "replaces",
    )


def certificate_page(certificate: Certificate, user: User) -> CertificatePage:
    """Return the page; three queries."""
    return CertificatePage(
        certificate=certificate,
        course=certificate.offer.seat.call.course,
        newer=Certificate.objects.filter(replaces=certificate).first(),
        can_issue=policies.can_issue(user, certificate.offer.seat.call.course),
        can_take_away=policies.can_take_away(user, certificate),
        hours=_("%(minutes)s of %(of)s")
        % {
            "minutes": in_hours(certificate.content["minutes"]),
            "of": in_hours(certificate.content["of_minutes"]),
        },
    )


def exception_seats(user: User, course: Course) -> QuerySet[Offer]:
    """Return the seats for which ``user`` may issue a certificate against the rule."""
    return policies.seats_visible_to(user, course).select_related(
        "nomination__organisation", "seat__call__course__programme"
    )


def sheet(certificate: Certificate) -> tuple[Sheet, dict[str, Picture]]:
    """Return what of a certificate is printed, and its logos; one query."""
    return sheet_of(certificate), pictures(_digests([certificate]))


def sheet_of(certificate: Certificate) -> Sheet:
    """Return what of a certificate is printed."""
    programme = certificate.offer.seat.call.course.programme
    return Sheet(
        certificate.serial,
        certificate.content,
        programme.local(certificate.issued_at).date(),
    )


def files(
    course: Course, user: User
) -> tuple[Sequence[Certificate], dict[str, Picture]]:
    """Return the certificates whose files ``user`` may have, and their logos; two queries."""
    rows = list(_whole(policies.files_for(user, course)).order_by("serial"))
    return rows, pictures(_digests(rows))


def _digests(certificates: Sequence[Certificate]) -> list[str]:
    return [logo["digest"] for row in certificates for logo in row.content["logos"]]


def issuings_for(user: User) -> QuerySet[Issuing]:
    """Return the issuings ``user`` may follow."""
    return policies.issuings_visible_to(user).select_related("course__programme")
