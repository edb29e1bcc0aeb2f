"""Announced draws for whoever checks them: the list, one proof, its file."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from mosty.accounts.http import MemberRequest
from mosty.audit import downloads
from mosty.kernel.access import require
from mosty.selection import policies
from mosty.selection.queries import proofs, records


@require_safe
@login_required
def index(request: MemberRequest) -> HttpResponse:
    """List the draws that were announced."""
    require(policies.can_prove(request.user))
    return render(
        request, "selection/proofs.html", {"rows": proofs.rows_for(request.user)}
    )


@require_safe
@login_required
def proof(request: MemberRequest, pk: int) -> HttpResponse:
    """Check a draw from its public copy, and say what came of it."""
    found = get_object_or_404(proofs.announced_for(request.user), pk=pk)
    return render(request, "selection/proof.html", {"page": proofs.proof_of(found)})


@require_safe
@login_required
def public_copy(request: MemberRequest, pk: int) -> HttpResponse:
    """Hand out the record without codes, once the result is announced."""
    found = get_object_or_404(proofs.announced_for(request.user), pk=pk)
    copy = records.public_copy_of(found)
    return downloads.handed_out(
        request,
        copy.text + "\n",
        records.public_name(found),
        what="run_copy",
        of=found,
        rows=copy.people,
        scope=found.call.slug,
    )
