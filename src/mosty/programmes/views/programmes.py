"""Pages about a programme: the list, its plan, its details, its partners."""

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
from mosty.programmes.forms import (
    NewProgrammeForm,
    PartnerRows,
    ProgrammeForm,
    ReasonForm,
)
from mosty.programmes.forms.rows import ADD
from mosty.programmes.forms.translated import site_languages
from mosty.programmes.views.doors import blame, editable_programme, planned_programme
from mosty.ui.meanwhile import one_at_a_time


@require_safe
@login_required
def index(request: MemberRequest) -> HttpResponse:
    """List the programmes she may see."""
    context = {
        "programmes": queries.programmes_for(request.user),
        "may_create": bool(queries.coordinating(request.user)),
    }
    return render(request, "programmes/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def create(request: MemberRequest) -> HttpResponse:
    """Begin a programme."""
    coordinators = queries.coordinating(request.user)
    require(bool(coordinators))
    form = NewProgrammeForm(request.POST or None, coordinators=coordinators)
    if request.method == "POST" and form.is_valid():
        try:
            programme = actions.create_programme(
                details=form.details(),
                coordinator=form.coordinator_chosen(),
                actor=request.user,
                now=timezone.now(),
            )
        except actions.CannotChangeProgramme as refusal:
            blame(form, refusal)
        else:
            messages.success(
                request, _("The programme is there. Name its partners next.")
            )
            return redirect("programmes:plan", programme.slug)
    return render(request, "programmes/programme_form.html", {"form": form})


@require_safe
@login_required
def plan(request: MemberRequest, programme: str) -> HttpResponse:
    """Show what a programme is made of."""
    found = planned_programme(request.user, programme)
    context = {"plan": queries.programme_plan(found, request.user)}
    return render(request, "programmes/plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@one_at_a_time
def edit(request: MemberRequest, programme: str) -> HttpResponse:
    """Change what is said of a programme."""
    found = editable_programme(request.user, programme)
    form = ProgrammeForm(request.POST or None, programme=found)
    if request.method == "POST" and form.is_valid():
        try:
            found = actions.edit_programme(
                programme=found,
                details=form.details(),
                actor=request.user,
                now=timezone.now(),
            )
        except actions.CannotChangeProgramme as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("programmes:plan", found.slug)
    context = {"form": form, "programme": found}
    return render(request, "programmes/programme_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@one_at_a_time
def partners(request: MemberRequest, programme: str) -> HttpResponse:
    """Say who takes part, and as what."""
    found = editable_programme(request.user, programme)
    rows = PartnerRows(
        request.POST if request.method == "POST" else None,
        rows=queries.partner_values(found),
        organisations=queries.organisations(),
        locales=site_languages(found.languages),
    )
    problem = ""
    if request.method == "POST" and ADD not in request.POST and rows.is_valid():
        try:
            actions.set_partners(
                programme=found,
                partners=rows.partners(),
                actor=request.user,
                now=timezone.now(),
            )
        except actions.CannotSetPartners as refusal:
            problem = str(refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("programmes:plan", found.slug)
    context = {
        "programme": found,
        "rows": rows,
        "problem": problem,
        "heading": _("Partners"),
        "row_heading": _("Partner"),
        "lede": _("An organisation that is several things stands in several rows."),
    }
    return render(request, "programmes/rows.html", context)


@require_POST
@login_required
def publish(request: MemberRequest, programme: str) -> HttpResponse:
    """Show a programme to the public."""
    found = editable_programme(request.user, programme)
    try:
        actions.publish_programme(
            programme=found, actor=request.user, now=timezone.now()
        )
    except actions.CannotPublishProgramme as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The programme is public now."))
    return redirect("programmes:plan", found.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def unpublish(request: MemberRequest, programme: str) -> HttpResponse:
    """Ask why a programme is hidden, and hide it."""
    found = editable_programme(request.user, programme)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.unpublish_programme(
                programme=found,
                actor=request.user,
                now=timezone.now(),
                reason=form.cleaned_data["reason"],
            )
        except actions.CannotPublishProgramme as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The public no longer sees the programme."))
            return redirect("programmes:plan", found.slug)
    context = {
        "form": form,
        "programme": found,
        "heading": _("Hide the programme"),
        "what": _(
            "Its page and the pages of all its courses disappear for the public."
        ),
        "button": _("Hide it"),
        "stops": True,
        "cancel_url": reverse("programmes:plan", args=[found.slug]),
    }
    return render(request, "programmes/reason.html", context)
