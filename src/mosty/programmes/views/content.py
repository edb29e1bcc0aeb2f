"""Forms of several rows: a course's topics, and what is provided."""

from collections.abc import Callable, Mapping

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
from mosty.programmes.forms import ProvisionRows, Rows, TopicRows
from mosty.programmes.forms.translated import site_languages
from mosty.programmes.models import Course
from mosty.programmes.views.doors import editable_course
from mosty.ui.meanwhile import one_at_a_time
from mosty.ui.pages import sent


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@one_at_a_time
def topics(request: MemberRequest, programme: str, course: str) -> HttpResponse:
    """Say what a course is about, in order."""
    found = editable_course(request.user, programme, course)
    rows = TopicRows(
        sent(request),
        rows=queries.topic_values(found),
        locales=site_languages(found.programme.languages),
    )

    def act() -> None:
        actions.set_topics(
            course=found,
            topics=rows.topics(),
            actor=request.user,
            now=timezone.now(),
        )

    words = {"heading": _("Topics"), "row_heading": _("Topic")}
    return _page(request, found, rows, act, words)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@one_at_a_time
def provisions(request: MemberRequest, programme: str, course: str) -> HttpResponse:
    """Say who provides what."""
    found = editable_course(request.user, programme, course)
    rows = ProvisionRows(
        sent(request),
        rows=queries.provision_values(found),
        organisations=queries.partner_organisations(found.programme),
    )

    def act() -> None:
        actions.set_provisions(
            course=found,
            provided=rows.provided(),
            actor=request.user,
            now=timezone.now(),
        )

    words = {
        "heading": _("Who provides what"),
        "row_heading": _("Provided"),
        "lede": _("Only partners of the programme can be chosen."),
    }
    return _page(request, found, rows, act, words)


def _page(
    request: MemberRequest,
    course: Course,
    rows: Rows,
    act: Callable[[], None],
    words: Mapping[str, str],
) -> HttpResponse:
    """Show the rows and keep what is sent; a refusal stands above them."""
    problem = ""
    if is_sent(request, rows):
        try:
            act()
        except Refusal as refusal:
            problem = str(refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect(
                "programmes:course_plan", course.programme.slug, course.slug
            )
    context = {
        "programme": course.programme,
        "course": course,
        "rows": rows,
        "problem": problem,
        **words,
    }
    return render(request, "programmes/rows.html", context)


def is_sent(request: MemberRequest, rows: Rows) -> bool:
    """Test if the rows are to be kept now, and are well formed."""
    return request.method == "POST" and not rows.draft and rows.is_valid()
