"""Materials for those who read them: by the public page, and by a participant's link."""

import logging

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from mosty.outbox.http import behind_link
from mosty.outbox.models import Link
from mosty.programmes import policies as programmes
from mosty.programmes.models import Course
from mosty.training import policies, serving
from mosty.training.models import MaterialVersion
from mosty.training.queries import materials as queries

logger = logging.getLogger(__name__)


def file_of(request: HttpRequest, version: MaterialVersion) -> HttpResponseBase:
    """Hand out a file, or say in a sentence that it is not on the disk any more."""
    if not version.file:
        raise Http404
    try:
        return serving.one(version)
    except FileNotFoundError:
        logger.error("The file of version %s of a material is missing.", version.pk)  # noqa: TRY400 - where it was looked for, is no news
        return render(
            request, "training/material_missing.html", {"version": version}, status=404
        )


def _course(request: HttpRequest, programme: str, slug: str) -> Course:
    return get_object_or_404(
        programmes.courses_visible_to(request.user).select_related("programme"),
        programme__slug=programme,
        slug=slug,
    )


@require_safe
def course_file(
    request: HttpRequest, programme: str, course: str, pk: int
) -> HttpResponseBase:
    """Hand out the newest version to whoever may read it; to others there is none."""
    found = _course(request, programme, course)
    readable = policies.materials_visible_to(request.user).filter(course=found, pk=pk)
    return file_of(request, _only(queries.newest(readable)))


@require_safe
def course_zip(request: HttpRequest, programme: str, course: str) -> HttpResponseBase:
    """Hand out all files of the course that the reader may read."""
    found = _course(request, programme, course)
    readable = policies.materials_visible_to(request.user).filter(course=found)
    return _all(found, queries.newest(readable))


@require_safe
@behind_link(Link.Purpose.TAKE_PART)
def link_file(request: HttpRequest, link: Link, pk: int) -> HttpResponseBase:
    """Hand out the newest version to whoever holds the link of a seat."""
    seat = get_object_or_404(queries.seat_of(link))
    readable = policies.materials_visible_to_participant(seat).filter(pk=pk)
    return file_of(request, _only(queries.newest(readable)))


@require_safe
@behind_link(Link.Purpose.TAKE_PART)
def link_zip(request: HttpRequest, link: Link) -> HttpResponseBase:
    """Hand out all files of the course to whoever holds the link of a seat."""
    seat = get_object_or_404(queries.seat_of(link))
    return _all(seat.seat.call.course, queries.of_participant(seat))


def _only(found: list[MaterialVersion]) -> MaterialVersion:
    if not found:
        raise Http404
    return found[0]


def _all(course: Course, found: list[MaterialVersion]) -> HttpResponseBase:
    if not queries.fits(found):
        raise Http404
    return serving.all_of(course, found)
