"""A city's agreements: listed, written, reviewed, ended, with their documents."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from mosty.accounts.http import MemberRequest
from mosty.accounts.models import User
from mosty.audit import downloads
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.partnerships import policies
from mosty.partnerships.actions import agreements as actions
from mosty.partnerships.forms.agreements import (
    AgreementForm,
    DocumentForm,
    EndForm,
    ReviewForm,
)
from mosty.partnerships.models import Agreement
from mosty.partnerships.queries import agreements as queries
from mosty.ui.pages import done, sent

FORM = ("GET", "HEAD", "POST")


def _agreement(user: User, pk: int) -> Agreement:
    rows = policies.agreements_visible_to(user).select_related("city")
    return get_object_or_404(rows, pk=pk)


@require_safe
@login_required
def index(request: MemberRequest) -> HttpResponse:
    """List the agreements of the reader's city."""
    require(policies.cities_of(request.user).exists())
    rows = queries.agreements(request.user, timezone.localdate())
    return render(request, "partnerships/agreements.html", {"rows": rows})


@require_http_methods(FORM)
@login_required
def make(request: MemberRequest) -> HttpResponse:
    """Write an agreement down."""
    require(policies.cities_of(request.user).exists())
    form = AgreementForm(sent(request), user=request.user)
    made: list[Agreement] = []
    if done(
        form,
        lambda: made.append(
            actions.make(
                city=form.city(),
                details=form.details(),
                actor=request.user,
                now=timezone.now(),
            )
        ),
    ):
        messages.success(request, _("Saved."))
        return redirect("partnerships:agreement", made[0].pk)
    return _form(request, form, _("Write an agreement down"), None)


@require_safe
@login_required
def show(request: MemberRequest, pk: int) -> HttpResponse:
    """Show an agreement."""
    found = _agreement(request.user, pk)
    page = queries.agreement_page(found, timezone.localdate())
    context = {"page": page, "agreement": found, "form": DocumentForm()}
    return render(request, "partnerships/agreement.html", context)


@require_http_methods(FORM)
@login_required
def change(request: MemberRequest, pk: int) -> HttpResponse:
    """Change what an agreement says."""
    found = _agreement(request.user, pk)
    form = AgreementForm(sent(request), initial=AgreementForm.of(found))
    return _acted(
        request,
        form,
        lambda: actions.change(
            agreement=found,
            details=form.details(),
            seen=form.cleaned_data["seen"] or 0,
            actor=request.user,
            now=timezone.now(),
        ),
        _("Change an agreement"),
        found,
    )


@require_http_methods(FORM)
@login_required
def review(request: MemberRequest, pk: int) -> HttpResponse:
    """Say that an agreement was reviewed."""
    found = _agreement(request.user, pk)
    form = ReviewForm(sent(request), initial={"seen": found.revision})
    return _acted(
        request,
        form,
        lambda: actions.review(
            agreement=found,
            next_on=form.cleaned_data["next_on"],
            seen=form.cleaned_data["seen"],
            actor=request.user,
            now=timezone.now(),
        ),
        _("Reviewed"),
        found,
    )


@require_http_methods(FORM)
@login_required
def end(request: MemberRequest, pk: int) -> HttpResponse:
    """End an agreement."""
    found = _agreement(request.user, pk)
    form = EndForm(sent(request), initial={"seen": found.revision})
    return _acted(
        request,
        form,
        lambda: actions.end(
            agreement=found,
            reason=form.cleaned_data["reason"],
            seen=form.cleaned_data["seen"],
            actor=request.user,
            now=timezone.now(),
        ),
        _("End an agreement"),
        found,
        ends=True,
    )


def _acted(
    request: MemberRequest,
    form: forms.Form,
    act: Callable[[], object],
    heading: str,
    found: Agreement,
    *,
    ends: bool = False,
) -> HttpResponse:
    if done(form, act):
        messages.success(request, _("Saved."))
        return redirect("partnerships:agreement", found.pk)
    return _form(request, form, heading, found, ends=ends)


def _form(
    request: MemberRequest,
    form: forms.Form,
    heading: str,
    found: Agreement | None,
    *,
    ends: bool = False,
) -> HttpResponse:
    url = reverse("partnerships:agreements")
    context = {
        "form": form,
        "heading": heading,
        "agreement": found,
        "ends": ends,
        "back_url": reverse("partnerships:agreement", args=[found.pk])
        if found
        else url,
    }
    return render(request, "partnerships/agreement_form.html", context)


@require_POST
@login_required
def put_in_force(request: MemberRequest, pk: int) -> HttpResponse:
    """Say that an agreement holds."""
    found = _agreement(request.user, pk)
    seen = request.POST.get("seen", "")
    try:
        actions.put_in_force(
            agreement=found,
            seen=int(seen) if seen.isdecimal() and len(seen) < 9 else 0,
            actor=request.user,
            now=timezone.now(),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The agreement is in force."))
    return redirect("partnerships:agreement", pk)


@require_POST
@login_required
def add_document(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a document in."""
    found = _agreement(request.user, pk)
    form = DocumentForm(request.POST, request.FILES)
    if done(
        form,
        lambda: actions.add_file(
            agreement=found,
            content=form.cleaned_data["file"].read(),
            name=form.cleaned_data["file"].name,
            actor=request.user,
            now=timezone.now(),
        ),
    ):
        messages.success(request, _("The document is kept."))
        return redirect("partnerships:agreement", pk)
    page = queries.agreement_page(found, timezone.localdate())
    context = {"page": page, "agreement": found, "form": form}
    return render(request, "partnerships/agreement.html", context)


@require_GET
@login_required
def document(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """Hand a document out; the ledger says so."""
    found = _agreement(request.user, pk)
    row = get_object_or_404(queries.files_of(found), number=number)
    try:
        with row.file.open("rb") as opened:
            content = opened.read()
    except FileNotFoundError as fault:
        raise Http404 from fault
    return downloads.handed_out(
        request,
        content,
        row.name,
        what="agreement",
        of=found,
        rows=1,
        scope=found.city.slug,
    )
