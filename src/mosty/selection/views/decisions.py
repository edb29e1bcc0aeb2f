"""What is done with a proposed run: signed, changed by hand, announced, discarded."""

from datetime import datetime, time, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mosty.accounts.http import MemberRequest
from mosty.nominations.models import Call
from mosty.selection import policies
from mosty.selection.actions import deciding, letters, letters_cities
from mosty.selection.forms import AnnounceForm, ExchangeForm, ReasonForm, blame
from mosty.selection.queries import exchange as places
from mosty.selection.queries.run_page import run_page
from mosty.selection.queries.seats import begins_at
from mosty.selection.views.doors import followed_run, own_draw, own_run

# Proposed to the coordinator, who may enter any other time.
DAYS_TO_ANSWER = 7


@require_POST
@login_required
def sign(request: MemberRequest, pk: int) -> HttpResponse:
    """Sign for the organisation that the button named."""
    run = followed_run(request.user, pk)
    organisation = get_object_or_404(
        policies.signing_for(request.user, run),
        slug=request.POST.get("organisation", ""),
    )
    try:
        deciding.sign(
            run=run,
            organisation=organisation,
            actor=request.user,
            now=timezone.now(),
            seen=request.POST.get("seen", ""),
        )
    except deciding.CannotSign as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("Signed for: %(name)s.") % {"name": organisation.short_name}
        )
    return redirect("selection:run", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def exchange(request: MemberRequest, pk: int) -> HttpResponse:
    """Give a seat to one person instead of another."""
    run = own_draw(request.user, pk)
    asked = {name: request.GET.get(name, "") for name in ("leaves", "enters")}
    form = ExchangeForm(
        request.POST or None,
        leaving=places.leaving(run),
        entering=places.entering(run, asked["enters"]),
        initial={
            name: places.key_of(run, code) for name, code in asked.items() if code
        },
    )
    if request.method == "POST" and form.is_valid():
        leaves, enters = places.chosen(
            run, [form.cleaned_data["leaves"], form.cleaned_data["enters"]]
        )
        try:
            deciding.exchange(
                run=run,
                leaves=leaves,
                enters=enters,
                reason=form.cleaned_data["reason"],
                actor=request.user,
                now=timezone.now(),
            )
        except deciding.CannotChange as refusal:
            blame(form, refusal)
        else:
            messages.success(
                request, _("The result is changed. Signatures given before are void.")
            )
            return redirect("selection:run", pk)
    context = {
        "form": form,
        "run": run,
        "heading": _("Change the result by hand"),
        "what": _(
            "The new group passes the same checks as the drawn one. Signatures given "
            "before become void: partners sign what they have seen."
        ),
        "button": _("Change the result"),
        "cancel_url": reverse("selection:run", args=[pk]),
    }
    return render(request, "selection/confirm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def announce(request: MemberRequest, pk: int) -> HttpResponse:
    """Show what would be written to whom, and announce."""
    run = own_draw(request.user, pk)
    now = timezone.now()
    answer_by = _suggested(run.call, now)
    form = AnnounceForm(
        request.POST or None,
        zone=run.call.course.programme.zone,
        initial={"answer_by": answer_by.replace(tzinfo=None)},
    )
    if request.method == "POST" and form.is_valid():
        answer_by = form.cleaned_data["answer_by"]
        try:
            deciding.announce(run=run, answer_by=answer_by, actor=request.user, now=now)
        except deciding.CannotAnnounce as refusal:
            blame(form, refusal)
        else:
            messages.success(
                request,
                _(
                    "Announced. The messages wait in the outbox until somebody has read "
                    "and released them."
                ),
            )
            return redirect("selection:offers", run.call.slug)
    to_cities = letters_cities.written(run=run, answer_by=answer_by, now=now)
    context = {
        "form": form,
        "page": run_page(run, request.user, now),
        "letters": [
            *letters.examples(run=run, answer_by=answer_by),
            *letters_cities.examples(to_cities.copies),
        ],
        "unread": to_cities.unread,
    }
    return render(request, "selection/announce.html", context)


def _suggested(call: Call, now: datetime) -> datetime:
    """Return the end of the day a week from now, or the last moment before the course."""
    zone = call.course.programme.zone
    week = now.astimezone(zone).date() + timedelta(days=DAYS_TO_ANSWER)
    end = datetime.combine(week, time(23, 59), tzinfo=zone)
    begins = begins_at(call)
    if begins is not None and end > begins > now:
        return begins - timedelta(minutes=1)
    return end


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def discard(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask why a run is discarded, and discard it."""
    run = own_run(request.user, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            deciding.discard(
                run=run,
                reason=form.cleaned_data["reason"],
                actor=request.user,
                now=timezone.now(),
            )
        except deciding.CannotChange as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The run is discarded. It stays to be read."))
            return redirect("selection:call", run.call.slug)
    context = {
        "form": form,
        "run": run,
        "heading": _("Discard this run"),
        "what": _(
            "It stays in the list with your reason. If a later draw has the same "
            "nominations, its page says for ever that it repeats this one."
        ),
        "button": _("Discard it"),
        "stops": True,
        "cancel_url": reverse("selection:run", args=[pk]),
    }
    return render(request, "selection/confirm.html", context)
