"""Pages about organisations and their members."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mosty.audit.downloads import as_file, asked_for
from mosty.directory import actions, policies
from mosty.directory.forms import (
    UNIONS,
    EndMembershipForm,
    MembershipForm,
    NewOrganisationForm,
    OrganisationFilter,
    OrganisationForm,
)
from mosty.directory.members import DirectoryRequest
from mosty.directory.models import Organisation
from mosty.directory.queries import organisations as queries
from mosty.directory.views.doors import form_page, members_only
from mosty.kernel.access import require
from mosty.ui.asking import Asking, with_form
from mosty.ui.meanwhile import one_at_a_time
from mosty.ui.pages import done, sent


@require_safe
@members_only
def organisations(request: DirectoryRequest) -> HttpResponse:
    form = OrganisationFilter(request.GET, user=request.user)
    if asked_for(request):
        header = (
            _("Short name"),
            _("Full name of the organisation"),
            _("Kind of organisation"),
            _("Place"),
            _("Member of"),
        )
        rows = (
            (r.short_name, r.name, r.kind, r.territory, "; ".join(r.bodies))
            for r in queries.export(request.user, form)
        )
        return as_file(
            request,
            _("Organisations"),
            header,
            rows,
            what="organisations",
            of=Organisation,
        )
    context = {
        "form": form,
        "organisations": queries.organisations(request.user, request.GET, form),
        "can_edit": policies.can_edit(request.user),
    }
    return render(request, "directory/organisations.html", context)


@require_safe
@members_only
def organisation(request: DirectoryRequest, slug: str) -> HttpResponse:
    shown = get_object_or_404(
        policies.organisations_visible_to(request.user).select_related("territory"),
        slug=slug,
    )
    context = {
        "organisation": shown,
        "has_members": shown.kind in UNIONS,
        "page": queries.organisation_page(request.user, shown),
    }
    return render(request, "directory/organisation.html", context)


@form_page
@members_only
def add_organisation(request: DirectoryRequest) -> HttpResponse:
    require(policies.can_edit(request.user))
    form = NewOrganisationForm(sent(request))
    if done(
        form,
        lambda: actions.add_organisation(
            **form.asked(), actor=request.user, now=timezone.now()
        ),
    ):
        messages.success(request, _("The organisation was added."))
        return redirect("directory:organisation", slug=form.cleaned_data["slug"])
    return render(request, "directory/organisation_form.html", {"form": form})


@form_page
@members_only
@one_at_a_time
def change_organisation(request: DirectoryRequest, slug: str) -> HttpResponse:
    shown = get_object_or_404(
        policies.organisations_visible_to(request.user), slug=slug
    )
    require(policies.can_edit(request.user))
    form = OrganisationForm(sent(request), initial=OrganisationForm.initial_of(shown))
    if done(
        form,
        lambda: actions.change_organisation(
            organisation=shown, **form.asked(), actor=request.user, now=timezone.now()
        ),
    ):
        messages.success(request, _("Saved."))
        return redirect("directory:organisation", slug=slug)
    context = {"form": form, "organisation": shown}
    return render(request, "directory/organisation_form.html", context)


@form_page
@members_only
def add_member(request: DirectoryRequest, slug: str) -> HttpResponse:
    body = get_object_or_404(policies.organisations_visible_to(request.user), slug=slug)
    require(policies.can_edit_members(request.user, body))
    form = MembershipForm(sent(request))
    if done(
        form,
        lambda: actions.start_membership(
            body=body, **form.cleaned_data, actor=request.user, now=timezone.now()
        ),
    ):
        messages.success(request, _("The member was added."))
        return redirect("directory:organisation", slug=slug)
    context = {"form": form, "organisation": body}
    return render(request, "directory/member_form.html", context)


@form_page
@members_only
def end_member(request: DirectoryRequest, pk: int) -> HttpResponse:
    membership = get_object_or_404(policies.memberships_visible_to(request.user), pk=pk)
    require(policies.can_edit_members(request.user, membership.body))
    form = EndMembershipForm(sent(request))
    return with_form(
        request,
        form,
        lambda: actions.end_membership(
            membership=membership,
            **form.cleaned_data,
            actor=request.user,
            now=timezone.now(),
        ),
        Asking(
            heading=_("End a membership"),
            what=_("Member: %(member)s. Union or network: %(body)s.")
            % {"member": membership.member, "body": membership.body},
            button=_("Save"),
            cancel_url=reverse(
                "directory:organisation", kwargs={"slug": membership.body.slug}
            ),
            stops=True,
            above=(
                (_("Directory"), reverse("directory:index")),
                (_("Organisations"), reverse("directory:organisations")),
                (
                    membership.body,
                    reverse("directory:organisation", args=[membership.body.slug]),
                ),
            ),
        ),
        success=_("Saved."),
    )
