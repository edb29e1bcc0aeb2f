"""The first page after sign-in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mosty.accounts import queries
from mosty.accounts.http import MemberRequest


@require_safe
@login_required
def today(request: MemberRequest) -> HttpResponse:
    roles = [queries.in_words(grant) for grant in request.user.held]
    return render(request, "office/today.html", {"roles": roles})
