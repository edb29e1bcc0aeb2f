"""Rules that no group can keep: what collides, and the least change, applied by a click."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mosty.accounts.http import MemberRequest
from mosty.nominations.actions.calls import CannotEdit
from mosty.selection.actions import repairs
from mosty.selection.forms import RepairForm, blame
from mosty.selection.queries.repair import repair_page
from mosty.selection.views.doors import run_call


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def repair(request: MemberRequest, slug: str) -> HttpResponse:
    """Show which rules collide and what mends them; apply it with a reason."""
    call = run_call(request.user, slug)
    page = repair_page(call)
    if page is None:
        messages.info(request, _("No draw has failed with the rules in force."))
        return redirect("selection:call", slug)
    form = RepairForm(request.POST or None, initial={"seen": page.version})
    if request.method == "POST" and form.is_valid():
        try:
            repairs.apply(
                call=call,
                seen=form.cleaned_data["seen"],
                reason=form.cleaned_data["reason"],
                actor=request.user,
                now=timezone.now(),
            )
        except (repairs.CannotRepair, CannotEdit) as refusal:
            blame(form, refusal)
        else:
            messages.success(
                request,
                _(
                    "The rules are changed, and everybody who nominated is told. Draw again."
                ),
            )
            return redirect("selection:call", slug)
    return render(request, "selection/repair.html", {"page": page, "form": form})
