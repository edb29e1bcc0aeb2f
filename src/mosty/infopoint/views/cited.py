"""The lead's pages of figures that were published elsewhere."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import floatformat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mosty.accounts.http import MemberRequest
from mosty.figures.actions.cited import mark
from mosty.figures.models import CitedFigure
from mosty.infopoint.actions import cited as actions
from mosty.infopoint.forms.cited import CitedForm, CorrectCitedForm
from mosty.infopoint.forms.records import ReasonForm
from mosty.infopoint.models import Point
from mosty.infopoint.queries import cited as queries
from mosty.infopoint.views.doors import led_point
from mosty.ui.asking import Asking, with_reason
from mosty.ui.pages import done, sent

FORM = ("GET", "HEAD", "POST")


@require_safe
@login_required
def index(request: MemberRequest, slug: str) -> HttpResponse:
    """List what others have published about the point."""
    point = led_point(request.user, slug)
    context = {"point": point, "rows": queries.rows(point)}
    return render(request, "infopoint/cited.html", context)


@require_http_methods(FORM)
@login_required
def cite(request: MemberRequest, slug: str) -> HttpResponse:
    """Add a figure."""
    point = led_point(request.user, slug)
    form = CitedForm(sent(request))
    if done(
        form,
        lambda: actions.cite(
            point=point, said=form.said(), actor=request.user, now=timezone.now()
        ),
    ):
        messages.success(request, _("Saved."))
        return redirect("infopoint:cited", slug)
    return _page(request, point, form, _("Add a published figure"))


@require_http_methods(FORM)
@login_required
def correct(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Change what is said of a figure, with a reason."""
    point = led_point(request.user, slug)
    figure = _figure(point, pk)
    form = CorrectCitedForm(sent(request), initial=CitedForm.of(figure), figure=figure)
    seen = request.POST.get("seen", "")[:16] or mark(figure)
    if done(
        form,
        lambda: actions.correct(
            point=point,
            figure=pk,
            said=form.said(),
            seen=seen,
            reason=form.cleaned_data["reason"],
            actor=request.user,
            now=timezone.now(),
        ),
    ):
        messages.success(request, _("Corrected. The ledger keeps what it said before."))
        return redirect("infopoint:cited", slug)
    return _page(request, point, form, _("Correct a published figure"), seen)


@require_http_methods(FORM)
@login_required
def take_out(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Take a figure out of the pages, with a reason."""
    point = led_point(request.user, slug)
    figure = _figure(point, pk)
    return with_reason(
        request,
        ReasonForm(sent(request)),
        partial(
            actions.take_out,
            point=point,
            figure=pk,
            actor=request.user,
            now=timezone.now(),
        ),
        Asking(
            heading=_("Take a published figure out"),
            what=f"{figure.label}: {floatformat(figure.value, '-2g')}",
            button=_("Take out"),
            cancel_url=reverse("infopoint:cited", args=[slug]),
            stops=True,
            above=(
                (_("Information point"), reverse("infopoint:index")),
                (_("Years in numbers"), reverse("infopoint:releases", args=[slug])),
                (_("Published elsewhere"), reverse("infopoint:cited", args=[slug])),
            ),
        ),
        success=_("Taken out."),
    )


def _figure(point: Point, pk: int) -> CitedFigure:
    """Return one of the point's figures, or 404."""
    found = queries.figure(point, pk)
    if found is None:
        raise Http404
    return found


def _page(
    request: MemberRequest,
    point: Point,
    form: CitedForm,
    heading: str,
    seen: str = "",
) -> HttpResponse:
    context = {
        "point": point,
        "form": form,
        "heading": heading,
        "lede": _(
            "It stands beside the numbers of the point, with its source, and is never mixed "
            "with what is counted here."
        ),
        "seen": seen,
        "label": _("Save"),
        "back_url": reverse("infopoint:cited", args=[point.slug]),
    }
    return render(request, "infopoint/form.html", context)
