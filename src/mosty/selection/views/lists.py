"""The numbered list of a draw in public: made, read by everybody, decided by a number."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from mosty.accounts.http import MemberRequest
from mosty.nominations.actions.seeds import CannotDraw
from mosty.selection import policies
from mosty.selection.actions import calculations, numbering, runs
from mosty.selection.forms import NumberForm, blame
from mosty.selection.models import NumberedList
from mosty.selection.queries.lists import list_of, list_page
from mosty.selection.views.doors import run_call


def _listed(slug: str) -> NumberedList:
    return get_object_or_404(
        policies.lists_visible_to_all().select_related("call__course__programme"),
        call__slug=slug,
    )


@require_safe
def numbers(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the published list to everybody; partners also see whom it is about."""
    listed = _listed(slug)
    with_codes = policies.can_see_list_codes(request.user, listed)
    context = {
        "call": listed.call,
        "page": list_page(listed, with_codes=with_codes),
        "with_codes": with_codes,
    }
    return render(request, "selection/numbers.html", context)


@require_safe
def published(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand out the list whose SHA-256 is published; open to everybody."""
    listed = _listed(slug)
    # Byte for byte: a line's end would change its digest.
    answer = HttpResponse(listed.text, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{slug}-numbers.json"'
    return answer


@require_POST
@login_required
def make(request: MemberRequest, slug: str) -> HttpResponse:
    """Settle what enters the draw, and let the worker make the list."""
    found = run_call(request.user, slug)
    try:
        asked = calculations.ask_list(
            call=found, actor=request.user, now=timezone.now()
        )
    except (runs.CannotRun, CannotDraw) as refusal:
        messages.error(request, str(refusal))
        return redirect("selection:call", slug)
    return redirect("selection:calculation", asked.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def number(request: MemberRequest, slug: str) -> HttpResponse:
    """Enter the number that was drawn in public."""
    found = run_call(request.user, slug)
    form = NumberForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            numbering.enter_number(
                call=found,
                number=int(form.cleaned_data["number"]),
                actor=request.user,
                now=timezone.now(),
            )
        except numbering.CannotEnter as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The number is entered."))
            return redirect("selection:call", slug)
    context = {"call": found, "form": form, "listed": list_of(found)}
    return render(request, "selection/number.html", context)
