"""What the page needs on which it is said what certificates say."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mosty.accounts.models import User
from mosty.programmes.models import Course
from mosty.training import policies
from mosty.training.models import CertificateDesign, Logo, Picture


@dataclass(frozen=True, slots=True)
class DesignPage:
    """The design of a course's certificates as its form shows it."""

    course: Course
    design: CertificateDesign | None
    logos: Sequence[Logo]
    can_edit: bool


def design_of(course: Course) -> CertificateDesign | None:
    """Return what the certificates of ``course`` say, or None."""
    return (
        CertificateDesign.objects.filter(course=course)
        .select_related("course__programme")
        .first()
    )


def design_page(course: Course, user: User) -> DesignPage:
    """Return the page; three queries at most."""
    design = design_of(course)
    return DesignPage(
        course=course,
        design=design,
        logos=list(
            design.logos.select_related("picture").defer("picture__content")
            if design
            else ()
        ),
        can_edit=policies.can_issue(user, course),
    )


def initial(course: Course) -> dict[str, Any]:
    """Return what the form begins with: what was kept, else the programme's languages."""
    design = design_of(course)
    if design is None:
        return {"languages": list(course.programme.languages[:2])}
    found: dict[str, Any] = {
        "languages": design.languages,
        "outcomes": design.outcomes,
    }
    for one in design.signatories.all():
        found |= {
            f"name_{one.order}": one.name,
            f"function_{one.order}": one.function,
            f"organisation_{one.order}": one.organisation,
        }
    return found


def pictures(digests: Sequence[str]) -> dict[str, Picture]:
    """Return the pictures of these digests."""
    return {
        picture.digest: picture
        for picture in Picture.objects.filter(digest__in=set(digests))
    }


def logo_of(course: Course, digest: str) -> bytes | None:
    """Return the picture of one of the logos of ``course``, or None."""
    row = Picture.objects.filter(
        digest=digest, pk__in=Logo.objects.filter(design=course.pk).values("picture")
    ).first()
    return bytes(row.content) if row else None
