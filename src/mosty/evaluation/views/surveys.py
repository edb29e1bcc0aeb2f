"""The surveys of a course, as whoever makes them sees them."""

import io
from datetime import datetime
from typing import Protocol

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from mosty.accounts.http import MemberRequest
from mosty.accounts.models import User
from mosty.evaluation import policies
from mosty.evaluation.actions import invitations
from mosty.evaluation.actions import surveys as actions
from mosty.evaluation.forms import MoveForm, SurveyForm, blame
from mosty.evaluation.models import Survey
from mosty.evaluation.queries import surveys as queries
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal


class Writer(Protocol):
    """Writes messages to everybody who is asked; returns how many."""

    def __call__(self, *, survey: Survey, actor: User, now: datetime) -> int: ...


_AT = {"opens_at": "opens_on", "closes_at": "closes_on"}


def _asked_by(user: User, code: str) -> Survey:
    """Return the survey for whoever makes it; partners see its results only."""
    survey = get_object_or_404(queries.surveys_for(user), code=code.upper())
    require(policies.can_ask(user, survey.course))
    return survey


@require_safe
@login_required
def course(request: MemberRequest, pk: int) -> HttpResponse:
    """Show what people were and are asked about a course."""
    found = get_object_or_404(queries.courses_for(request.user), pk=pk)
    page = queries.course_page(found, request.user, timezone.now())
    context = {"page": page, "kinds": Survey.Kind.choices}
    return render(request, "evaluation/course.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: MemberRequest, pk: int, kind: str) -> HttpResponse:
    """Plan a survey of this kind."""
    found = get_object_or_404(queries.courses_for(request.user), pk=pk)
    require(policies.can_ask(request.user, found))
    if kind not in Survey.Kind.values:
        raise Http404
    now = timezone.now()
    opens, closes = queries.usual_time(found, kind, timezone.localdate(now))
    form = SurveyForm(
        request.POST if request.method == "POST" else None,
        initial={"opens_on": opens, "closes_on": closes},
        zone=found.programme.zone,
        questionnaires=queries.questionnaires_of(found),
    )
    if request.method == "POST" and form.is_valid():
        plan = actions.Plan(
            questionnaire=form.chosen,
            kind=kind,
            opens_at=form.opens_at,
            closes_at=form.closes_at,
            minimum=form.cleaned_data["minimum"],
            expected=form.cleaned_data["expected"],
        )
        try:
            made = actions.make(course=found, plan=plan, actor=request.user, now=now)
        except Refusal as refusal:
            blame(form, refusal, _AT)
        else:
            messages.success(request, _("The survey is made."))
            return redirect("evaluation:survey", made.code)
    context = {"course": found, "form": form, "kind": Survey.Kind(kind).label}
    return render(request, "evaluation/survey_form.html", context)


@require_safe
@login_required
def survey(request: MemberRequest, code: str) -> HttpResponse:
    """Show one survey: its link, who has been written to, how many have answered."""
    found = _asked_by(request.user, code)
    page = queries.survey_page(found, timezone.now(), _language(found))
    return render(request, "evaluation/survey.html", {"page": page, "survey": found})


@require_safe
@login_required
def qr(request: MemberRequest, code: str) -> HttpResponse:
    """Draw the shared link, to be shown on a wall at the end of a course."""
    found = _asked_by(request.user, code)
    address = queries.address_of(found, _language(found))
    if not address:
        raise Http404
    stream = io.BytesIO()
    segno.make(address, error="m").save(stream, kind="svg", scale=8, light="#fff")
    response = HttpResponse(stream.getvalue(), content_type="image/svg+xml")
    response["Cache-Control"] = "private, no-store"
    return response


def _language(survey: Survey) -> str:
    """Return in which language the link opens: the programme's, where the site has it."""
    site = dict(settings.LANGUAGES)
    known = [code for code in survey.version.content.languages if code in site]
    here = get_language() or ""
    return here if here in known or not known else known[0]


@require_POST
@login_required
def invite(request: MemberRequest, code: str) -> HttpResponse:
    return _write(request, code, invitations.invite)


@require_POST
@login_required
def remind(request: MemberRequest, code: str) -> HttpResponse:
    return _write(request, code, invitations.remind)


def _write(request: MemberRequest, code: str, write: Writer) -> HttpResponse:
    found = _asked_by(request.user, code)
    try:
        count = write(survey=found, actor=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        said = ngettext(
            "%(count)s message is written. It leaves once you have read it in the outbox.",
            "%(count)s messages are written. They leave once you have read them in the outbox.",
            count,
        )
        messages.success(request, said % {"count": count})
    return redirect("evaluation:survey", found.code)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def move(request: MemberRequest, code: str) -> HttpResponse:
    """Let the survey close on another day."""
    found = _asked_by(request.user, code)
    zone = found.course.programme.zone
    form = MoveForm(
        request.POST if request.method == "POST" else None,
        initial={"closes_on": found.closes_at.astimezone(zone).date()},
        zone=zone,
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.move_end(
                survey=found,
                closes_at=form.closes_at,
                actor=request.user,
                now=timezone.now(),
            )
        except Refusal as refusal:
            blame(form, refusal, _AT)
        else:
            messages.success(request, _("Saved."))
            return redirect("evaluation:survey", found.code)
    context = {"survey": found, "form": form, "course": found.course}
    return render(request, "evaluation/move.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def close(request: MemberRequest, code: str) -> HttpResponse:
    """Ask whether to close for good, and do it."""
    found = _asked_by(request.user, code)
    if request.method == "POST":
        try:
            actions.close(survey=found, actor=request.user, now=timezone.now())
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("evaluation:survey", found.code)
        return redirect("evaluation:results", found.code)
    return render(request, "evaluation/close.html", {"survey": found})
