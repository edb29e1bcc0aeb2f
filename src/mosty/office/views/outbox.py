"""The outbox: reading messages and letting them leave."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from mosty.accounts.http import MemberRequest
from mosty.audit.downloads import as_file, asked_for
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.office import actions, policies
from mosty.office.forms import BatchForm, MessageFilter, WithdrawForm
from mosty.office.queries import outbox as queries
from mosty.outbox.models import Message
from mosty.ui.asking import Asking, with_form
from mosty.ui.pages import sent

View = Callable[..., HttpResponse]


def members_only(view: View) -> View:
    """Answer whoever has no outbox as if the page did not exist."""

    @login_required
    @wraps(view)
    def wrapped(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not policies.can_open_outbox(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return wrapped


@require_safe
@members_only
def outbox(request: MemberRequest) -> HttpResponse:
    user = request.user
    names = queries.call_names(user)
    if not names:
        context: dict[str, Any] = {
            "counted": queries.counted(user),
            "states": queries.COUNTED.values(),
        }
        return render(request, "office/outbox_counts.html", context)
    form = MessageFilter(
        request.GET, kinds_there=queries.kinds_there(user), calls=sorted(names.items())
    )
    if asked_for(request):
        header = (
            pgettext("message", "Written"),
            pgettext("message", "To"),
            _("Subject"),
            pgettext("message", "Kind"),
            _("Language"),
            _("State"),
        )
        rows = (
            (r.created_at, r.to, r.subject, r.kind, r.language, r.state)
            for r in queries.export(user, form)
        )
        return as_file(request, _("Outbox"), header, rows, what="messages", of=Message)
    coordinated = queries.coordinated(user)
    context = {
        "form": form,
        "outbox": queries.messages(user, request.GET, form, coordinated),
        "states": queries.states(user),
        "waiting": queries.waiting(user, names, coordinated),
    }
    return render(request, "office/outbox.html", context)


@require_safe
@members_only
def message(request: MemberRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(policies.messages_visible_to(request.user), pk=pk)
    context = {"shown": queries.message_page(request.user, shown)}
    return render(request, "office/message.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def release(request: MemberRequest) -> HttpResponse:
    form = BatchForm(sent(request) or request.GET)
    if not form.is_valid():
        raise Http404
    batch = form.batch()
    if request.method == "POST":
        try:
            left = actions.release(
                batch=batch,
                count=form.cleaned_data["count"] or 0,
                actor=request.user,
                now=timezone.now(),
            )
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            text = ngettext(
                "%(count)s message is leaving.", "%(count)s messages are leaving.", left
            )
            messages.success(request, text % {"count": left})
        return redirect("office:outbox")
    context = {"batch": batch, "preview": queries.preview(request.user, batch)}
    return render(request, "office/release.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(policies.messages_visible_to(request.user), pk=pk)
    require(policies.can_send(request.user, shown))
    form = WithdrawForm(sent(request))
    return with_form(
        request,
        form,
        lambda: actions.withdraw(
            message=shown, **form.cleaned_data, actor=request.user, now=timezone.now()
        ),
        Asking(
            heading=_("Withdraw a message"),
            what=_("To: %(name)s. Subject: %(subject)s")
            % {"name": shown.to_name, "subject": shown.subject},
            button=_("Withdraw"),
            cancel_url=reverse("office:message", kwargs={"pk": pk}),
            stops=True,
            above=(
                (_("Outbox"), reverse("office:outbox")),
                (_("Message"), reverse("office:message", kwargs={"pk": pk})),
            ),
        ),
        success=_("The message was withdrawn and will not leave."),
    )


@require_POST
@members_only
def retry(request: MemberRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(policies.messages_visible_to(request.user), pk=pk)
    try:
        actions.retry(message=shown, actor=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The message is leaving again."))
    return redirect("office:message", pk=pk)
