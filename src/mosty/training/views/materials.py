"""Pages on which a course's materials are kept: added, changed, renewed, withdrawn."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mosty.accounts.http import MemberRequest
from mosty.programmes.models import Course, Session
from mosty.training import policies
from mosty.training.actions import materials as actions
from mosty.training.forms.materials import (
    FileForm,
    LinkForm,
    MaterialForm,
    NewFileForm,
    NewLinkForm,
    WithdrawForm,
    too_big,
)
from mosty.training.models import Material
from mosty.training.queries import materials as queries
from mosty.training.views.materials_doors import (
    kept_course,
    kept_material,
    own_course,
    own_material,
)
from mosty.training.views.materials_reading import file_of
from mosty.ui.pages import done, is_huge, refuses_huge, sent


@require_safe
@login_required
def desk(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the materials of a course to those who keep them."""
    course = kept_course(request.user, pk)
    context = {"page": queries.desk(course, request.user)}
    return render(request, "training/materials.html", context)


@require_safe
@login_required
def version(
    request: MemberRequest, pk: int, material: int, number: int
) -> HttpResponseBase:
    """Hand out any version of a file, older and withdrawn ones too."""
    found = kept_material(request.user, pk, material)
    return file_of(request, get_object_or_404(found.versions, number=number))


@refuses_huge
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def add(request: MemberRequest, pk: int) -> HttpResponse:
    """Add a file."""
    course = own_course(request.user, pk)
    if is_huge(request):
        form = FileForm({}, course=course, sessions=_sessions(request, course))
        return _refused_huge(request, form, _adding(course, _("Add a file")))
    return _add_file(request, course)


def _add_file(request: MemberRequest, course: Course) -> HttpResponse:
    files = request.FILES if request.method == "POST" else None
    form = FileForm(
        sent(request), files, course=course, sessions=_sessions(request, course)
    )
    return _add(request, course, form, form.thing, _("Add a file"))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def add_link(request: MemberRequest, pk: int) -> HttpResponse:
    """Add the address of something that others publish."""
    course = own_course(request.user, pk)
    form = LinkForm(sent(request), course=course, sessions=_sessions(request, course))
    return _add(request, course, form, form.thing, _("Add a link"))


def _add(
    request: MemberRequest,
    course: Course,
    form: MaterialForm,
    thing: Callable[[], actions.Thing],
    heading: str,
) -> HttpResponse:
    def act() -> None:
        actions.add(
            course=course,
            details=form.details(),
            thing=thing(),
            actor=request.user,
            now=timezone.now(),
        )

    if done(form, act):
        messages.success(request, _("The material is there."))
        return redirect("training:materials", course.pk)
    return _form(request, form, _adding(course, heading))


def _adding(course: Course, heading: str) -> dict[str, object]:
    return {"course": course, "heading": heading, "button": _("Add")}


def _sessions(request: MemberRequest, course: Course) -> list[Session]:
    return list(policies.sessions_with_materials_by(request.user, course))


def _form(
    request: MemberRequest, form: forms.Form, context: dict[str, object]
) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(
        request,
        "training/material_form.html",
        {"form": form, **context},
        status=status,
    )


def _refused_huge(
    request: MemberRequest, form: forms.Form, context: dict[str, object]
) -> HttpResponse:
    """Say that the file is too large; nothing of what was sent has been read."""
    form.full_clean()
    form.errors.clear()
    form.add_error("file", too_big())
    return render(
        request, "training/material_form.html", {"form": form, **context}, status=413
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change(request: MemberRequest, pk: int, material: int) -> HttpResponse:
    """Change what is said of a material."""
    found = _standing(own_material(request.user, pk, material))
    form = MaterialForm(
        sent(request),
        course=found.course,
        sessions=_sessions(request, found.course),
        material=found,
    )

    def act() -> None:
        actions.change(
            material=found,
            details=form.details(),
            revision=form.cleaned_data["revision"] or 0,
            actor=request.user,
            now=timezone.now(),
        )

    if done(form, act):
        messages.success(request, _("Saved."))
        return redirect("training:materials", pk)
    context = {
        "course": found.course,
        "material": found,
        "heading": _("Change a material"),
        "button": _("Save"),
    }
    return _form(request, form, context)


@refuses_huge
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def renew(request: MemberRequest, pk: int, material: int) -> HttpResponse:
    """Add a version."""
    found = _standing(own_material(request.user, pk, material))
    if is_huge(request):
        form = NewFileForm({}, initial={"revision": found.revision})
        return _refused_huge(request, form, _renewing(found))
    return _renew(request, found)


def _renew(request: MemberRequest, found: Material) -> HttpResponse:
    is_link = not found.versions.all()[0].file
    form_class = NewLinkForm if is_link else NewFileForm
    files = request.FILES if request.method == "POST" else None
    form = form_class(sent(request), files, initial={"revision": found.revision})

    def act() -> None:
        actions.renew(
            material=found,
            thing=form.thing(),
            revision=form.cleaned_data["revision"],
            actor=request.user,
            now=timezone.now(),
        )

    if done(form, act):
        messages.success(request, _("Readers get the new version from now on."))
        return redirect("training:materials", found.course_id)
    return _form(request, form, _renewing(found))


def _renewing(found: Material) -> dict[str, object]:
    return {
        "course": found.course,
        "material": found,
        "heading": _("New version"),
        "button": _("Add the version"),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def withdraw(request: MemberRequest, pk: int, material: int) -> HttpResponse:
    """Ask why a material is withdrawn, and withdraw it."""
    found = own_material(request.user, pk, material)
    form = WithdrawForm(sent(request), initial={"revision": found.revision})

    def act() -> None:
        actions.withdraw(
            material=found,
            reason=form.cleaned_data["reason"],
            revision=form.cleaned_data["revision"],
            actor=request.user,
            now=timezone.now(),
        )

    if done(form, act):
        messages.success(request, _("The material is withdrawn."))
        return redirect("training:materials", pk)
    context = {
        "course": found.course,
        "material": found,
        "form": form,
        "heading": _("Withdraw a material"),
        "what": _(
            "Its readers no longer see it. You and the other keepers of the course's "
            "materials still do, with the reason."
        ),
        "button": _("Withdraw"),
        "stops": True,
        "cancel_url": reverse("training:materials", args=[pk]),
    }
    return render(request, "training/material_withdraw.html", context)


def _standing(found: Material) -> Material:
    """
    Return a material that is not withdrawn.

    :raises Http404: if it is: it changes no more.
    """
    if found.withdrawn_at is not None:
        raise Http404
    return found
