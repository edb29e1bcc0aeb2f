"""Forms of several rows: a course's topics, what is provided, its sessions."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mosty.accounts.http import MemberRequest
from mosty.kernel.refusal import Refusal
from mosty.programmes import actions, queries
from mosty.programmes.forms import ProvisionRows, Rows, SessionRows, TopicRows
from mosty.programmes.forms.rows import ADD
from mosty.programmes.forms.translated import site_languages
from mosty.programmes.views.doors import editable_course


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def topics(request: MemberRequest, programme: str, course: str) -> HttpResponse:
    """Say what a course is about, in order."""
    found = editable_course(request.user, programme, course)
    rows = TopicRows(
        request.POST if request.method == "POST" else None,
        rows=queries.topic_values(found),
        locales=site_languages(found.programme.languages),
    )
    problem = ""
    if _is_sent(request, rows):
        try:
            actions.set_topics(
                course=found,
                topics=rows.topics(),
                actor=request.user,
                now=timezone.now(),
            )
        except actions.CannotSetTopics as refusal:
            problem = str(refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("programmes:course_plan", programme, course)
    context = {
        "programme": found.programme,
        "course": found,
        "rows": rows,
        "problem": problem,
        "heading": _("Topics"),
        "row_heading": _("Topic"),
    }
    return render(request, "programmes/rows.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def provisions(request: MemberRequest, programme: str, course: str) -> HttpResponse:
    """Say who provides what."""
    found = editable_course(request.user, programme, course)
    rows = ProvisionRows(
        request.POST if request.method == "POST" else None,
        rows=queries.provision_values(found),
        organisations=queries.partner_organisations(found.programme),
    )
    problem = ""
    if _is_sent(request, rows):
        try:
            actions.set_provisions(
                course=found,
                provided=rows.provided(),
                actor=request.user,
                now=timezone.now(),
            )
        except actions.CannotSetProvisions as refusal:
            problem = str(refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("programmes:course_plan", programme, course)
    context = {
        "programme": found.programme,
        "course": found,
        "rows": rows,
        "problem": problem,
        "heading": _("Who provides what"),
        "row_heading": _("Provided"),
        "lede": _("Only partners of the programme can be chosen."),
    }
    return render(request, "programmes/rows.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def sessions(request: MemberRequest, programme: str, course: str) -> HttpResponse:
    """Plan the timetable."""
    found = editable_course(request.user, programme, course)
    rows = SessionRows(
        request.POST if request.method == "POST" else None,
        rows=queries.session_values(found),
        locales=site_languages(found.programme.languages),
        zone=found.programme.zone,
        people=queries.possible_trainers(found, timezone.localdate()),
    )
    problem = ""
    if _is_sent(request, rows):
        try:
            actions.set_sessions(
                course=found,
                sessions=rows.sessions(),
                actor=request.user,
                now=timezone.now(),
            )
        except actions.CannotSetSessions as refusal:
            problem = _placed(rows, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("programmes:course_plan", programme, course)
    context = {
        "programme": found.programme,
        "course": found,
        "rows": rows,
        "problem": problem,
        "heading": _("Timetable"),
        "row_heading": _("Session"),
        "lede": _("Plan one session for each half-day: attendance is taken at each."),
        "zone": found.programme.time_zone,
    }
    return render(request, "programmes/rows.html", context)


def _is_sent(request: MemberRequest, rows: Rows) -> bool:
    """Test if the rows are to be kept now, and are well formed."""
    return request.method == "POST" and ADD not in request.POST and rows.is_valid()


def _placed(rows: Rows, refusal: Refusal) -> str:
    """Show a refusal at the row and field it names; return what is left to say above."""
    kept = rows.kept()
    left = "" if refusal.fields else str(refusal)
    for key, sentence in refusal.fields.items():
        number, _dot, name = key.partition(".")
        form = kept[int(number)]
        form.add_error(name if name in form.fields else None, str(sentence))
    return left
