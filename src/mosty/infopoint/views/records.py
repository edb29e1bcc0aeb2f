"""Single records: the list, one with its history, corrections, and what was late."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mosty.accounts.http import MemberRequest
from mosty.audit import downloads
from mosty.infopoint import policies
from mosty.infopoint.actions import corrections, reading
from mosty.infopoint.forms.recording import read, said
from mosty.infopoint.forms.records import ExportForm, ReasonForm, RecordFilter
from mosty.infopoint.queries import lists, recording, records
from mosty.infopoint.views.doors import led_point, seen_point, seen_record
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.ui.pages import done, sent

FORM = ("GET", "HEAD", "POST")


@require_safe
@login_required
def index(request: MemberRequest, slug: str) -> HttpResponse:
    """List records: today's, or those asked for; of older ones the ledger says so."""
    point = seen_point(request.user, slug)
    now = timezone.now()
    params = _asked(request.GET, point.today(now).isoformat())
    form = RecordFilter(params, lists=lists.offered(point, None, every=True))
    rows = records.records(point, request.user, params, form)
    reading.note(
        point=point, days=[row.day for row in rows], actor=request.user, now=now
    )
    context = {
        "point": point,
        "form": form,
        "records": rows,
        "can_record": policies.can_record(request.user, point),
        "can_lead": policies.can_lead(request.user, point),
    }
    return render(request, "infopoint/records.html", context)


def _asked(params: QueryDict, today: str) -> QueryDict:
    """Return what is asked for: with no filter at all, today's records."""
    if set(params) - {"page", "size", "sort"}:
        return params
    asked = params.copy()
    asked["since"] = asked["until"] = today
    return asked


@require_safe
@login_required
def record(request: MemberRequest, slug: str, key: UUID) -> HttpResponse:
    """Show one record with what it said before."""
    found = seen_record(request.user, slug, key)
    now = timezone.now()
    reading.note(point=found.point, days=[found.day], actor=request.user, now=now)
    page = records.record_page(found, request.user)
    return render(
        request, "infopoint/consultation.html", {"point": found.point, "page": page}
    )


@require_http_methods(FORM)
@login_required
def correct(request: MemberRequest, slug: str, key: UUID) -> HttpResponse:
    """Change what a record says, with a reason."""
    found = seen_record(request.user, slug, key)
    require(policies.can_correct(request.user, found))
    now = timezone.now()
    filled = None
    errors: dict[str, str] = {}
    refused = ""
    if request.method == "POST":
        filled = read(request.POST)
        try:
            corrections.correct(
                record=found,
                said=said(filled, found.point, now),
                seen=seen_version(request.POST),
                reason=request.POST.get("reason", "")[:500],
                actor=request.user,
                now=now,
            )
        except Refusal as refusal:
            errors = {name: str(text) for name, text in refusal.fields.items()}
            refused = str(refusal)
        else:
            messages.success(request, _("Corrected. What it said before is kept."))
            return redirect("infopoint:consultation", slug, key)
    else:
        reading.note(point=found.point, days=[found.day], actor=request.user, now=now)
    context = {
        "point": found.point,
        "record": found,
        "page": recording.correction_page(found, now, filled, errors),
        "refused": refused,
        "reason": request.POST.get("reason", "")[:500],
        "reason_error": errors.get("reason", ""),
    }
    return render(request, "infopoint/correct.html", context)


def seen_version(sent: QueryDict) -> int:
    """Return which version the form was made of."""
    text = sent.get("seen", "")
    return int(text) if text.isdecimal() and len(text) < 6 else 0


@require_http_methods(FORM)
@login_required
def withdraw(request: MemberRequest, slug: str, key: UUID) -> HttpResponse:
    """Say that a record does not count."""
    found = seen_record(request.user, slug, key)
    require(policies.can_correct(request.user, found))
    form = ReasonForm(sent(request))
    if done(
        form,
        lambda: corrections.withdraw(
            record=found,
            seen=found.version,
            reason=form.cleaned_data["reason"],
            actor=request.user,
            now=timezone.now(),
        ),
    ):
        messages.success(request, _("The record does not count any more."))
        return redirect("infopoint:consultation", slug, key)
    return _reason_page(
        request,
        form,
        found.point,
        key,
        _("Withdraw a record"),
        _("It stays, with your reason, but is counted nowhere."),
        _("Withdraw"),
        stops=True,
    )


@require_http_methods(FORM)
@login_required
def settle(
    request: MemberRequest, slug: str, key: UUID, *, accept: bool
) -> HttpResponse:
    """Let a late record count, or not."""
    found = seen_record(request.user, slug, key)
    require(policies.can_lead(request.user, found.point))
    form = ReasonForm(sent(request))
    if done(
        form,
        lambda: corrections.settle(
            record=found,
            accept=accept,
            seen=found.version,
            reason=form.cleaned_data["reason"],
            actor=request.user,
            now=timezone.now(),
        ),
    ):
        text = (
            _("The record counts now.") if accept else _("The record does not count.")
        )
        messages.success(request, text)
        return redirect("infopoint:periods", slug)
    return _reason_page(
        request,
        form,
        found.point,
        key,
        _("Accept a late record") if accept else _("Refuse a late record"),
        _("Its period is closed: accepting it is a revision of the figures.")
        if accept
        else _("It stays, with your reason, but is counted nowhere."),
        _("Accept") if accept else _("Refuse"),
        stops=not accept,
    )


def _reason_page(
    request: MemberRequest,
    form: ReasonForm,
    point: object,
    key: UUID,
    heading: str,
    lede: str,
    label: str,
    *,
    stops: bool,
) -> HttpResponse:
    context = {
        "point": point,
        "form": form,
        "heading": heading,
        "lede": lede,
        "label": label,
        "stops": stops,
        "back_url": reverse("infopoint:consultation", args=[point.slug, key]),  # type: ignore[attr-defined]
    }
    return render(request, "infopoint/form.html", context)


@require_http_methods(FORM)
@login_required
def export(request: MemberRequest, slug: str) -> HttpResponse:
    """Hand out single records, for a reason that the ledger keeps; never their notes."""
    point = led_point(request.user, slug)
    today = point.today(timezone.now())
    first = today.replace(day=1)
    form = ExportForm(sent(request), initial={"since": first, "until": today})
    if form.is_valid():
        asked = form.cleaned_data
        rows = records.of_days(point, asked["since"], asked["until"])
        return downloads.as_file(
            request,
            _("Consultations"),
            records.header(),
            records.lines(point, rows),
            form=asked["form"],
            name=f"{point.slug}-{asked['since']}-{asked['until']}",
            what="consultations",
            of=point,
            scope=point.slug,
            reason=asked["reason"],
            filters={"from": str(asked["since"]), "until": str(asked["until"])},
        )
    context = {
        "point": point,
        "form": form,
        "heading": _("Take single records away"),
        "lede": _(
            "Figures rarely need single records. What you take is in the ledger, with "
            "your reason."
        ),
        "label": _("Download"),
        "back_url": reverse("infopoint:records", args=[point.slug]),
    }
    return render(request, "infopoint/form.html", context)
