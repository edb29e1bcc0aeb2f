"""The first page of the app, and what a point is: its details, who runs it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mosty.accounts.http import MemberRequest
from mosty.infopoint import policies
from mosty.infopoint.actions import points as actions
from mosty.infopoint.forms.points import OpenForm, PointForm, StartForm
from mosty.infopoint.forms.records import EndForm
from mosty.infopoint.models import Point
from mosty.infopoint.queries import points as queries
from mosty.infopoint.views.doors import led_point
from mosty.kernel.access import require
from mosty.ui.meanwhile import one_at_a_time
from mosty.ui.pages import done, sent


@require_safe
@login_required
def index(request: MemberRequest) -> HttpResponse:
    """Show the points that are hers, and what can be done there."""
    require(policies.has_any(request.user))
    rows = queries.points(request.user, timezone.now())
    can_open = policies.cities_led_by(request.user).exists()
    context = {"points": rows, "can_open": can_open}
    return render(request, "infopoint/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def open_point(request: MemberRequest) -> HttpResponse:
    """Open a point in one of her cities."""
    require(policies.cities_led_by(request.user).exists())
    form = OpenForm(sent(request), user=request.user)
    if done(
        form,
        lambda: actions.open_point(
            city=form.cleaned_data["city"],
            slug=form.cleaned_data["slug"],
            details=form.details(),
            operator=form.cleaned_data["operator"],
            actor=request.user,
            now=timezone.now(),
        ),
    ):
        messages.success(request, _("The point is open."))
        return redirect("infopoint:index")
    context = {
        "form": form,
        "heading": _("Open an information point"),
        "back_url": reverse("infopoint:index"),
        "label": _("Open the point"),
    }
    return render(request, "infopoint/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@one_at_a_time
def settings(request: MemberRequest, slug: str) -> HttpResponse:
    """Change what a point is."""
    point = led_point(request.user, slug)
    form = PointForm(sent(request), initial=PointForm.of(point))
    if done(
        form,
        lambda: actions.change_point(
            point=point,
            details=form.details(),
            actor=request.user,
            now=timezone.now(),
        ),
    ):
        messages.success(request, _("Saved."))
        return redirect("infopoint:operators", point.slug)
    return _form(request, point, form, _("What the point is"))


@require_safe
@login_required
def operators(request: MemberRequest, slug: str) -> HttpResponse:
    """Show what a point is, and who ran it when."""
    point = led_point(request.user, slug)
    context = {"point": point, "page": queries.operators(point, timezone.now())}
    return render(request, "infopoint/operators.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def end(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Say until when an organisation runs a point."""
    point = led_point(request.user, slug)
    operation = get_object_or_404(queries.operations_of(point), pk=pk)
    form = EndForm(sent(request), initial={"until": operation.until})
    if done(
        form,
        lambda: actions.end_operation(
            operation=operation,
            last_day=form.cleaned_data["until"],
            reason=form.cleaned_data["reason"],
            actor=request.user,
            now=timezone.now(),
        ),
    ):
        messages.success(request, _("Saved. The records stay with the point."))
        return redirect("infopoint:operators", point.slug)
    return _form(
        request, point, form, _("End an operation"), lede=str(operation.operator)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def start(request: MemberRequest, slug: str) -> HttpResponse:
    """Say who runs a point next."""
    point = led_point(request.user, slug)
    form = StartForm(sent(request))
    if done(
        form,
        lambda: actions.start_operation(
            point=point,
            operator=form.cleaned_data["operator"],
            since=form.cleaned_data["since"],
            actor=request.user,
            now=timezone.now(),
        ),
    ):
        messages.success(request, _("Saved."))
        return redirect("infopoint:operators", point.slug)
    return _form(request, point, form, _("Hand the point over"))


def _form(
    request: HttpRequest, point: Point, form: Form, heading: str, lede: str = ""
) -> HttpResponse:
    """Show a form that leads back to the page of what the point is."""
    context = {
        "point": point,
        "form": form,
        "heading": heading,
        "lede": lede,
        "back_url": reverse("infopoint:operators", args=[point.slug]),
        "label": _("Save"),
    }
    return render(request, "infopoint/form.html", context)
