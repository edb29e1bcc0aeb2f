"""The code lists of a point's city, kept by its lead."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mosty.accounts.http import MemberRequest
from mosty.infopoint.actions import codes as actions
from mosty.infopoint.forms.codes import CodeForm, NewCodeForm
from mosty.infopoint.models import Kind
from mosty.infopoint.queries import codes as queries
from mosty.infopoint.views.doors import led_point
from mosty.ui.meanwhile import one_at_a_time
from mosty.ui.pages import done, sent


@require_safe
@login_required
def index(request: MemberRequest, slug: str) -> HttpResponse:
    """Show which lists there are, and whose."""
    point = led_point(request.user, slug)
    context = {"point": point, "lists": queries.lists(point)}
    return render(request, "infopoint/lists.html", context)


@require_safe
@login_required
def codes(request: MemberRequest, slug: str, kind: str) -> HttpResponse:
    """Show one list as it is offered."""
    point = led_point(request.user, slug)
    rows = queries.codes(point, _known(kind), point.today(timezone.now()))
    context = {
        "point": point,
        "kind": kind,
        "heading": Kind(kind).label,
        "rows": rows,
        "is_own": any(row.is_own for row in rows),
    }
    return render(request, "infopoint/codes.html", context)


def _known(kind: str) -> str:
    if kind not in Kind.values:
        raise Http404
    return kind


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def add(request: MemberRequest, slug: str, kind: str) -> HttpResponse:
    """Add a code to the city's own list."""
    point = led_point(request.user, slug)
    form = NewCodeForm(sent(request), kind=_known(kind))
    if done(
        form,
        lambda: actions.add(
            city=point.city,
            kind=Kind(kind),
            code=form.cleaned_data["code"],
            details=form.details(),
            actor=request.user,
            now=timezone.now(),
        ),
    ):
        messages.success(request, _("Saved."))
        return redirect("infopoint:codes", slug, kind)
    context = {
        "point": point,
        "form": form,
        "heading": _("Add a code"),
        "lede": Kind(kind).label,
        "back_url": reverse("infopoint:codes", args=[slug, kind]),
        "label": _("Save"),
    }
    return render(request, "infopoint/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@one_at_a_time
def change(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Change a code of the city's own list, or end it."""
    point = led_point(request.user, slug)
    code = get_object_or_404(queries.codes_kept_by(request.user, point), pk=pk)
    form = CodeForm(sent(request), kind=code.kind, initial=CodeForm.of(code))
    if done(
        form,
        lambda: actions.change(
            code=code,
            details=form.details(),
            actor=request.user,
            now=timezone.now(),
        ),
    ):
        messages.success(request, _("Saved."))
        return redirect("infopoint:codes", slug, code.kind)
    context = {
        "point": point,
        "form": form,
        "heading": _("Change or end a code"),
        "lede": f"{Kind(code.kind).label}: {code.code}",
        "back_url": reverse("infopoint:codes", args=[slug, code.kind]),
        "label": _("Save"),
    }
    return render(request, "infopoint/form.html", context)
