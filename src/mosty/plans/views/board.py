"""The help board between cities."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from mosty.accounts.http import MemberRequest
from mosty.kernel.access import require
from mosty.plans import policies
from mosty.plans.actions import helping as actions
from mosty.plans.forms.board import AnswerForm, NoteForm
from mosty.plans.queries import board as queries
from mosty.ui.pages import done, sent

FORM = ("GET", "HEAD", "POST")


@require_safe
@login_required
def board(request: MemberRequest) -> HttpResponse:
    """Show what cities ask and offer."""
    if not policies.boards_of(request.user).exists():
        raise Http404
    form = queries.BoardFilter(request.GET, user=request.user)
    context = {
        "form": form,
        "notes": queries.board(request.user, request.GET, form),
        "can_add": queries.own_plans(request.user).exists(),
    }
    return render(request, "plans/board.html", context)


@require_http_methods(FORM)
@login_required
def add(request: MemberRequest) -> HttpResponse:
    """Put an ask or an offer on the board."""
    plans = queries.own_plans(request.user)
    require(plans.exists())
    form = NoteForm(sent(request), plans=plans)
    if done(
        form,
        lambda: actions.add(
            plan=form.cleaned_data["plan"],
            kind=form.cleaned_data["kind"],
            topic=form.chosen_topic,
            text=form.cleaned_data["text"],
            actor=request.user,
            now=timezone.now(),
        ),
    ):
        messages.success(request, _("It is on the board."))
        return redirect("plans:board")
    context = {
        "form": form,
        "heading": _("Ask for help, or offer it"),
        "label": _("Put it on the board"),
        "back_url": reverse("plans:board"),
    }
    return render(request, "plans/form.html", context)


@require_http_methods(FORM)
@login_required
def answer(request: MemberRequest, pk: int) -> HttpResponse:
    """Write to the city that asks or offers."""
    note = get_object_or_404(queries.notes(request.user), pk=pk)
    cities = policies.answering_cities(request.user, note)
    require(cities.exists())
    form = AnswerForm(sent(request), cities=cities)
    if done(
        form,
        lambda: actions.answer(
            note=note,
            city=form.cleaned_data["city"],
            text=form.cleaned_data["text"],
            actor=request.user,
            now=timezone.now(),
        ),
    ):
        messages.success(
            request,
            _("Written. The coordinator reads it before it leaves, as all messages."),
        )
        return redirect("plans:board")
    context = {
        "form": form,
        "heading": _("Write to: %(city)s") % {"city": note.plan.owner},
        "lede": note.text,
        "label": _("Send"),
        "back_url": reverse("plans:board"),
    }
    return render(request, "plans/form.html", context)


@require_POST
@login_required
def end(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a note off the board."""
    note = get_object_or_404(queries.notes(request.user), pk=pk)
    actions.end(note=note, actor=request.user, now=timezone.now())
    messages.success(request, _("It is off the board."))
    return redirect("plans:board")
