"""Adopting a practice, telling what came of it, and the yearly answer by link."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mosty.accounts.http import MemberRequest
from mosty.kernel.access import require
from mosty.library import policies
from mosty.library.actions import adoptions as actions
from mosty.library.actions import confirmations
from mosty.library.forms.practices import AdoptForm, AnswerForm, ReportForm
from mosty.library.queries.adoptions import told_of
from mosty.library.queries.practices import published_versions
from mosty.library.views.doors import open_practice
from mosty.outbox.http import behind_link
from mosty.outbox.models import Link
from mosty.ui.pages import done, sent

FORM = ("GET", "HEAD", "POST")


@require_http_methods(FORM)
@login_required
def adopt(request: MemberRequest, slug: str) -> HttpResponse:
    """Say that one of her cities has taken a practice up."""
    practice = open_practice(slug)
    cities = policies.cities_of(request.user).exclude(pk=practice.city_id)
    require(cities.exists())
    form = AdoptForm(
        sent(request),
        cities=cities,
        owner=str(practice.city),
        others=list(practice.adoptions.select_related("city")),
    )

    def act() -> None:
        actions.adopt(
            practice=practice,
            city=form.cleaned_data["city"],
            source=form.learned_from(),
            since=form.cleaned_data["since"],
            told=form.told(),
            actor=request.user,
            now=timezone.now(),
        )

    back = reverse("library:practice", args=[slug])
    if done(form, act):
        messages.success(request, _("Thank you. It stands on the practice's page."))
        return redirect(f"{back}#adoptions")
    context = {
        "form": form,
        "heading": _("We have taken this up"),
        "lede": published_versions(practice)[0].title,
        "button": _("Tell everybody"),
        "back_url": back,
    }
    return render(request, "library/adoption_form.html", context)


@require_http_methods(FORM)
@login_required
def tell(request: MemberRequest, pk: int) -> HttpResponse:
    """Add what came of an adoption since."""
    rows = told_of(policies.adoptions_kept_by(request.user))
    adoption = get_object_or_404(rows, pk=pk)
    count = len(adoption.reports.all())
    form = ReportForm(sent(request), initial={"seen": count})

    def act() -> None:
        actions.tell(
            adoption=adoption,
            told=form.told(),
            seen=form.cleaned_data["seen"] or 0,
            actor=request.user,
            now=timezone.now(),
        )

    back = reverse("library:practice", args=[adoption.practice.slug])
    if done(form, act):
        messages.success(request, _("Added. What you told before stays."))
        return redirect(f"{back}#adoptions")
    context = {
        "form": form,
        "heading": _("What has come of it"),
        "lede": published_versions(adoption.practice)[0].title,
        "button": _("Add"),
        "back_url": back,
    }
    return render(request, "library/adoption_form.html", context)


@require_http_methods(FORM)
@behind_link(Link.Purpose.PRACTICE)
def confirm(request: HttpRequest, link: Link) -> HttpResponse:
    """Ask a city whether its practice still holds; GET shows, POST answers."""
    confirmation = get_object_or_404(
        policies.confirmations_behind(link).select_related("practice__city")
    )
    form = AnswerForm(sent(request))

    def act() -> None:
        confirmations.answer(
            confirmation=confirmation,
            answer=form.cleaned_data["answer"],
            comment=form.cleaned_data["comment"],
            actor=link,
            now=timezone.now(),
        )

    if done(form, act):
        return redirect(request.path)
    context = {
        "form": form,
        "confirmation": confirmation,
        "practice": confirmation.practice,
        "version": published_versions(confirmation.practice)[0],
    }
    status = 422 if form.errors else 200
    return render(request, "library/confirm.html", context, status=status)
