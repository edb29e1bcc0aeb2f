"""Keeping tools: added, described, written section by section, approved, retired."""

from functools import partial

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from mosty.accounts.http import MemberRequest
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.library import policies
from mosty.library.actions import editions, tools
from mosty.library.forms.practices import ReasonForm, ReturnForm
from mosty.library.forms.tools import (
    MORE_SECTIONS,
    EditionForm,
    NewToolForm,
    ToolForm,
    VersionForm,
    sections_typed,
)
from mosty.library.models import EditionVersion
from mosty.library.queries import keeping as queries
from mosty.library.views.above import above_tool
from mosty.library.views.doors import kept_edition, kept_tool, kept_version
from mosty.library.views.tools import file_of
from mosty.programmes import policies as programmes
from mosty.ui.asking import Asking, plainly, with_reason
from mosty.ui.pages import done, sent

FORM = ("GET", "HEAD", "POST")


@require_http_methods(FORM)
@login_required
def new(request: MemberRequest) -> HttpResponse:
    """Add a tool with the edition in its own language."""
    require(policies.can_keep_tools(request.user))
    courses = programmes.courses_visible_to(request.user)
    form = NewToolForm(sent(request), courses=courses)
    slugs: list[str] = []

    def act() -> None:
        added = tools.add(
            details=form.details(),
            edition=form.said(),
            actor=request.user,
            now=timezone.now(),
        )
        slugs.append(added.slug)

    if done(form, act):
        messages.success(request, _("Added. Now write its first version."))
        return redirect("library:kept_tool", slugs[0])
    back = reverse("library:desk")
    return _form(request, form, _("Add a tool"), _("Add"), back)


@require_safe
@login_required
def tool(request: MemberRequest, slug: str) -> HttpResponse:
    """Show a tool with all its editions, drafts too."""
    found = kept_tool(request.user, slug)
    context = {"page": queries.tool_desk(found, request.user)}
    return render(request, "library/kept_tool.html", context)


@require_http_methods(FORM)
@login_required
def change(request: MemberRequest, slug: str) -> HttpResponse:
    """Change what is said of a tool."""
    found = kept_tool(request.user, slug)
    courses = programmes.courses_visible_to(request.user)
    form = ToolForm(sent(request), courses=courses, initial=ToolForm.of(found))

    def act() -> None:
        tools.change(
            tool=found,
            details=form.details(),
            revision=form.cleaned_data["revision"] or 0,
            actor=request.user,
            now=timezone.now(),
        )

    if done(form, act):
        messages.success(request, _("Saved."))
        return redirect("library:kept_tool", slug)
    back = reverse("library:kept_tool", args=[slug])
    return _form(request, form, _("Change the tool"), _("Save"), back)


@require_http_methods(FORM)
@login_required
def add_edition(request: MemberRequest, slug: str) -> HttpResponse:
    """Add a translation into one more language."""
    found = kept_tool(request.user, slug)
    form = EditionForm(sent(request))

    def act() -> None:
        tools.add_edition(
            tool=found, edition=form.said(), actor=request.user, now=timezone.now()
        )

    if done(form, act):
        messages.success(request, _("Added. Now begin the translation."))
        return redirect("library:kept_tool", slug)
    back = reverse("library:kept_tool", args=[slug])
    return _form(request, form, _("Add a translation"), _("Add"), back)


def _form(
    request: MemberRequest, form: forms.Form, heading: str, button: str, back: str
) -> HttpResponse:
    context = {"form": form, "heading": heading, "button": button, "back_url": back}
    return render(request, "library/tool_form.html", context)


@require_http_methods(FORM)
@login_required
def retire(request: MemberRequest, slug: str) -> HttpResponse:
    """Say that a tool should not be used any more."""
    found = kept_tool(request.user, slug)
    require(policies.edits_library(request.user))
    what = _(
        "Its page keeps its address and says that it should not be used any more, "
        "and why. This cannot be undone."
    )
    back = reverse("library:kept_tool", args=[slug])
    return with_reason(
        request,
        ReasonForm(sent(request)),
        partial(tools.retire, tool=found, actor=request.user, now=timezone.now()),
        Asking(
            _("Retire the tool"),
            what,
            _("Retire"),
            back,
            stops=True,
            above=above_tool(found),
        ),
        success=_("Retired. Its page stays, with the reason."),
    )


@require_POST
@login_required
def begin(request: MemberRequest, pk: int) -> HttpResponse:
    """Begin a version, or go on with the one that is open."""
    edition = kept_edition(request.user, pk)
    try:
        version = editions.begin(
            edition=edition, actor=request.user, now=timezone.now()
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("library:kept_tool", edition.tool.slug)
    return redirect("library:version", version.pk)


@require_http_methods(FORM)
@login_required
def version(request: MemberRequest, pk: int) -> HttpResponse:
    """Write a draft section by section; show what waits or is published."""
    found = kept_version(request.user, pk)
    page = queries.version_desk(found, request.user)
    pairs = page.pairs
    form = VersionForm(
        sent(request),
        request.FILES if request.method == "POST" else None,
        initial=VersionForm.of(found),
    )
    typed = sections_typed(request.POST) if request.method == "POST" else []

    def act() -> None:
        editions.save(
            version=found,
            about=form.about(),
            sections=typed,
            sent=form.sent(),
            revision=form.cleaned_data["revision"] or 0,
            actor=request.user,
            now=timezone.now(),
        )

    if done(form, act):
        messages.success(request, _("Saved."))
        return redirect("library:version", pk)
    if typed:
        pairs = queries.as_typed(pairs, typed)
    context = {
        "page": page,
        "form": form,
        "pairs": pairs,
        "more": range(len(pairs) + 1, len(pairs) + 1 + MORE_SECTIONS)
        if found.translates is None
        else (),
    }
    status = 422 if form.errors else 200
    return render(request, "library/version.html", context, status=status)


@require_safe
@login_required
def version_file(request: MemberRequest, pk: int) -> HttpResponseBase:
    """Hand out the file of a draft to those who keep tools."""
    return file_of(kept_version(request.user, pk))


@require_POST
@login_required
def propose(request: MemberRequest, pk: int) -> HttpResponse:
    """Hand a draft to a coordinator for approval."""
    found = kept_version(request.user, pk)
    try:
        editions.propose(version=found, actor=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("library:version", pk)
    messages.success(
        request, _("Handed over. A coordinator who did not write it approves.")
    )
    return redirect("library:kept_tool", found.edition.tool.slug)


@require_http_methods(FORM)
@login_required
def approve(request: MemberRequest, pk: int) -> HttpResponse:
    """Approve and publish a version that somebody else wrote."""
    found = kept_version(request.user, pk)
    require(policies.can_approve(request.user, found))

    def act() -> None:
        editions.approve(version=found, actor=request.user, now=timezone.now())

    what = _("Everybody can read it then. This version never changes.")
    back = reverse("library:version", args=[pk])
    return plainly(
        request,
        act,
        Asking(
            _("Approve and publish"),
            what,
            _("Publish"),
            back,
            above=above_tool(found.edition.tool),
        ),
        success=_("Published."),
        then=reverse("library:kept_tool", args=[found.edition.tool.slug]),
    )


@require_http_methods(FORM)
@login_required
def give_back(request: MemberRequest, pk: int) -> HttpResponse:
    """Make a draft again of what waits for approval."""
    found: EditionVersion = kept_version(request.user, pk)
    form = ReturnForm(sent(request))
    form.fields["reason"].help_text = ""
    back = reverse("library:version", args=[pk])
    return with_reason(
        request,
        form,
        partial(
            editions.give_back, version=found, actor=request.user, now=timezone.now()
        ),
        Asking(
            _("Return to who wrote it"),
            found.title,
            _("Return"),
            back,
            above=above_tool(found.edition.tool),
        ),
        success=_("Returned. It is a draft again."),
    )
