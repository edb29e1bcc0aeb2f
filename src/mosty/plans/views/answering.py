"""The page on which a check-in is answered: behind its link, or for the city's contact."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from mosty.accounts.http import MemberRequest
from mosty.accounts.models import User
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.outbox.models import Link
from mosty.plans import policies
from mosty.plans.actions import replying
from mosty.plans.forms.answering import AnswerForm
from mosty.plans.models import CheckIn, Plan
from mosty.plans.queries import plans as queries
from mosty.plans.queries.check_ins import AnswerPage, answer_page
from mosty.plans.views.doors import by_check_in_link, seen_plan
from mosty.training.serving import stored

FORM = ("GET", "HEAD", "POST")


@require_http_methods(FORM)
@by_check_in_link
def link_check_in(request: HttpRequest, link: Link, check_in: CheckIn) -> HttpResponse:
    """Let whoever holds the link answer."""
    return _page(request, link, check_in)


@require_http_methods(FORM)
@login_required
def check_in(request: MemberRequest, code: str, months: int) -> HttpResponse:
    """Let the city's contact answer; show the coordinator what was answered."""
    plan = seen_plan(request.user, code)
    if not policies.sight(request.user, plan).everything:
        raise PermissionDenied
    found = get_object_or_404(queries.check_ins_of(plan), months=months)
    return _page(request, request.user, found)


def _page(request: HttpRequest, actor: User | Link, check_in: CheckIn) -> HttpResponse:
    now = timezone.now()
    page = answer_page(check_in, check_in.plan.programme.local(now).date())
    can_answer = (
        policies.can_answer(actor, check_in)
        and check_in.plan.state != Plan.State.CLOSED
        and check_in.due_on <= check_in.plan.programme.local(now).date()
    )
    correcting = "correct" in request.GET
    context = {
        "page": page,
        "is_link": isinstance(actor, Link),
        "can_answer": can_answer,
        "limit": settings.UPLOAD_LIMIT,
    }
    if request.method == "POST":
        require(policies.can_answer(actor, check_in))
        return _send(request, actor, check_in, page, context)
    if can_answer and (correcting or not page.seen):
        context["form"] = AnswerForm(page, None, None)
    return render(request, "plans/check_in.html", context)


def _send(
    request: HttpRequest,
    actor: User | Link,
    check_in: CheckIn,
    page: AnswerPage,
    context: dict[str, object],
) -> HttpResponse:
    form = AnswerForm(page, request.POST, request.FILES)
    if form.is_valid():
        try:
            replying.send(
                check_in=check_in,
                said=[line.said() for line in form.lines],
                seen=form.head.cleaned_data["seen"],
                reason=form.head.cleaned_data.get("reason", ""),
                actor=actor,
                now=timezone.now(),
            )
        except Refusal as refusal:
            form.blame(refusal)
        else:
            return redirect(f"{request.path}?sent=1")
    return render(
        request, "plans/check_in.html", {**context, "form": form, "checked": True}
    )


@require_GET
@login_required
def evidence(request: MemberRequest, code: str, pk: int) -> HttpResponseBase:
    """Hand out a file that shows what was reported."""
    plan = seen_plan(request.user, code)
    found = get_object_or_404(queries.evidence_of(plan, request.user), pk=pk)
    return stored(found.file, found.name, found.content_type)
