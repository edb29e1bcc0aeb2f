"""The guides that a point published."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from mosty.accounts.http import MemberRequest
from mosty.infopoint import policies
from mosty.infopoint.actions import guides as actions
from mosty.infopoint.forms.workshops import GuideEndForm, GuideForm
from mosty.infopoint.models import Guide, Point
from mosty.infopoint.queries import workshops as queries
from mosty.infopoint.views.doors import seen_point
from mosty.infopoint.views.records import seen_version
from mosty.kernel.access import require
from mosty.ui.pages import done, sent

FORM = ("GET", "HEAD", "POST")


def _told_of(request: MemberRequest, slug: str, pk: int) -> Guide:
    """Return a guide that she may change: 404 for strangers, 403 for readers."""
    rows = policies.guides_visible_to(request.user).select_related("point")
    found = get_object_or_404(rows, pk=pk, point__slug=slug)
    require(policies.can_tell(request.user, found.point))
    return found


@require_safe
@login_required
def index(request: MemberRequest, slug: str) -> HttpResponse:
    """List the point's guides."""
    point = seen_point(request.user, slug)
    context = {
        "point": point,
        "guides": queries.guides(point),
        "can_tell": policies.can_tell(request.user, point),
    }
    return render(request, "infopoint/guides.html", context)


@require_http_methods(FORM)
@login_required
def publish(request: MemberRequest, slug: str) -> HttpResponse:
    """Tell of a guide."""
    point = seen_point(request.user, slug)
    require(policies.can_tell(request.user, point))
    form = GuideForm(
        sent(request), initial={"published_on": point.today(timezone.now())}
    )
    if done(
        form,
        lambda: actions.publish(
            point=point,
            details=form.details(),
            reason=form.cleaned_data["reason"],
            actor=request.user,
            now=timezone.now(),
        ),
    ):
        messages.success(request, _("Saved."))
        return redirect("infopoint:guides", point.slug)
    return _page(request, form, point, None, _("Add a guide"), _("Save"))


@require_http_methods(FORM)
@login_required
def correct(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Change what is said of a guide."""
    guide = _told_of(request, slug, pk)
    form = GuideForm(sent(request), initial=GuideForm.of(guide))
    if done(
        form,
        lambda: actions.correct(
            guide=guide,
            details=form.details(),
            seen=seen_version(request.POST),
            reason=form.cleaned_data["reason"],
            actor=request.user,
            now=timezone.now(),
        ),
    ):
        messages.success(request, _("Saved."))
        return redirect("infopoint:guides", slug)
    return _page(request, form, guide.point, guide, _("Correct a guide"), _("Save"))


@require_http_methods(FORM)
@login_required
def end(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Say until when a guide is valid."""
    guide = _told_of(request, slug, pk)
    initial = {"until": guide.ended_on or guide.point.today(timezone.now())}
    form = GuideEndForm(sent(request), initial=initial)
    if done(
        form,
        lambda: actions.end(
            guide=guide,
            last_day=form.cleaned_data["until"],
            seen=seen_version(request.POST),
            reason=form.cleaned_data["reason"],
            actor=request.user,
            now=timezone.now(),
        ),
    ):
        messages.success(request, _("Saved."))
        return redirect("infopoint:guides", slug)
    label = pgettext("guide", "End")
    heading = _("End a guide")
    return _page(request, form, guide.point, guide, heading, label, stops=True)


def _page(
    request: MemberRequest,
    form: Form,
    point: Point,
    guide: Guide | None,
    heading: str,
    label: str,
    *,
    stops: bool = False,
) -> HttpResponse:
    context = {
        "point": point,
        "form": form,
        "heading": heading,
        "lede": str(guide.title) if guide else "",
        "seen": guide.version if guide else None,
        "label": label,
        "stops": stops,
        "back_url": reverse("infopoint:guides", args=[point.slug]),
    }
    return render(request, "infopoint/form.html", context)
