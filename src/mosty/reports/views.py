"""A programme in numbers: as a page, as a document, and what each number counts."""

from datetime import date
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import floatformat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from mosty.accounts.http import MemberRequest
from mosty.accounts.models import User
from mosty.audit import downloads
from mosty.figures.queries import cited
from mosty.kernel.access import require
from mosty.programmes import policies as programmes
from mosty.programmes.forms.translated import site_languages
from mosty.programmes.models import Programme
from mosty.reports import actions, document, policies
from mosty.reports.forms import CitedForm, DayForm, PeopleFilter, ReasonForm
from mosty.reports.queries import behind, taking_part
from mosty.reports.queries import numbers as queries
from mosty.ui.asking import Asking, with_reason
from mosty.ui.pages import done, sent


def _programme(user: User, slug: str) -> Programme:
    """
    Return the programme whose numbers are asked for; what may not be known is a 404.

    :raises PermissionDenied: if it is public, but not of ``user``'s partners.
    """
    programme = get_object_or_404(programmes.visible_to(user), slug=slug)
    require(policies.can_read(user, programme))
    return programme


def _day(request: HttpRequest) -> date:
    """Return the day asked for, or today; a day that does not exist is today."""
    form = DayForm(request.GET)
    asked = form.cleaned_data.get("on") if form.is_valid() else None
    today = timezone.localdate()
    return min(asked, today) if asked else today


@require_safe
@login_required
def numbers(request: MemberRequest, programme: str) -> HttpResponse:
    """Show what the programme came to."""
    found = _programme(request.user, programme)
    on = _day(request)
    context = {
        "page": queries.numbers(found, on, timezone.now()),
        "form": DayForm({"on": on.isoformat()}),
        "can_cite": policies.can_cite(request.user, found),
    }
    return render(request, "reports/numbers.html", context)


@require_GET
@login_required
def as_pdf(request: MemberRequest, programme: str) -> HttpResponse:
    """Hand the page out as a document; the ledger says so."""
    found = _programme(request.user, programme)
    page = queries.numbers(found, _day(request), timezone.now())
    return downloads.handed_out(
        request,
        document.pdf(page),
        f"{found.slug}-{_('numbers')}-{page.on}.pdf",
        what="numbers",
        of=found,
        rows=len(page.figures),
        scope=found.slug,
    )


@require_safe
@login_required
def people(request: MemberRequest, programme: str) -> HttpResponse:
    """Show who took part."""
    found = _programme(request.user, programme)
    on = _day(request)
    until = taking_part.end_of(found, on, timezone.now())
    there = taking_part.parts(found, until)
    known = behind.choices(found, there)
    form = PeopleFilter(request.GET, courses=known.courses, cities=known.cities)
    context = {
        "programme": found,
        "on": on,
        "form": form,
        "page": behind.people(there, known, request.GET, form),
    }
    return render(request, "reports/people.html", context)


@require_safe
@login_required
def sessions(request: MemberRequest, programme: str) -> HttpResponse:
    """Show the sessions that were held."""
    found = _programme(request.user, programme)
    on = _day(request)
    context = {
        "programme": found,
        "on": on,
        "rows": behind.sessions(found, on, timezone.now()),
    }
    return render(request, "reports/sessions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def cite(request: MemberRequest, programme: str) -> HttpResponse:
    """Add a figure that somebody has published."""
    found = _programme(request.user, programme)
    require(policies.can_cite(request.user, found))
    form = CitedForm(sent(request), locales=site_languages(found.languages))
    if done(
        form,
        lambda: actions.cite(
            programme=found,
            **form.cleaned_data,
            actor=request.user,
            now=timezone.now(),
        ),
    ):
        messages.success(request, _("Saved."))
        return redirect("reports:numbers", programme)
    context = {"programme": found, "form": form}
    return render(request, "reports/cite.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def take_out(request: MemberRequest, programme: str, pk: int) -> HttpResponse:
    """Take a published figure out of the page."""
    found = _programme(request.user, programme)
    require(policies.can_cite(request.user, found))
    published = cited(queries.subject_of(found))
    figure = next((one for one in published if one.pk == pk), None)
    if figure is None and request.method != "POST":
        raise Http404
    return with_reason(
        request,
        ReasonForm(sent(request)),
        partial(
            actions.take_out,
            programme=found,
            figure=pk,
            actor=request.user,
            now=timezone.now(),
        ),
        Asking(
            heading=_("Take a published figure out"),
            what=f"{figure.label}: {floatformat(figure.value, '-2g')}"
            if figure
            else "",
            button=_("Take out"),
            cancel_url=reverse("reports:numbers", args=[programme]),
            stops=True,
            above=(
                (_("Programmes"), reverse("programmes:index")),
                (found.short_name, reverse("programmes:plan", args=[programme])),
                (_("In numbers"), reverse("reports:numbers", args=[programme])),
            ),
        ),
        success=_("Taken out."),
    )
