"""Groups of a course: seen, made, changed by hand, held, mixed again."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from mosty.accounts.http import MemberRequest
from mosty.accounts.models import User
from mosty.engines.errors import BadProblem
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.programmes.models import Course
from mosty.training import mixing, policies
from mosty.training.actions import groups as actions
from mosty.training.actions import groups_changing as changing
from mosty.training.forms.groups import (
    ADD,
    ChangeForm,
    PairRows,
    PlanForm,
    PresentForm,
)
from mosty.training.mixing_words import problem_words
from mosty.training.models import GroupPlan
from mosty.training.queries import groups as queries
from mosty.training.queries import groups_forms


@require_safe
@login_required
def groups(request: MemberRequest, pk: int) -> HttpResponse:
    """Show who sits where: a round as cards, or all rounds as a table."""
    course = get_object_or_404(queries.courses_for(request.user), pk=pk)
    page = queries.page(
        course, request.user, request.GET.get("round", ""), timezone.now()
    )
    as_table = request.GET.get("view") == "table"
    return render(request, "training/groups.html", {"page": page, "as_table": as_table})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def make(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask for groups, and make them; or make them anew, for a reason."""
    course = _own(request.user, pk)
    asked = groups_forms.making(course)
    sent = request.POST if request.method == "POST" else None
    pairs = PairRows(sent, people=asked.people, settings=asked.settings)
    is_draft = sent is not None and ADD in sent
    form = PlanForm(
        None if is_draft else sent,
        sessions=asked.sessions,
        choices=asked.session_choices,
        anew=asked.plan is not None,
        initial=_kept(sent) if sent is not None and is_draft else asked.initial,
    )
    if sent is not None and not is_draft and form.is_valid() and pairs.is_valid():
        try:
            actions.make(
                course=course,
                wanted=form.wanted(pairs),
                seen=form.cleaned_data["seen"],
                reason=form.cleaned_data.get("reason", ""),
                actor=request.user,
                now=timezone.now(),
            )
        except actions.CannotMix as refusal:
            _blame(form, refusal)
        else:
            messages.success(request, _("The groups are made."))
            return redirect("training:groups", pk)
    context = {"course": course, "form": form, "pairs": pairs, "asked": asked}
    return render(request, "training/groups_make.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change(request: MemberRequest, pk: int) -> HttpResponse:
    """Show what a change by hand would mean, and make it."""
    course = _own(request.user, pk)
    plan = _plan(course)
    asked: Any = request.POST if request.method == "POST" else request.GET
    seating = mixing.read(plan)
    given = str(asked.get("round", ""))
    number = int(given) if given.isascii() and given.isdecimal() else 0
    if queries.changeable(seating, number) is None:
        raise Http404
    back = f"{reverse('training:groups', args=[pk])}?round={number}"
    people, targets = queries.choices_in(seating, number)
    form = ChangeForm(
        asked if asked.get("target") else None,
        people=people,
        targets=targets,
        initial={"round": number, "first": asked.get("first", "")},
    )
    found = None
    if form.is_bound and form.is_valid():
        first, target = form.cleaned_data["first"], form.cleaned_data["target"]
        try:
            if request.method == "POST":
                _change(request, plan, number, first, target)
                return redirect(back)
            found = queries.preview(seating, number, first, target)
        except BadProblem as problem:
            form.add_error("target", problem_words(problem))
        except changing.CannotChangeGroups as refusal:
            form.add_error(None, str(refusal))
    context = {
        "course": course,
        "number": number,
        "form": form,
        "found": found,
        "seen": mixing.seen_of(plan),
        "back": back,
    }
    return render(request, "training/groups_change.html", context)


def _change(
    request: MemberRequest, plan: GroupPlan, number: int, first: str, target: str
) -> None:
    act: dict[str, Any] = {
        "plan": plan,
        "number": number,
        "seen": request.POST.get("seen", ""),
        "actor": request.user,
        "now": timezone.now(),
    }
    to = queries.target_group(target)
    if to:
        changing.move(code=first, to=to, **act)
    else:
        changing.swap(first=first, second=target, **act)
    messages.success(
        request, _("The groups are changed. The ledger keeps what it cost.")
    )


@require_POST
@login_required
def hold(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """Say that a round was held."""
    course = _own(request.user, pk)
    try:
        changing.hold(
            plan=_plan(course),
            number=number,
            seen=request.POST.get("seen", ""),
            actor=request.user,
            now=timezone.now(),
        )
    except changing.CannotChangeGroups as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request,
            _("Round %(number)s was held: its groups stay as they are.")
            % {"number": number},
        )
    return redirect("training:groups", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def remix(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask who is here, and mix the rounds to come for them."""
    course = _own(request.user, pk)
    plan = _plan(course)
    asked = groups_forms.present(plan)
    if asked is None:
        raise Http404
    form = PresentForm(
        request.POST if request.method == "POST" else None,
        people=asked.people,
        initial={"present": asked.present, "seen": mixing.seen_of(plan)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            moved = changing.remix(
                plan=plan,
                present=form.cleaned_data["present"],
                seen=form.cleaned_data["seen"],
                actor=request.user,
                now=timezone.now(),
            )
        except changing.CannotChangeGroups as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _moved(moved.value, optimal=moved.optimal))
            return redirect("training:groups", pk)
    context = {"course": course, "form": form, "asked": asked}
    return render(request, "training/groups_remix.html", context)


def _moved(count: int, *, optimal: bool) -> str:
    if count == 0:
        return _(
            "The rounds to come are mixed again. Nobody who stays changes a group."
        )
    said = ngettext(
        "The rounds to come are mixed again. Who stays changes a group once.",
        "The rounds to come are mixed again. Those who stay change a group %(count)s times.",
        count,
    ) % {"count": count}
    return f"{said} {_('Fewer are impossible.')}" if optimal else said


def _own(user: User, pk: int) -> Course:
    """
    Return the course for a form that only those who mix its groups have.

    :raises PermissionDenied: if ``user`` may see the groups, but not make them.
    """
    course = get_object_or_404(queries.courses_for(user), pk=pk)
    require(policies.can_make_groups(user, course))
    return course


def _plan(course: Course) -> GroupPlan:
    plan = mixing.live(course)
    if plan is None:
        raise Http404
    return plan


def _kept(sent: Any) -> Mapping[str, Any]:
    """Return what was typed, to be shown again while pairs are added."""
    return {
        name: sent.getlist(name) if name == "sessions" else sent.get(name)
        for name in PlanForm.base_fields
    }


def _blame(form: forms.Form, refusal: Refusal) -> None:
    """Show a refusal in the form: at the field it names, or above them all."""
    for name, sentence in (refusal.fields or {"": refusal}).items():
        form.add_error(name if name in form.fields else None, str(sentence))
