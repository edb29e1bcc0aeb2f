"""The page on which a person's data is erased: what goes, what stays and why, a reason."""

from dataclasses import asdict

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mosty.accounts.http import MemberRequest
from mosty.kernel.access import require
from mosty.nominations import policies as nominations
from mosty.office import policies
from mosty.office.actions import erasing as actions
from mosty.office.forms import EraseForm
from mosty.office.queries import erasing as queries
from mosty.ui.asking import Asking
from mosty.ui.pages import done, sent


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def erase(request: MemberRequest, code: str) -> HttpResponse:
    """
    Ask whether a nominee's data is to be erased, and why; erase it.

    :raises PermissionDenied: for who sees the nomination, but does not coordinate.
    """
    nomination = get_object_or_404(nominations.visible_to(request.user), code=code)
    require(policies.can_erase(request.user, nomination))
    nomination = get_object_or_404(queries.nominations_for(request.user), code=code)
    back = reverse("nominations:nomination", args=[code])
    form = EraseForm(sent(request))
    if done(
        form,
        lambda: actions.erase(
            nomination=nomination,
            reason=form.cleaned_data["reason"],
            actor=request.user,
            now=timezone.now(),
        ),
    ):
        messages.success(request, _("The person's data is erased."))
        return redirect(back)
    asking = Asking(
        heading=_("Erase a person's data"),
        what="",
        button=_("Erase for good"),
        cancel_url=back,
        stops=True,
        above=(
            (_("Calls"), reverse("nominations:calls")),
            (
                nomination.call.course.title,
                reverse("nominations:desk", args=[nomination.call.slug]),
            ),
            (
                _("Nominations"),
                reverse("nominations:nominations", args=[nomination.call.slug]),
            ),
            (nomination, back),
        ),
    )
    page = queries.erasing(nomination, request.user, timezone.now())
    return render(
        request, "office/erase.html", {"form": form, "page": page, **asdict(asking)}
    )
