"""Forms of several rows: a course's topics, and what is provided."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mosty.accounts.http import MemberRequest
from mosty.programmes import actions, queries
from mosty.programmes.forms import ProvisionRows, Rows, TopicRows
from mosty.programmes.forms.translated import site_languages
from mosty.programmes.views.doors import editable_course
from mosty.ui.meanwhile import one_at_a_time


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@one_at_a_time
def topics(request: MemberRequest, programme: str, course: str) -> HttpResponse:
    """Say what a course is about, in order."""
    found = editable_course(request.user, programme, course)
    rows = TopicRows(
        request.POST if request.method == "POST" else None,
        rows=queries.topic_values(found),
        locales=site_languages(found.programme.languages),
    )
    problem = ""
    if is_sent(request, rows):
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
@one_at_a_time
def provisions(request: MemberRequest, programme: str, course: str) -> HttpResponse:
    """Say who provides what."""
    found = editable_course(request.user, programme, course)
    rows = ProvisionRows(
        request.POST if request.method == "POST" else None,
        rows=queries.provision_values(found),
        organisations=queries.partner_organisations(found.programme),
    )
    problem = ""
    if is_sent(request, rows):
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


def is_sent(request: MemberRequest, rows: Rows) -> bool:
    """Test if the rows are to be kept now, and are well formed."""
    return request.method == "POST" and not rows.draft and rows.is_valid()
