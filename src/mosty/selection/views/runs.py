"""One run: its page, its pictures and files, its repetition, and another beside it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mosty.accounts.http import MemberRequest
from mosty.audit import downloads
from mosty.selection import policies, words
from mosty.selection.actions import calculations
from mosty.selection.actions.runs import CannotRun
from mosty.selection.forms import PeopleFilters
from mosty.selection.models import Run
from mosty.selection.queries import (
    balance,
    comparing,
    lottery,
    nominee,
    people,
    records,
    run_page,
)
from mosty.selection.queries import costs as rule_costs
from mosty.selection.queries.calculations import last_repetition
from mosty.selection.views.doors import followed_run
from mosty.ui import charts

# The chart of chances, beside those of balance.
ODDS = "odds"


@require_safe
@login_required
def run(request: MemberRequest, pk: int) -> HttpResponse:
    """Show a run, or everybody who is filtered as a file."""
    found = followed_run(request.user, pk)
    form = PeopleFilters(request.GET, cities=people.cities(found))
    rows = people.rows_of(found, request.user, form.filters())
    if downloads.asked_for(request):
        title = f"{found.call.slug}-{found.get_kind_display()}-{found.number}"
        lines = people.sheet(request.GET, rows)
        return downloads.as_file(
            request,
            title,
            people.HEADER,
            lines,
            what="run",
            of=found,
            scope=found.call.slug,
        )
    context = {
        "page": run_page.run_page(found, request.user, timezone.now()),
        "people": people.page(request.GET, rows, form),
        "filters": form,
        "figures": balance.figures(found),
        "file_name": records.file_name(found),
        "lines": records.draw_in_lines(),
        "language": words.language(),
    }
    return render(request, "selection/run.html", context)


@require_safe
@login_required
def picture(request: MemberRequest, pk: int, attribute: str) -> HttpResponse:
    """Draw the chances, or the balance of one attribute."""
    if attribute not in {*balance.FIELDS, ODDS}:
        raise Http404
    found = followed_run(request.user, pk)
    figure = (
        lottery.figure(found) if attribute == ODDS else balance.figure(found, attribute)
    )
    # A change by hand must be seen at once: the browser asks each time.
    return charts.image_response(
        request, charts.svg(figure, charts.theme_asked(request)), max_age=0
    )


@require_safe
@login_required
def record(request: MemberRequest, pk: int) -> HttpResponse:
    """Hand out the record, with which anybody can repeat the run."""
    found = followed_run(request.user, pk)
    return downloads.handed_out(
        request,
        records.text_of(found) + "\n",
        records.file_name(found),
        what="run",
        of=found,
        rows=len(found.record["people"]),
        scope=found.call.slug,
    )


@require_safe
@login_required
def costs(request: MemberRequest, pk: int) -> HttpResponse:
    """Show what each rule costs, as it was worked out with the run."""
    found = followed_run(request.user, pk)
    return render(
        request, "selection/costs.html", {"page": rule_costs.costs_page(found)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def verify(request: MemberRequest, pk: int) -> HttpResponse:
    """Show what came of solving the run again the last time; or let it be done anew."""
    found = followed_run(request.user, pk)
    if request.method == "POST":
        try:
            asked = calculations.ask_again(
                run=found, actor=request.user, now=timezone.now()
            )
        except CannotRun as refusal:
            messages.error(request, str(refusal))
            return redirect("selection:verify", pk)
        return redirect("selection:calculation", asked.pk)
    context = {
        "run": found,
        "last": last_repetition(found),
        "file_name": records.file_name(found),
    }
    return render(request, "selection/verified.html", context)


@require_safe
@login_required
def compare(request: MemberRequest, pk: int, other: int) -> HttpResponse:
    """Show two runs of one call side by side."""
    found, second = (followed_run(request.user, key) for key in (pk, other))
    if found.call_id != second.call_id:
        raise Http404
    context = {"page": comparing.compare(found, second)}
    return render(request, "selection/compare.html", context)


@require_safe
@login_required
def decision(request: MemberRequest, pk: int, code: str) -> HttpResponse:
    """Show one nominee's result and why."""
    found = get_object_or_404(
        policies.decisions_visible_to(request.user).select_related(
            "run__call__course__programme", "nomination__organisation"
        ),
        run=pk,
        nomination__code=code,
    )
    found.nomination.call = found.run.call
    page = nominee.nominee_page(found, request.user)
    kind = _("trial") if found.run.kind == Run.Kind.WHAT_IF else _("draw")
    return render(request, "selection/nominee.html", {"page": page, "kind": kind})
