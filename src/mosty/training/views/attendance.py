"""Marking who was there, from a phone or a signed sheet, and the table of a course."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_safe,
)

from mosty.accounts.http import MemberRequest
from mosty.audit import downloads
from mosty.inbox import http as inbox
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.training import policies
from mosty.training.actions import attendance as actions
from mosty.training.actions import completion
from mosty.training.forms.attendance import RuleForm, Sent, read
from mosty.training.models.attendance import Way
from mosty.training.queries import attendance as queries
from mosty.training.queries import attendance_table as tables
from mosty.training.queries import roster as rosters
from mosty.training.queries.completion import rule_of
from mosty.ui.meanwhile import one_at_a_time
from mosty.ui.pages import done, sent

PAGES = {Way.ROSTER: "attendance_session", Way.SHEET: "attendance_sheet"}


@require_http_methods(["GET", "HEAD", "POST"])
@inbox.hers_only
@login_required
def session(request: MemberRequest, pk: int, session: int, way: Way) -> HttpResponse:
    """Show who is marked as what, and take marks: of one person or of everybody."""
    found = get_object_or_404(queries.sessions_for(request.user), pk=session, course=pk)
    require(policies.can_mark(request.user, found))
    now = timezone.now()
    filled = read(request.POST) if request.method == "POST" else Sent()
    reason = request.POST.get("reason", "")[:500]
    refused = ""
    clashes: list[str] = []
    if request.method == "POST" and not filled.errors:
        try:
            answer = actions.mark(
                session=found,
                wanted=filled.wanted,
                way=way,
                key=inbox.key_of(request),
                actor=request.user,
                now=now,
                noted_at=inbox.noted_at(request, now),
                reason=reason,
            )
        except Refusal as refusal:
            refused, clashes = str(refusal), _clashes(refusal, found)
        else:
            return _marked(request, answer)
    if request.method == "POST" and inbox.is_queued(request):
        return _not_marked(request, filled, refused, clashes)
    page = queries.session_page(found, request.user, now).with_choices(filled.chosen)
    return render(
        request,
        f"training/{PAGES[way]}.html",
        {
            "page": page,
            "buttons": queries.buttons(),
            "refused": refused,
            "clashes": clashes,
            "errors": [
                (one.code, one.name, filled.errors[one.code])
                for one in page.people
                if one.code in filled.errors
            ],
            "reason": reason,
        },
    )


def _marked(request: MemberRequest, answer: Mapping[str, Any]) -> HttpResponse:
    marked, corrected = answer["marked"], answer["corrected"]
    text = (
        ngettext("%(n)d person is marked.", "%(n)d people are marked.", marked)
        % {"n": marked}
        if marked or not corrected
        else ""
    )
    if corrected:
        changed = ngettext(
            "%(n)d mark is corrected.", "%(n)d marks are corrected.", corrected
        )
        text = f"{text} {changed % {'n': corrected}}".strip()
    is_tap = "tap" in request.POST
    if not is_tap:
        messages.success(request, text)
    if inbox.is_queued(request):
        url = "" if is_tap else request.path
        return inbox.taken(text, url=url, versions=answer["versions"])
    return redirect(request.path)


def _not_marked(
    request: MemberRequest, filled: Sent, refused: str, clashes: list[str]
) -> HttpResponse:
    """Say beside what waits on the device why it was not taken, and how to go on."""
    links = [(request.path, _("Open the list"))]
    if clashes:
        how = _("To correct it, open the list and give a reason; then remove this.")
        return inbox.conflict(" ".join([*clashes, how]), links)
    return inbox.refused(refused or " ".join(filled.errors.values()), links)


def _clashes(refusal: Refusal, found: Any) -> list[str]:
    """Say of each person who was marked meanwhile what both say."""
    if not isinstance(refusal, actions.Clashes):
        return []
    return [
        _("%(name)s: you say %(mine)s; on record is %(theirs)s (%(note)s).")
        % {
            "name": queries.name_of(clash.offer),
            "mine": queries.in_words(clash.mine.kind, clash.mine.minutes),
            "theirs": queries.in_words(clash.theirs.kind, clash.theirs.minutes),
            "note": queries.note_of(clash.theirs, found.course),
        }
        for clash in refusal.clashes
    ]


@require_safe
@login_required
def table(request: MemberRequest, pk: int) -> HttpResponse:
    """Show who was at which session, the hours and what they make."""
    course = get_object_or_404(rosters.courses_for(request.user), pk=pk)
    require(policies.sees_everybody(request.user, course))
    page = tables.table(course, request.user, request.GET, timezone.now())
    return render(request, "training/attendance.html", {"page": page})


@require_GET
@login_required
def export(request: MemberRequest, pk: int, kind: str) -> HttpResponse:
    """Hand out the attendance of a course as a table; the ledger says so."""
    course = get_object_or_404(rosters.courses_for(request.user), pk=pk)
    require(policies.sees_everybody(request.user, course))
    rows = tables.everybody(course, timezone.now())
    return downloads.as_file(
        request,
        _("Attendance"),
        tables.header(course),
        tables.lines(rows),
        form=kind,
        name=f"{course.slug}-{_('attendance')}",
        what="attendance",
        of=course,
        scope=course.programme.slug,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@one_at_a_time
def rule(request: MemberRequest, pk: int) -> HttpResponse:
    """Show and set what the course asks of whoever completes it."""
    course = get_object_or_404(rosters.courses_for(request.user), pk=pk)
    require(policies.can_set_rule(request.user, course))
    held = rule_of(course)
    initial = {
        "least_percent": held.least_percent,
        "excused_counts": held.excused_counts,
    }
    form = RuleForm(sent(request), initial=initial)
    if done(
        form,
        lambda: completion.set_rule(
            course=course,
            actor=request.user,
            now=timezone.now(),
            **form.cleaned_data,
        ),
    ):
        messages.success(request, _("The rule is saved."))
        return redirect("training:attendance", course.pk)
    context = {
        "course": course,
        "form": form,
        "back_url": reverse("training:attendance", args=[course.pk]),
    }
    return render(request, "training/completion_rule.html", context)
