"""Pages that anybody may see."""

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mosty.programmes import policies
from mosty.public import queries, statement
from mosty.public.caching import for_everybody


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
    found = get_object_or_404(
        policies.courses_visible_to(request.user).select_related("programme"),
        programme__slug=programme,
        slug=course,
    )
    page = queries.course_page(found, request.user, timezone.now())
    return render(request, "public/course.html", {"page": page})


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
