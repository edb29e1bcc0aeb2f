"""The plans of a course, for those who hold it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from mosty.accounts.http import MemberRequest
from mosty.plans.queries import course as queries


@require_safe
@login_required
def course(request: MemberRequest, pk: int) -> HttpResponse:
    """List the cities of a course with their plans, begun or not."""
    found = get_object_or_404(queries.courses(request.user), pk=pk)
    context = {"course": found, "rows": queries.cities(found, request.user)}
    return render(request, "plans/course.html", context)
