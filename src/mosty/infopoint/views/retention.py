"""How long a point keeps single fields."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mosty.accounts.http import MemberRequest
from mosty.infopoint.actions import retention as actions
from mosty.infopoint.forms.retention import RetentionForm
from mosty.infopoint.queries import retention as queries
from mosty.infopoint.views.doors import led_point
from mosty.ui.meanwhile import one_at_a_time
from mosty.ui.pages import done, sent


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@one_at_a_time
def rules(request: MemberRequest, slug: str) -> HttpResponse:
    """Show the rules with the years they can touch, and change them."""
    point = led_point(request.user, slug)
    page = queries.page(point)
    form = RetentionForm(sent(request), initial=RetentionForm.of(page.months))
    if done(
        form,
        lambda: actions.set_rules(
            point=point,
            months=form.cleaned_data,
            actor=request.user,
            now=timezone.now(),
        ),
    ):
        messages.success(request, _("Saved. It is kept to every night."))
        return redirect("infopoint:retention", slug)
    context = {"point": point, "form": form, "page": page}
    return render(request, "infopoint/retention.html", context)
