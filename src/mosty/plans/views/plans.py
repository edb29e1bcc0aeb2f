"""The list of plans, one plan, and what its city does with it."""

from collections.abc import Callable
from functools import partial

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mosty.accounts.http import MemberRequest
from mosty.kernel.access import require
from mosty.plans import policies
from mosty.plans.actions import drafting, signing
from mosty.plans.forms.plans import (
    BeginForm,
    CloseForm,
    LineShareForm,
    ReasonForm,
    ShareForm,
    SignForm,
)
from mosty.plans.models import Plan, Visibility
from mosty.plans.queries import index as lists
from mosty.plans.queries import plans as queries
from mosty.plans.queries.page import plan_page
from mosty.plans.views.doors import own_plan, seen_plan
from mosty.ui.pages import done, sent

FORM = ("GET", "HEAD", "POST")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the plans that the reader, signed in or not, may see."""
    form = lists.PlanFilter(request.GET, user=request.user)
    context = {
        "form": form,
        "plans": lists.rows(request.user, request.GET, form, timezone.now()),
        "can_begin": bool(policies.cities_of(request.user)),
        "can_follow": policies.can_follow(request.user),
        "has_board": policies.can_open_board(request.user),
    }
    return render(request, "plans/index.html", context)


@require_safe
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """Show as much of a plan as the reader sees."""
    found = seen_plan(request.user, code)
    page = plan_page(found, request.user, timezone.now())
    context = {"page": page, "circle_of": Visibility(found.visibility).label}
    return render(request, "plans/plan.html", context)


@require_http_methods(FORM)
@login_required
def begin(request: MemberRequest) -> HttpResponse:
    """Begin a plan from home."""
    require(bool(policies.cities_of(request.user)))
    form = BeginForm(sent(request), user=request.user)
    made: list[Plan] = []
    if done(
        form,
        lambda: made.append(
            drafting.begin(
                programme=form.cleaned_data["programme"],
                owner=form.cleaned_data["city"],
                course=None,
                title=form.cleaned_data["title"],
                language=get_language() or "en",
                actor=request.user,
                now=timezone.now(),
            )
        ),
    ):
        return redirect("plans:edit", made[0].code)
    context = {
        "form": form,
        "heading": _("Begin an action plan"),
        "lede": _(
            "For a plan that was not drafted at a course. Plans of a course are begun by "
            "your group on the page of the course."
        ),
        "label": _("Begin the plan"),
        "back_url": reverse("plans:index"),
    }
    return render(request, "plans/form.html", context)


@require_http_methods(FORM)
@login_required
def sign(request: MemberRequest, code: str) -> HttpResponse:
    """Show the plan once more, and sign it off as it was read."""
    found = own_plan(request.user, code)
    page = plan_page(found, request.user, timezone.now())
    form = SignForm(sent(request), initial={"seen": page.sha256})
    if done(
        form,
        lambda: signing.sign(
            plan=found,
            seen=form.cleaned_data["seen"],
            actor=request.user,
            now=timezone.now(),
        ),
    ):
        messages.success(
            request,
            _("Signed off. Your group is asked how it goes after 3, 6 and 12 months."),
        )
        return redirect("plans:plan", code)
    if form.is_bound:
        # What is shown now is what may be signed next.
        form.data = {**form.data, "seen": page.sha256}
    return render(request, "plans/sign.html", {"page": page, "form": form})


@require_http_methods(FORM)
@login_required
def revise(request: MemberRequest, code: str) -> HttpResponse:
    """Open a signed plan for a new version."""
    found = own_plan(request.user, code)
    return _act(
        request,
        found,
        ReasonForm(sent(request)),
        partial(signing.revise, plan=found),
        heading=_("Open the plan for a revision"),
        lede=_(
            "Others read the signed version until the next one is signed off. Check-ins "
            "go on."
        ),
        label=_("Open for a revision"),
        after="plans:edit",
    )


@require_http_methods(FORM)
@login_required
def close(request: MemberRequest, code: str) -> HttpResponse:
    """Close a plan, saying what came of it."""
    found = own_plan(request.user, code)
    return _act(
        request,
        found,
        CloseForm(sent(request)),
        partial(signing.close, plan=found),
        heading=_("Close the plan"),
        lede=_("A closed plan stays as it is, for ever. No further check-in is asked."),
        label=_("Close the plan"),
        stops=True,
    )


@require_http_methods(FORM)
@login_required
def share(request: MemberRequest, code: str) -> HttpResponse:
    """Say who sees a plan."""
    found = own_plan(request.user, code)
    initial = {"visibility": found.visibility}
    return _act(
        request,
        found,
        ShareForm(sent(request), plan=found, initial=initial),
        partial(signing.share, plan=found),
        heading=_("Who sees the plan"),
        label=_("Save"),
    )


@require_http_methods(FORM)
@login_required
def share_line(request: MemberRequest, code: str, pk: int) -> HttpResponse:
    """Say who sees one line."""
    found = own_plan(request.user, code)
    action = get_object_or_404(queries.actions_of(found), pk=pk)
    initial = {"visibility": action.visibility}
    return _act(
        request,
        found,
        LineShareForm(sent(request), plan=found, initial=initial),
        partial(signing.share_line, action=action),
        heading=_("Who sees this line"),
        lede=action.what,
        label=_("Save"),
    )


def _act(
    request: MemberRequest,
    found: Plan,
    form: forms.Form,
    act: Callable[..., object],
    *,
    heading: str,
    label: str,
    lede: str = "",
    after: str = "plans:plan",
    stops: bool = False,
) -> HttpResponse:
    """Do ``act`` with what the form holds, whose fields are named as its parameters."""
    if done(
        form,
        lambda: act(actor=request.user, now=timezone.now(), **form.cleaned_data),
    ):
        messages.success(request, _("Saved."))
        return redirect(after, found.code)
    context = {
        "plan": found,
        "form": form,
        "heading": heading,
        "lede": lede,
        "label": label,
        "stops": stops,
        "back_url": reverse("plans:plan", args=[found.code]),
    }
    return render(request, "plans/form.html", context)
