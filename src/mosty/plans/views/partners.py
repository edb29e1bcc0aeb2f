"""The button on the table of a map by which an actor becomes partner of an action."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mosty.accounts.http import MemberRequest
from mosty.accounts.models import User
from mosty.kernel.refusal import Refusal
from mosty.outbox.http import behind_link
from mosty.outbox.models import Link
from mosty.plans.actions import partners as actions
from mosty.plans.queries import onward as queries


@require_POST
@login_required
def partner(request: MemberRequest, pk: int) -> HttpResponse:
    """Let the city's contact press it."""
    return _join(request, request.user, pk, reverse("partnerships:map", args=[pk]))


@require_POST
@behind_link(Link.Purpose.TAKE_PART)
def link_partner(request: HttpRequest, link: Link, pk: int) -> HttpResponse:
    """Let a participant press it, on the map of her course."""
    back = reverse("partnerships:link_map", args=[link.token, pk])
    return _join(request, link, pk, back)


def _join(
    request: HttpRequest, writer: User | Link, pk: int, back: str
) -> HttpResponse:
    found = get_object_or_404(queries.maps_of(writer), pk=pk)
    stakeholder = get_object_or_404(queries.actors_of(found), key=_key(request))
    asked = request.POST.get("action", "")
    if not asked:
        messages.error(request, _("Choose an action first, then press the button."))
        return redirect(f"{back}#actors")
    if not asked.isdecimal() or len(asked) > 18:
        raise Http404
    action = get_object_or_404(queries.actions_of(found, writer), pk=int(asked))
    try:
        is_new = actions.join(
            action=action, stakeholder=stakeholder, actor=writer, now=timezone.now()
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        words = {"name": stakeholder.name, "action": action.what}
        text = (
            _("In the plan: %(name)s. Partner of the action: %(action)s")
            if is_new
            else _("In the plan already: %(name)s. Partner of the action: %(action)s")
        )
        messages.success(request, text % words)
    return redirect(f"{back}?action={action.pk}#actors")


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("actor", ""))
    except ValueError as wrong:
        raise Http404 from wrong
