"""The certificates of a course, for those who work with it."""

import zipfile
from datetime import datetime
from io import BytesIO

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
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRedirect

from mosty.accounts.http import MemberRequest
from mosty.accounts.models import User
from mosty.audit import downloads
from mosty.kernel.access import require
from mosty.programmes.models import Course
from mosty.training import policies, printing
from mosty.training.actions import certificates as acts
from mosty.training.actions import issuing as batch
from mosty.training.forms.certificates import ReasonForm, ReissueForm, blame
from mosty.training.models import Certificate
from mosty.training.queries import certificates as queries
from mosty.training.queries.issuing import issuing_page


@require_safe
@login_required
def index(request: MemberRequest, pk: int) -> HttpResponse:
    """Show how everybody stands, and who has a certificate."""
    course = get_object_or_404(queries.courses_for(request.user), pk=pk)
    page = queries.course_page(course, request.user, request.GET, timezone.now())
    return render(request, "training/certificates/index.html", {"page": page})


@require_POST
@login_required
def issue(request: MemberRequest, pk: int) -> HttpResponse:
    """Let the worker issue for everybody who completed."""
    course = _own_course(request.user, pk)
    try:
        found = batch.ask(course=course, actor=request.user, now=timezone.now())
    except acts.CannotIssue as refusal:
        messages.error(request, str(refusal))
        return redirect("training:certificates", pk)
    return redirect("training:issuing", found.pk)


def _own_course(user: User, pk: int) -> Course:
    """
    Return the course for what only its coordinator does.

    :raises PermissionDenied: if ``user`` may see it, but not issue.
    """
    course = get_object_or_404(queries.courses_for(user), pk=pk)
    require(policies.can_issue(user, course))
    return course


@require_safe
@login_required
@vary_on_headers("HX-Request")
def issuing(request: MemberRequest, pk: int) -> HttpResponse:
    """Show how far it is; the page asks for its changing part every second."""
    found = get_object_or_404(queries.issuings_for(request.user), pk=pk)
    page = issuing_page(found, timezone.now())
    if request.htmx:
        if not found.is_live:
            return HttpResponseClientRedirect(request.path)
        if request.GET.get("seen", "") == page.mark:
            return HttpResponse(status=204)
        return render(
            request, "training/certificates/issuing_progress.html", {"page": page}
        )
    return render(request, "training/certificates/issuing.html", {"page": page})


@require_POST
@login_required
def cancel(request: MemberRequest, pk: int) -> HttpResponse:
    """Stop it; its page says how that went."""
    found = get_object_or_404(queries.issuings_for(request.user), pk=pk)
    batch.cancel(issuing=found, actor=request.user, now=timezone.now())
    return redirect("training:issuing", pk)


@require_GET
@login_required
def archive(request: MemberRequest, pk: int) -> HttpResponse:
    """Hand out every certificate as PDF in one archive; files are named by numbers."""
    course = get_object_or_404(queries.courses_for(request.user), pk=pk)
    rows, pictures = queries.files(course, request.user)
    if not rows:
        raise Http404
    content = BytesIO()
    made = printing.pdfs([queries.sheet_of(row) for row in rows], pictures)
    # PDFs are packed already.
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as packed:
        for row, file in zip(rows, made, strict=True):
            packed.writestr(_entry(row.serial, row.issued_at), file)
    return downloads.handed_out(
        request,
        content.getvalue(),
        f"{course.slug}-{_('certificates')}.zip",
        what="certificates",
        of=course,
        rows=len(rows),
        scope=course.programme.slug,
    )


def _entry(serial: str, at: datetime) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(f"{serial}.pdf", at.timetuple()[:6])


@require_safe
@login_required
def certificate(request: MemberRequest, serial: str) -> HttpResponse:
    """Show one certificate."""
    found = get_object_or_404(queries.certificates_for(request.user), serial=serial)
    page = queries.certificate_page(found, request.user)
    return render(request, "training/certificates/certificate.html", {"page": page})


@require_GET
@login_required
def pdf(request: MemberRequest, serial: str) -> HttpResponse:
    """Hand out one certificate; the ledger says so."""
    found = get_object_or_404(queries.certificates_for(request.user), serial=serial)
    require(policies.can_take_away(request.user, found))
    course = found.offer.seat.call.course
    return downloads.handed_out(
        request,
        printing.pdf(*queries.sheet(found)),
        f"{serial}.pdf",
        what="certificate",
        of=found,
        rows=1,
        scope=course.programme.slug,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def revoke(request: MemberRequest, serial: str) -> HttpResponse:
    """Revoke a certificate, with a reason."""
    found = _own_certificate(request.user, serial)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            acts.revoke(
                certificate=found,
                reason=form.cleaned_data["reason"],
                actor=request.user,
                now=timezone.now(),
            )
        except acts.CannotRevoke as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The certificate is revoked."))
            return redirect("training:certificate", serial)
    context = {
        "certificate": found,
        "form": form,
        "heading": _("Revoke the certificate"),
        "what": _(
            "It cannot be taken back. Whoever checks the number learns that it no longer holds; the person is told why."
        ),
        "button": _("Revoke"),
        "stops": True,
        "cancel_url": reverse("training:certificate", args=[serial]),
    }
    return render(request, "training/certificates/act.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def reissue(request: MemberRequest, serial: str) -> HttpResponse:
    """Issue a certificate anew with the name as it should be."""
    found = _own_certificate(request.user, serial)
    form = ReissueForm(request.POST or None, initial={"name": found.content["name"]})
    if form.is_valid():
        try:
            new = acts.reissue(
                certificate=found,
                name=form.cleaned_data["name"],
                reason=form.cleaned_data["reason"],
                actor=request.user,
                now=timezone.now(),
            )
        except acts.CannotRevoke as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The new certificate is issued."))
            return redirect("training:certificate", new.serial)
    context = {
        "certificate": found,
        "form": form,
        "heading": _("Correct the name"),
        "what": _(
            "A new certificate with a new number is issued; the old one no longer holds, and its page says that it was replaced."
        ),
        "button": _("Issue the new certificate"),
        "cancel_url": reverse("training:certificate", args=[serial]),
    }
    return render(request, "training/certificates/act.html", context)


def _own_certificate(user: User, serial: str) -> Certificate:
    """
    Return the certificate for what only the coordinator does.

    :raises PermissionDenied: if ``user`` may see it, but not change it.
    """
    found = get_object_or_404(queries.certificates_for(user), serial=serial)
    require(policies.can_issue(user, found.offer.seat.call.course))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def exception(request: MemberRequest, pk: int, code: str) -> HttpResponse:
    """Issue a certificate to somebody whom the batch passes over, with a reason."""
    course = _own_course(request.user, pk)
    offer = get_object_or_404(queries.exception_seats(request.user, course), code=code)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            made = acts.issue_against_rule(
                offer=offer,
                reason=form.cleaned_data["reason"],
                actor=request.user,
                now=timezone.now(),
            )
        except acts.CannotIssue as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The certificate is issued."))
            return redirect("training:certificate", made.serial)
    context = {
        "course": course,
        "offer": offer,
        "form": form,
        "heading": _("Issue a certificate by exception"),
        "what": _(
            "The rule of the course gives this person no certificate. Your reason stays in the ledger with your name; it does not stand on the certificate."
        ),
        "button": _("Issue the certificate"),
        "cancel_url": reverse("training:certificates", args=[pk]),
    }
    return render(request, "training/certificates/act.html", context)
