"""The timetable of a course for its planners: the draft, what it changes, publishing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mosty.accounts.http import MemberRequest
from mosty.kernel.access import require
from mosty.programmes import policies as programmes
from mosty.programmes.actions import CannotPublishTimetable
from mosty.training import policies
from mosty.training.actions import timetables as actions
from mosty.training.forms.timetable import PublishForm
from mosty.training.queries import timetable as queries
from mosty.training.queries.roster import courses_for


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def timetable(request: MemberRequest, pk: int) -> HttpResponse:
    """
    Show what publishing would change, and publish.

    :raises PermissionDenied: if the reader sees only her own city's people, or publishes
        what only the coordinator may.
    """
    course = get_object_or_404(courses_for(request.user), pk=pk)
    require(policies.sees_everybody(request.user, course))
    if request.method == "POST":
        require(programmes.can_edit_course(request.user, course))
    form = PublishForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            version = actions.publish(
                course=course,
                note=form.cleaned_data["note"],
                expected=form.cleaned_data["expected"],
                actor=request.user,
                now=timezone.now(),
            )
        except CannotPublishTimetable as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                _("Version %(number)s is published.") % {"number": version.number},
            )
            return redirect("training:timetable", pk)
    page = queries.page(course, request.user, timezone.now())
    if request.method == "POST":
        # What is read now is what may be published next.
        form.data = {**request.POST.dict(), "expected": str(page.version)}
    else:
        form.initial["expected"] = page.version
    return render(request, "training/timetable.html", {"page": page, "form": form})
