"""Reviewing: whom to ask, a review, and the decision."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mosty.accounts.http import MemberRequest
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.library import policies
from mosty.library.actions import reviews as actions
from mosty.library.forms.practices import AskForm, PublishForm, ReturnForm, ReviewForm
from mosty.library.models import Practice
from mosty.library.queries import desk as queries
from mosty.library.views.above import above_practice
from mosty.library.views.doors import newest, seen_practice
from mosty.ui.asking import Asking, with_form, with_reason
from mosty.ui.pages import done, sent

FORM = ("GET", "HEAD", "POST")


def _decided(request: MemberRequest, slug: str) -> Practice:
    """Return a practice about which she decides; 404, or 403 for who only reads it."""
    practice = seen_practice(request.user, slug)
    require(policies.can_decide(request.user, practice, timezone.localdate()))
    return practice


@require_http_methods(FORM)
@login_required
def ask(request: MemberRequest, slug: str) -> HttpResponse:
    """Ask somebody without a stake to review it."""
    practice = _decided(request, slug)
    reviewers = policies.reviewers_for(practice, timezone.localdate())
    form = AskForm(sent(request), reviewers=reviewers)

    def act() -> None:
        actions.ask(
            version=newest(practice),
            reviewer=form.cleaned_data["reviewer"],
            actor=request.user,
            now=timezone.now(),
        )

    return with_form(
        request,
        form,
        act,
        Asking(
            _("Ask a reviewer"),
            _("She gets a message, and finds the practice under “To review”."),
            _("Ask"),
            _desk(slug),
            above=above_practice(newest(practice)),
        ),
        success=_("Asked. The message waits in the outbox."),
    )


@require_POST
@login_required
def release(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Ask somebody no longer who has not answered."""
    practice = _decided(request, slug)
    review = get_object_or_404(newest(practice).reviews, pk=pk)
    try:
        actions.release(review=review, actor=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("She is asked no longer."))
    return redirect("library:desk_practice", slug)


@require_http_methods(FORM)
@login_required
def review(request: MemberRequest, slug: str) -> HttpResponse:
    """Show what is reviewed, and take the review."""
    practice = seen_practice(request.user, slug)
    page = queries.practice_desk(practice, request.user, timezone.localdate())
    found = get_object_or_404(page.version.reviews, reviewer=request.user)
    require(policies.can_review(request.user, found, timezone.localdate()))
    if page.my_review is None:
        return redirect("library:desk_practice", slug)
    form = ReviewForm(sent(request))

    def act() -> None:
        actions.give(
            review=found,
            scores=form.scores(),
            advice=form.cleaned_data["advice"],
            comment=form.cleaned_data["comment"],
            actor=request.user,
            now=timezone.now(),
        )

    if done(form, act):
        messages.success(request, _("Thank you. Your review is kept as you gave it."))
        return redirect("library:desk")
    return render(request, "library/review.html", {"form": form, "page": page})


@require_http_methods(FORM)
@login_required
def publish(request: MemberRequest, slug: str) -> HttpResponse:
    """Publish what two reviewers advised to publish."""
    version = newest(_decided(request, slug))
    return with_reason(
        request,
        PublishForm(sent(request)),
        partial(
            actions.publish, version=version, actor=request.user, now=timezone.now()
        ),
        Asking(
            _("Publish the practice"),
            _("Everybody can read it then. This version never changes."),
            _("Publish"),
            _desk(slug),
            above=above_practice(version),
        ),
        success=_("Published."),
    )


@require_http_methods(FORM)
@login_required
def give_back(request: MemberRequest, slug: str) -> HttpResponse:
    """Return it to its city, with what should change."""
    version = newest(_decided(request, slug))
    what = _("The city can begin a new version with the same words.")
    decide = partial(
        actions.give_back, version=version, actor=request.user, now=timezone.now()
    )
    return with_reason(
        request,
        ReturnForm(sent(request)),
        decide,
        Asking(
            _("Return to the city"),
            what,
            _("Return"),
            _desk(slug),
            above=above_practice(version),
        ),
        success=_("Returned. The message waits in the outbox."),
    )


def _desk(slug: str) -> str:
    return reverse("library:desk_practice", args=[slug])
