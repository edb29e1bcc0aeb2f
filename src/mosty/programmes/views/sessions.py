"""The form in which a timetable is planned."""

import json

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
from mosty.programmes.changes import sentence
from mosty.programmes.forms import Rows, SessionRows
from mosty.programmes.forms.sessions import seen_in, with_others
from mosty.programmes.forms.translated import site_languages
from mosty.programmes.queries import timetables
from mosty.programmes.timetable import Timetable
from mosty.programmes.views.content import is_sent
from mosty.programmes.views.doors import editable_course


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def sessions(request: MemberRequest, programme: str, course: str) -> HttpResponse:
    """Plan the timetable: save it, or show it with one more row, or a copy of one."""
    found = editable_course(request.user, programme, course)
    locales = site_languages(found.programme.languages)
    options = {
        "locales": locales,
        "zone": found.programme.zone,
        "people": queries.possible_trainers(found, timezone.localdate()),
    }
    there = timetables.as_edited(found)
    sent = request.POST if request.method == "POST" else None
    seen = seen_in(request.POST) if sent is not None else there
    rows = SessionRows(sent, rows=queries.session_values(found), **options)
    problem, changes = "", []
    if is_sent(request, rows):
        try:
            actions.set_sessions(
                course=found,
                sessions=rows.sessions(),
                seen=seen,
                actor=request.user,
                now=timezone.now(),
            )
        except actions.ChangedMeanwhile as refusal:
            problem = str(refusal)
            zone = found.programme.zone
            changes = [sentence(change, zone) for change in refusal.changes]
            joined = with_others(
                request.POST,
                queries.session_values(found),
                seen or Timetable(),
                locales,
            )
            rows = SessionRows(joined, **options)
            # What has been read now may be written over.
            seen = timetables.as_edited(found)
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
        "changes": changes,
        "seen": json.dumps((seen or there).content()),
        "heading": _("Timetable"),
        "row_heading": _("Session"),
        "lede": _("Plan one session for each half-day: attendance is taken at each."),
        "zone": found.programme.time_zone,
    }
    return render(request, "programmes/rows.html", context)


def _placed(rows: Rows, refusal: Refusal) -> str:
    """Show a refusal at the row and field it names; return what is left to say above."""
    kept = rows.kept()
    left = "" if refusal.fields else str(refusal)
    for key, said in refusal.fields.items():
        number, _dot, name = key.partition(".")
        form = kept[int(number)]
        form.add_error(name if name in form.fields else None, str(said))
    return left
