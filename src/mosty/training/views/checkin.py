"""The screen with the changing code, and the page that a phone opens by scanning it."""

from datetime import datetime

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mosty.accounts.http import MemberRequest
from mosty.accounts.limits import address_of
from mosty.inbox import http as inbox
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.programmes.models import Session
from mosty.selection.models import Offer
from mosty.training import checkin, people, policies, times
from mosty.training.actions import checkin as actions
from mosty.training.actions.attendance import Participant
from mosty.training.forms.attendance import CheckInForm
from mosty.training.queries import attendance as queries
from mosty.training.queries import checkin as seen

_PHONE = "phone"
_SALT = "mosty.training.phone"
_DAY = 24 * 3600


class Guessing(actions.CannotCheckIn):
    """Codes or names were wrong too often."""


@require_safe
@login_required
def screen(request: MemberRequest, pk: int, session: int) -> HttpResponse:
    """Show the code for the projector; with htmx, only the part that changes."""
    found = get_object_or_404(queries.sessions_for(request.user), pk=session, course=pk)
    require(policies.can_mark(request.user, found))
    now = timezone.now()
    context = {
        "session": found,
        "course": found.course,
        "is_open": checkin.is_open(found, now),
        "is_over": now >= found.ends_at,
        "opens_at": times.opens_at(found),
        "picture": _picture(found, now),
        "count": seen.checked_in(found),
    }
    part = "screen_code" if request.htmx else "screen"
    response = render(request, f"training/{part}.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _picture(session: Session, now: datetime) -> SafeString:
    """Return the address to scan as a QR code: SVG without any style of its own."""
    # Without a language: each phone is led to its own.
    address = f"{settings.BASE_URL}/check-in/{session.pk}/{checkin.code(session, now)}/"
    drawn = segno.make(address, error="m", micro=False)
    # Made of an address of ours alone.
    svg = str(drawn.svg_inline(omitsize=True, svgclass="qr", lineclass=None))
    return mark_safe(svg)  # noqa: S308


@require_http_methods(["GET", "HEAD", "POST"])
@inbox.hers_only
def check_in(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Give a phone that scanned the screen a form, and take it."""
    session = get_object_or_404(seen.sessions(), pk=pk)
    now = timezone.now()
    if request.method == "POST":
        return _taken(request, session, now)
    phone = _phone(request) or checkin.new_phone()
    closed = _closed(session, code, now)
    known = people.remembered(request, session, now)
    context = {
        "session": session,
        "course": session.course,
        "closed": closed,
        "is_named": not closed,
        "ticket": "" if closed else checkin.new_ticket(session, phone, now),
        "known": None if "other" in request.GET else known,
        "form": CheckInForm(),
    }
    response = render(
        request, "training/check_in.html", context, status=410 if closed else 200
    )
    response.set_signed_cookie(
        _PHONE,
        phone,
        salt=_SALT,
        max_age=_DAY,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return _private(response)


def _closed(session: Session, code: str, now: datetime) -> str:
    """Return why nobody checks in by this code now, or nothing."""
    if not times.is_open(session, now):
        return _("The session has not begun. Checking in opens half an hour before it.")
    if not checkin.is_open(session, now):
        return _("The session is over. If you were there, tell the trainer.")
    if not checkin.is_current(session, code, now):
        return _(
            "This code is no longer valid: it changes every half a minute. Scan the screen again."
        )
    return ""


def _phone(request: HttpRequest) -> str:
    """Return what this phone is told apart by, or nothing if it is new here."""
    return request.get_signed_cookie(_PHONE, default="", salt=_SALT, max_age=_DAY) or ""


def _taken(request: HttpRequest, session: Session, now: datetime) -> HttpResponse:
    """Check her in, or say why not; her form stays as it was."""
    form = CheckInForm(request.POST)
    known = None if "code" in request.POST else people.remembered(request, session, now)
    refused = ""
    is_named = False
    status = 200
    scanned = actions.Scanned(
        session=session,
        ticket=checkin.read_ticket(request.POST.get("ticket", "")),
        phone=_phone(request),
        noted_at=inbox.noted_at(request, now),
    )
    try:
        # First: who has scanned nothing learns nothing about codes and names.
        actions.check_ticket(scanned, now)
        is_named = True
        if known or form.is_valid():
            offer = known or _named(request, session, form)
            answer = actions.check_in(
                scanned=scanned, actor=Participant(offer), now=now
            )
            return _checked_in(request, session, bool(answer["marked"]))
    except Refusal as refusal:
        refused = str(refusal)
        status = 429 if isinstance(refusal, Guessing) else 200
    if inbox.is_queued(request):
        return inbox.refused(refused or _("Enter your code and your family name."))
    context = {
        "session": session,
        "course": session.course,
        "ticket": request.POST.get("ticket", ""),
        "known": known,
        "form": form,
        "refused": refused,
        "is_named": is_named,
    }
    response = render(request, "training/check_in.html", context, status=status)
    if status == 429:
        response["Retry-After"] = str(people.WRONG_FOR)
    return _private(response)


def _named(request: HttpRequest, session: Session, form: CheckInForm) -> Offer:
    """
    Return whom the form names.

    :raises CannotCheckIn: if it names nobody, or somebody has been guessing.
    """
    code = form.cleaned_data["code"]
    who = {
        "phone": _phone(request) or "none",
        "code": code,
        "address": address_of(request),
    }
    if people.is_guessing(session, **who):
        raise Guessing(
            _(
                "Too many codes that do not exist. Wait a quarter of an hour, or tell the trainer that you are here."
            )
        )
    found = people.named(session, code, form.cleaned_data["family_name"])
    if found is None:
        people.note_wrong(session, **who)
        raise actions.CannotCheckIn(
            _(
                "Nobody with this code and family name takes part. Look at both once more."
            )
        )
    return found


def _checked_in(request: HttpRequest, session: Session, new: bool) -> HttpResponse:
    text = (
        _("You are checked in. Thank you.")
        if new
        else _("You are already marked as present. You need not do anything.")
    )
    messages.success(request, text)
    done = redirect("training:checked_in", session.pk)
    return inbox.taken(text, url=done.url) if inbox.is_queued(request) else done


@require_safe
def checked_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Show whom this phone has checked in."""
    session = get_object_or_404(seen.sessions(), pk=pk)
    phone = _phone(request)
    mark = seen.mark_by(session, phone) if phone else None
    context = {"session": session, "course": session.course, "mark": mark}
    return _private(render(request, "training/checked_in.html", context))


def _private(response: HttpResponse) -> HttpResponse:
    """Keep the page, which holds a ticket or a name, out of caches."""
    response["Cache-Control"] = "no-store"
    return response
