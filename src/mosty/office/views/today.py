"""The first page after sign-in: what needs me now?"""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mosty.accounts import queries as accounts
from mosty.accounts.http import MemberRequest
from mosty.office.queries import courses
from mosty.office.queries.courses_led import courses_led
from mosty.office.queries.needs import needs_of


@require_safe
@login_required
def today(request: MemberRequest) -> HttpResponse:
    now = timezone.now()
    return render(
        request,
        "office/today.html",
        {
            "today": timezone.localdate(),
            "needs": needs_of(request.user, now),
            "courses": courses.courses_of(request.user, now),
            "led": courses_led(request.user, now),
            "reports": courses.reports_of(request.user),
            "figures": courses.figures_of(request.user),
            "roles": [accounts.in_words(grant) for grant in request.user.held],
        },
    )
