"""Pages that anybody may see."""

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mosty.accounts.limits import within
from mosty.programmes import agenda as agenda_paper
from mosty.programmes import calendar, policies
from mosty.programmes.models import Course
from mosty.programmes.queries import timetables
from mosty.public import queries, statement
from mosty.public.caching import for_everybody
from mosty.ui.pages import too_often

# PDFs that are drawn in a minute for one address, behind which an office may stand.
AGENDAS = 60


@require_safe
@for_everybody
def home(request: HttpRequest) -> HttpResponse:
    """Say what Mosty is, and show programmes and calls."""
    context = {"page": queries.home(timezone.now())}
    return render(request, "public/home.html", context)


@require_safe
@for_everybody
def calls(request: HttpRequest) -> HttpResponse:
    """List every published call by its state."""
    context = {"calls": queries.calls(timezone.now())}
    return render(request, "public/calls.html", context)


@require_safe
@for_everybody
def programme(request: HttpRequest, programme: str) -> HttpResponse:
    """Show one programme."""
    found = get_object_or_404(policies.visible_to(request.user), slug=programme)
    page = queries.programme_page(found, request.user, timezone.now())
    return render(request, "public/programme.html", {"page": page})


@require_safe
@for_everybody
def course(request: HttpRequest, programme: str, course: str) -> HttpResponse:
    """Show one course."""
    found = _course(request, programme, course)
    page = queries.course_page(found, request.user, timezone.now())
    return render(request, "public/course.html", {"page": page})


def _course(request: HttpRequest, programme: str, slug: str) -> Course:
    return get_object_or_404(
        policies.courses_visible_to(request.user).select_related("programme"),
        programme__slug=programme,
        slug=slug,
    )


@require_safe
@for_everybody
def changelog(request: HttpRequest, programme: str, course: str) -> HttpResponse:
    """Say what every version of the timetable changed."""
    found = _course(request, programme, course)
    versions = timetables.history(found)
    if not versions:
        raise Http404
    context = {"course": found, "versions": versions}
    return render(request, "public/changelog.html", context)


@require_safe
@for_everybody
def course_calendar(request: HttpRequest, programme: str, course: str) -> HttpResponse:
    """Hand out the published timetable as a calendar to subscribe to."""
    found = _course(request, programme, course)
    table = timetables.published(found)
    items = calendar.of_course(found, table, with_link=False)
    return calendar.answer(calendar.feed(items, str(found.title)), found.slug)


@require_safe
def agenda(request: HttpRequest, programme: str, course: str) -> HttpResponse:
    """Hand out the published timetable as a PDF."""
    if not within(request, "agenda", most=AGENDAS, seconds=60):
        return too_often(request)
    return _agenda(request, programme, course)


@for_everybody
def _agenda(request: HttpRequest, programme: str, course: str) -> HttpResponse:
    found = _course(request, programme, course)
    version = timetables.last_version(found)
    if version is None:
        raise Http404
    response = HttpResponse(
        agenda_paper.pdf(found, version), content_type="application/pdf"
    )
    name = f"{found.slug}-{_('agenda')}.pdf"
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response


@require_safe
@for_everybody
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what happens to personal data."""
    context = {"operator": statement.operator()}
    return render(request, "public/privacy.html", context)


@require_safe
@for_everybody
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show the statement that the Polish act of 4 April 2019 asks for."""
    context = {
        "operator": statement.operator(),
        "address": settings.BASE_URL,
        "published_on": statement.PUBLISHED_ON,
        "prepared_on": statement.PREPARED_ON,
        "reviewed_on": statement.REVIEWED_ON,
    }
    return render(request, "public/accessibility.html", context)


@require_safe
@for_everybody
def robots(request: HttpRequest) -> HttpResponse:
    """Ask search engines to leave sign-in and the links of nominees alone."""
    return render(
        request, "public/robots.txt", content_type="text/plain; charset=utf-8"
    )


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Say that the process runs and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return HttpResponse("ok\n", content_type="text/plain")
