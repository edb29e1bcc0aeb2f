"""A translation goes out as XLIFF, and comes back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from mosty.accounts.http import MemberRequest
from mosty.audit import downloads
from mosty.kernel.refusal import Refusal
from mosty.library import xliff
from mosty.library.actions import translations as actions
from mosty.library.actions.translations import Taken
from mosty.library.forms.tools import TakeBackForm
from mosty.library.models import EditionVersion
from mosty.library.views.doors import kept_version
from mosty.ui.pages import done, sent

FORM = ("GET", "HEAD", "POST")


def _draft(request: MemberRequest, pk: int) -> EditionVersion:
    """
    Return a draft translation.

    :raises Http404: if it is none.
    """
    found = kept_version(request.user, pk)
    if found.translates is None or found.state != EditionVersion.State.DRAFT:
        raise Http404
    return found


@require_safe
@login_required
def give_out(request: MemberRequest, pk: int) -> HttpResponse:
    """Hand out the draft for a translator's own tool."""
    found = _draft(request, pk)
    try:
        content = xliff.write(actions.document(found))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("library:version", pk)
    edition = found.edition
    name = f"{edition.tool.slug}-{edition.language}-{found.number}.xlf"
    return downloads.to_its_reader(content, name)


@require_http_methods(FORM)
@login_required
def take_back(request: MemberRequest, pk: int) -> HttpResponse:
    """Put what a translator sent back into the draft."""
    found = _draft(request, pk)
    files = request.FILES if request.method == "POST" else None
    form = TakeBackForm(sent(request), files)
    taken: list[Taken] = []

    def act() -> None:
        taken.append(
            actions.take_back(
                version=found,
                content=form.cleaned_data["file"].read(),
                actor=request.user,
                now=timezone.now(),
            )
        )

    back = reverse("library:version", args=[pk])
    if done(form, act):
        messages.success(request, _told(taken[0]))
        return redirect(back)
    context = {"form": form, "version": found, "back_url": back}
    status = 422 if form.errors else 200
    return render(request, "library/take_back.html", context, status=status)


def _told(taken: Taken) -> str:
    """Return what a file has changed, in words."""
    if not taken.changed:
        return _("The file is what we have already: nothing has changed.")
    told = ngettext(
        "%(count)s section is new or changed.",
        "%(count)s sections are new or changed.",
        taken.changed,
    ) % {"count": taken.changed}
    if taken.missing:
        told += " " + ngettext(
            "%(count)s has no words yet.", "%(count)s have no words yet.", taken.missing
        ) % {"count": taken.missing}
    return told
