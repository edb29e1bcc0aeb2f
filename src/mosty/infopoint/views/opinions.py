"""What people think of a point: results, the poster, and whether opinions are asked for."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mosty.accounts.http import MemberRequest
from mosty.audit import downloads
from mosty.infopoint import policies, poster
from mosty.infopoint.actions import opinions as actions
from mosty.infopoint.forms.opinions import PosterForm
from mosty.infopoint.queries import opinions as queries
from mosty.infopoint.views.doors import led_point, seen_point
from mosty.ui.pages import done, sent


@require_safe
@login_required
def index(request: MemberRequest, slug: str) -> HttpResponse:
    """Show the months that are over."""
    point = seen_point(request.user, slug)
    context = {
        "point": point,
        "page": queries.page(point, timezone.now()),
        "can_lead": policies.can_lead(request.user, point),
    }
    return render(request, "infopoint/opinions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def settings(request: MemberRequest, slug: str) -> HttpResponse:
    """Ask for opinions, or stop."""
    point = led_point(request.user, slug)
    form = PosterForm(sent(request), initial=PosterForm.of(queries.poster_of(point)))
    if done(
        form,
        lambda: actions.set_poster(
            point=point, actor=request.user, now=timezone.now(), **form.cleaned_data
        ),
    ):
        messages.success(request, _("Saved."))
        return redirect("infopoint:opinions", point.slug)
    context = {
        "point": point,
        "form": form,
        "heading": _("Ask for opinions"),
        "lede": _(
            "A poster with a code leads to a page in five languages: a rating, and no "
            "more than two questions. No text, no name, no moment is kept."
        ),
        "back_url": reverse("infopoint:opinions", args=[point.slug]),
        "label": _("Save"),
    }
    return render(request, "infopoint/form.html", context)


@require_safe
@login_required
def poster_pdf(request: MemberRequest, slug: str) -> HttpResponse:
    """Return the poster to print."""
    found = queries.poster_of(seen_point(request.user, slug))
    if found is None or not found.is_open:
        raise Http404
    address = request.build_absolute_uri(
        reverse("opinion_scanned", args=[found.point.slug, found.code])
    )
    return downloads.to_its_reader(
        poster.pdf(found.point, address), f"{found.point.slug}-poster.pdf"
    )
