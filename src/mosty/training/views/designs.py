"""What the certificates of a course say, and how they look."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mosty.accounts.http import MemberRequest
from mosty.accounts.models import User
from mosty.kernel.access import require
from mosty.programmes.models import Course
from mosty.training import policies, printing
from mosty.training.actions import designs as acts
from mosty.training.forms.certificates import DesignForm, LogoForm, blame
from mosty.training.queries import certificates as found_by
from mosty.training.queries import designs as queries
from mosty.training.queries.specimen import specimen
from mosty.ui.meanwhile import one_at_a_time


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@one_at_a_time
def design(request: MemberRequest, pk: int) -> HttpResponse:
    """Say what the certificates say."""
    course = _own_course(request.user, pk)
    sent = request.POST if request.method == "POST" else None
    form = DesignForm(
        sent, languages=acts.languages_of(course), initial=queries.initial(course)
    )
    if form.is_valid():
        try:
            acts.set_design(
                course=course,
                languages=form.cleaned_data["languages"],
                outcomes=form.cleaned_data["outcomes"],
                signatories=form.signatories(),
                actor=request.user,
                now=timezone.now(),
            )
        except acts.CannotDesign as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("training:certificate_design", pk)
    return _shown(request, course, form, LogoForm())


@require_http_methods(["POST"])
@login_required
def logos(request: MemberRequest, pk: int) -> HttpResponse:
    """Add, move or remove a logo."""
    course = _own_course(request.user, pk)
    key = request.POST.get("logo", "")
    if key.isdecimal() and "remove" in request.POST:
        acts.remove_logo(
            course=course, logo=int(key), actor=request.user, now=timezone.now()
        )
    elif key.isdecimal():
        acts.move_logo(
            course=course, logo=int(key), actor=request.user, now=timezone.now()
        )
    else:
        form = LogoForm(request.POST, request.FILES)
        if not _added(request, course, form):
            rest = DesignForm(
                languages=acts.languages_of(course), initial=queries.initial(course)
            )
            return _shown(request, course, rest, form)
    messages.success(request, _("Saved."))
    return redirect("training:certificate_design", pk)


def _added(request: MemberRequest, course: Course, form: LogoForm) -> bool:
    if not form.is_valid():
        return False
    try:
        acts.add_logo(
            course=course,
            name=form.cleaned_data["name"],
            content=form.cleaned_data["file"].read(acts.MOST_FILE + 1),
            actor=request.user,
            now=timezone.now(),
        )
    except acts.CannotDesign as refusal:
        blame(form, refusal)
        return False
    return True


def _shown(
    request: MemberRequest, course: Course, form: DesignForm, logo_form: LogoForm
) -> HttpResponse:
    context = {
        "page": queries.design_page(course, request.user),
        "form": form,
        "logo_form": logo_form,
    }
    return render(request, "training/certificates/design.html", context)


@require_GET
@login_required
def preview(request: MemberRequest, pk: int) -> HttpResponse:
    """Show a specimen as a picture."""
    course = _own_course(request.user, pk)
    found = specimen(course, timezone.now())
    if found is None:
        raise Http404
    response = HttpResponse(printing.picture(*found), content_type="image/png")
    response["Cache-Control"] = "private, no-store"
    return response


@require_GET
@login_required
def logo(request: MemberRequest, pk: int, digest: str) -> HttpResponse:
    """Show one of the logos."""
    course = _own_course(request.user, pk)
    found = queries.logo_of(course, digest)
    if found is None:
        raise Http404
    return HttpResponse(found, content_type="image/png")


def _own_course(user: User, pk: int) -> Course:
    """
    Return the course for a form that only its coordinator has.

    :raises PermissionDenied: if ``user`` may see it, but not issue certificates.
    """
    course = get_object_or_404(found_by.designable(user), pk=pk)
    require(policies.can_issue(user, course))
    return course
