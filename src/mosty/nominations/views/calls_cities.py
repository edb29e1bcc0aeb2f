"""The cities of a call: the list, writing to them, reminding them, letting them through."""

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from mosty.accounts.http import MemberRequest
from mosty.audit.downloads import as_file, asked_for
from mosty.kernel.sheets.write import Value
from mosty.nominations import policies
from mosty.nominations.actions import invitations as actions
from mosty.nominations.forms.calls import ReasonForm
from mosty.nominations.forms.calls_cities import CityFilters, ContactForms
from mosty.nominations.models import Call
from mosty.nominations.queries import calls as calls_queries
from mosty.nominations.queries import calls_cities as queries
from mosty.nominations.queries import calls_contacts
from mosty.nominations.queries.calls_cities import CityRow
from mosty.nominations.views.calls_acts import blame
from mosty.nominations.views.calls_doors import gathered_call, own_call


@require_safe
@login_required
def cities(request: MemberRequest, slug: str) -> HttpResponse:
    """List the cities of a call: who was written to, who answered how."""
    call = get_object_or_404(calls_queries.at_desks_of(request.user), slug=slug)
    form = CityFilters(request.GET)
    if asked_for(request):
        return _file(request, call, queries.in_file(call, request.GET, form))
    now = timezone.now()
    context = {
        "call": call,
        "form": form,
        "listing": queries.cities_for(call, request.GET, form),
        "counts": _summed(queries.counts(call)),
        "rules": call.rules,
        "can_gather": policies.can_gather(request.user, call),
        "can_edit": policies.can_edit_call(request.user, call),
        "is_open": call.is_open(now),
        "can_send": call.state == Call.State.PUBLISHED and not call.is_closed(now),
    }
    return render(request, "nominations/calls/cities.html", context)


def _summed(counts: Mapping[str, int]) -> dict[str, int]:
    """Return the numbers above the list, in which near states are one."""
    return {
        "nominated": counts["answered"] + counts["below"],
        "unanswered": counts["waiting"] + counts["drafting"],
        "declined": counts["declined"],
        "not_sent": counts["not_sent"],
    }


def _file(request: MemberRequest, call: Call, rows: Sequence[CityRow]) -> HttpResponse:
    """Return the list as a file."""
    header = [
        _("City"),
        _("Answer"),
        _("Contact"),
        _("E-mail"),
        _("Language"),
        _("Written to"),
        _("Reminded"),
        _("Submitted"),
        _("Drafts"),
        _("Checked"),
        _("Let through because"),
    ]
    lines: list[list[Value]] = [
        [
            str(row.name),
            str(row.word),
            row.contact_name,
            row.contact_email,
            row.language,
            row.sent_at,
            row.reminded_at,
            row.submitted,
            row.drafts,
            row.checked,
            row.waiver,
        ]
        for row in rows
    ]
    return as_file(
        request,
        _("Cities"),
        header,
        lines,
        name=f"{call.slug}-cities",
        what="cities",
        of=call,
        scope=call.slug,
    )


def _chosen(data: QueryDict) -> frozenset[int]:
    """Return the cities that were ticked."""
    return frozenset(
        int(key) for key in data.getlist("city") if key.isdecimal() and len(key) < 10
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def invite(request: MemberRequest, slug: str) -> HttpResponse:
    """Pass the call to cities: those ticked, else all that were not written to."""
    call = gathered_call(request.user, slug)
    now = timezone.now()
    chosen = _chosen(request.GET)
    found = [
        city
        for city in queries.with_standing(call)
        if city.takes_part and (city.pk in chosen or (not chosen and not city.sent_at))
    ]
    forms = ContactForms(
        request.POST if request.method == "POST" else None,
        cities=found,
        suggested=calls_contacts.suggested(
            call, [city.pk for city in found], timezone.localdate(now)
        ),
        chosen=chosen,
    )
    problem = ""
    if request.method == "POST" and forms.is_valid():
        try:
            sent = actions.invite(
                call=call, contacts=forms.contacts(), actor=request.user, now=now
            )
        except actions.CannotInvite as refusal:
            problem = str(refusal)
        else:
            messages.success(
                request,
                ngettext(
                    "%(count)s message waits in the outbox.",
                    "%(count)s messages wait in the outbox.",
                    len(sent),
                )
                % {"count": len(sent)},
            )
            return _to_release(call, "nominations.invitation")
    return render(
        request,
        "nominations/calls/invite.html",
        {"call": call, "forms": forms, "problem": problem},
        status=422 if request.method == "POST" else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def remind(request: MemberRequest, slug: str) -> HttpResponse:
    """Remind cities: those ticked, else all that have not answered."""
    call = gathered_call(request.user, slug)
    now = timezone.now()
    chosen = _chosen(request.POST if request.method == "POST" else request.GET)
    if request.method == "POST":
        try:
            reminded = actions.remind(
                call=call, cities=chosen, actor=request.user, now=now
            )
        except actions.CannotInvite as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(
                request,
                ngettext(
                    "%(count)s message waits in the outbox.",
                    "%(count)s messages wait in the outbox.",
                    len(reminded),
                )
                % {"count": len(reminded)},
            )
            if reminded:
                return _to_release(call, "nominations.reminder")
        return redirect("nominations:cities", call.slug)
    due = calls_contacts.to_remind(call, now)
    ready = list(due.filter(organisation__in=chosen) if chosen else due)
    context = {
        "call": call,
        "ready": ready,
        "passed_over": max(0, len(chosen) - len(ready)),
        "is_open": call.is_open(now),
    }
    return render(request, "nominations/calls/remind.html", context)


def _to_release(call: Call, kind: str) -> HttpResponse:
    """Lead on to where messages are read and let go, a higher app's page."""
    try:
        page = reverse("office:release")
    except NoReverseMatch:
        return redirect("nominations:cities", call.slug)
    return redirect(f"{page}?{urlencode({'scope': call.slug, 'kind': kind})}")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def waive(request: MemberRequest, slug: str, city: str) -> HttpResponse:
    """Let a city through that nominated fewer people than the rules ask for."""
    call = own_call(request.user, slug)
    invitation = get_object_or_404(
        call.invitations.select_related("organisation", "call__course__programme"),
        organisation__slug=city,
    )
    form = ReasonForm(
        request.POST if request.method == "POST" else None,
        initial={"reason": invitation.waiver},
    )
    if form.is_bound and form.is_valid():
        try:
            actions.waive(
                invitation=invitation,
                reason=form.cleaned_data["reason"],
                actor=request.user,
                now=timezone.now(),
            )
        except actions.CannotInvite as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The city is let through."))
            return redirect("nominations:cities", call.slug)
    context = {
        "call": call,
        "invitation": invitation,
        "form": form,
        "cancel_url": reverse("nominations:cities", args=[call.slug]),
    }
    status = 422 if form.is_bound else 200
    return render(request, "nominations/calls/waive.html", context, status=status)
