"""Pages about a course: its plan, its details, and whether the public sees it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from mosty.accounts.http import MemberRequest
from mosty.kernel.access import require
from mosty.programmes import actions, queries
from mosty.programmes.forms import CloneForm, CourseForm, ReasonForm
from mosty.programmes.views.doors import (
    blame,
    editable_course,
    editable_programme,
    planned_course,
)
from mosty.ui.meanwhile import one_at_a_time


@require_safe
@login_required
def plan(request: MemberRequest, programme: str, course: str) -> HttpResponse:
    """Show what a course is made of."""
    found = planned_course(request.user, programme, course)
    context = {"plan": queries.course_plan(found, request.user)}
    return render(request, "programmes/course_plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def create(request: MemberRequest, programme: str) -> HttpResponse:
    """Add a course to a programme."""
    parent = editable_programme(request.user, programme)
    form = CourseForm(request.POST or None, programme=parent)
    if request.method == "POST" and form.is_valid():
        try:
            course = actions.create_course(
                programme=parent,
                details=form.details(),
                actor=request.user,
                now=timezone.now(),
            )
        except actions.CannotChangeCourse as refusal:
            blame(form, refusal)
        else:
            messages.success(
                request, _("The course is there. Add topics and sessions next.")
            )
            return redirect("programmes:course_plan", parent.slug, course.slug)
    context = {"form": form, "programme": parent}
    return render(request, "programmes/course_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@one_at_a_time
def edit(request: MemberRequest, programme: str, course: str) -> HttpResponse:
    """Change what is said of a course."""
    found = editable_course(request.user, programme, course)
    form = CourseForm(request.POST or None, programme=found.programme, course=found)
    if request.method == "POST" and form.is_valid():
        try:
            found = actions.edit_course(
                course=found,
                details=form.details(),
                actor=request.user,
                now=timezone.now(),
            )
        except actions.CannotChangeCourse as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("programmes:course_plan", programme, found.slug)
    context = {"form": form, "programme": found.programme, "course": found}
    return render(request, "programmes/course_form.html", context)


@require_POST
@login_required
def publish(request: MemberRequest, programme: str, course: str) -> HttpResponse:
    """Show a course to the public."""
    found = editable_course(request.user, programme, course)
    try:
        actions.publish_course(course=found, actor=request.user, now=timezone.now())
    except actions.CannotPublishCourse as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The course is public now."))
    return redirect("programmes:course_plan", programme, course)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def unpublish(request: MemberRequest, programme: str, course: str) -> HttpResponse:
    """Ask why a course is hidden, and hide it."""
    found = editable_course(request.user, programme, course)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.unpublish_course(
                course=found,
                actor=request.user,
                now=timezone.now(),
                reason=form.cleaned_data["reason"],
            )
        except actions.CannotPublishCourse as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The public no longer sees the course."))
            return redirect("programmes:course_plan", programme, course)
    context = {
        "form": form,
        "programme": found.programme,
        "course": found,
        "heading": _("Hide the course"),
        "what": _("Its page disappears for the public."),
        "button": _("Hide it"),
        "stops": True,
        "cancel_url": reverse("programmes:course_plan", args=[programme, course]),
    }
    return render(request, "programmes/reason.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def discard(request: MemberRequest, programme: str, course: str) -> HttpResponse:
    """Ask why a course is deleted, and delete it."""
    found = editable_course(request.user, programme, course)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.discard_course(
                course=found,
                actor=request.user,
                now=timezone.now(),
                reason=form.cleaned_data["reason"],
            )
        except actions.CannotDiscardCourse as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The course is deleted."))
            return redirect("programmes:plan", programme)
    context = {
        "form": form,
        "programme": found.programme,
        "course": found,
        "heading": _("Delete the course"),
        "what": _("Its topics and its timetable go with it. This cannot be undone."),
        "button": _("Delete it"),
        "stops": True,
        "cancel_url": reverse("programmes:course_plan", args=[programme, course]),
    }
    return render(request, "programmes/reason.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def clone(request: MemberRequest, programme: str, course: str) -> HttpResponse:
    """Hold a course again: its structure, at other days, without its people."""
    found = planned_course(request.user, programme, course)
    programmes = queries.programmes_coordinated(request.user)
    # Who coordinates nothing has nowhere to hold it.
    require(bool(programmes))
    form = CloneForm(
        request.POST or None,
        programmes=programmes,
        initial={"into": found.programme_id},
    )
    if request.method == "POST" and form.is_valid():
        into = form.programme_chosen()
        try:
            made = actions.clone_course(
                course=found,
                into=into,
                slug=form.cleaned_data["slug"],
                starts_on=form.cleaned_data["starts_on"],
                actor=request.user,
                now=timezone.now(),
            )
        except actions.CannotCloneCourse as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The course is there, without trainers."))
            return redirect("programmes:course_plan", into.slug, made.slug)
    context = {"form": form, "programme": found.programme, "course": found}
    return render(request, "programmes/clone.html", context)
