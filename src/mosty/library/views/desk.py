"""The desk: what waits, and the city's own practices: written, submitted, taken back."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
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
from mosty.library.actions import practices as actions
from mosty.library.common.ready import lacks
from mosty.library.forms.practices import NewPracticeForm, PracticeForm, ReasonForm
from mosty.library.models import PracticeVersion
from mosty.library.queries import desk as queries
from mosty.library.queries import keeping
from mosty.library.views.above import above_practice
from mosty.library.views.doors import newest, own_practice, seen_practice
from mosty.ui.asking import Asking, plainly, with_reason
from mosty.ui.pages import done, sent

FORM = ("GET", "HEAD", "POST")
State = PracticeVersion.State


@require_safe
@login_required
def index(request: MemberRequest) -> HttpResponse:
    """Show what waits for whoever asks, and what is hers."""
    require(policies.has_desk(request.user))
    context = {
        "desk": queries.desk(request.user),
        "tools": keeping.kept(request.user),
    }
    return render(request, "library/desk.html", context)


@require_http_methods(FORM)
@login_required
def new(request: MemberRequest) -> HttpResponse:
    """Begin a practice."""
    cities = policies.cities_of(request.user)
    require(cities.exists())
    form = NewPracticeForm(sent(request), cities=cities)
    begun: list[PracticeVersion] = []

    def act() -> None:
        begun.append(
            actions.begin(
                city=form.cleaned_data["city"],
                content=form.content(),
                actor=request.user,
                now=timezone.now(),
            )
        )

    if done(form, act):
        messages.success(request, _("The draft is saved. Only your city sees it."))
        return redirect("library:desk_practice", begun[0].practice.slug)
    return _form(request, form, _("Describe a practice"), reverse("library:desk"))


@require_safe
@login_required
def practice(request: MemberRequest, slug: str) -> HttpResponse:
    """Show one practice with its reviews, and what can be done."""
    found = seen_practice(request.user, slug)
    page = queries.practice_desk(found, request.user, timezone.localdate())
    return render(request, "library/desk_practice.html", {"page": page})


@require_http_methods(FORM)
@login_required
def edit(request: MemberRequest, slug: str) -> HttpResponse:
    """Change a draft; what is still missing is told, not asked for."""
    version = newest(own_practice(request.user, slug))
    back = reverse("library:desk_practice", args=[slug])
    if version.state != State.DRAFT:
        messages.error(request, _("Only a draft can be changed."))
        return redirect(back)
    form = PracticeForm(sent(request), initial=PracticeForm.of(version))

    def act() -> None:
        actions.save(
            version=version,
            content=form.content(),
            revision=form.cleaned_data["revision"] or 0,
            actor=request.user,
            now=timezone.now(),
        )

    if done(form, act):
        messages.success(request, _("Saved."))
        return redirect(back)
    return _form(request, form, _("Change the description"), back)


def _form(
    request: MemberRequest, form: PracticeForm, heading: str, back: str
) -> HttpResponse:
    context = {"form": form, "heading": heading, "back_url": back}
    status = 422 if form.errors else 200
    return render(request, "library/practice_form.html", context, status=status)


@require_http_methods(FORM)
@login_required
def submit(request: MemberRequest, slug: str) -> HttpResponse:
    """Submit a draft for review, once it is whole."""
    version = newest(own_practice(request.user, slug))
    back = reverse("library:desk_practice", args=[slug])
    is_whole = version.state == State.DRAFT and not lacks(version, timezone.localdate())
    if request.method != "POST" and not is_whole:
        return redirect(back)

    def act() -> None:
        actions.submit(version=version, actor=request.user, now=timezone.now())

    what = _(
        "Reviewers who do not belong to your city read it. From now on the words do "
        "not change; you can take it back as long as nothing is decided."
    )
    return plainly(
        request,
        act,
        Asking(
            _("Submit for review"),
            what,
            _("Submit"),
            back,
            above=above_practice(version),
        ),
        success=_("Submitted. Two reviewers will read it; you will be told."),
    )


@require_http_methods(FORM)
@login_required
def withdraw(request: MemberRequest, slug: str) -> HttpResponse:
    """Take back a draft, or what waits for review."""
    version = newest(own_practice(request.user, slug))
    back = reverse("library:desk_practice", args=[slug])

    def act() -> None:
        actions.withdraw(version=version, actor=request.user, now=timezone.now())

    what = _("Nobody reviews it then. You can begin again with the same words.")
    return plainly(
        request,
        act,
        Asking(
            _("Take back"),
            what,
            _("Take back"),
            back,
            stops=True,
            above=above_practice(version),
        ),
        success=_("Taken back."),
    )


@require_POST
@login_required
def again(request: MemberRequest, slug: str) -> HttpResponse:
    """Begin a new version with the words of the last."""
    found = own_practice(request.user, slug)
    try:
        actions.begin_again(practice=found, actor=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("library:desk_practice", slug)
    return redirect("library:edit", slug)


@require_http_methods(FORM)
@login_required
def retire(request: MemberRequest, slug: str) -> HttpResponse:
    """Say that a practice no longer stands."""
    found = seen_practice(request.user, slug)
    require(policies.can_retire(request.user, found))
    what = _(
        "Its page keeps its address and says that it no longer stands, and why. "
        "This cannot be undone."
    )
    back = reverse("library:desk_practice", args=[slug])
    return with_reason(
        request,
        ReasonForm(sent(request)),
        partial(actions.retire, practice=found, actor=request.user, now=timezone.now()),
        Asking(
            _("Retire the practice"),
            what,
            _("Retire"),
            back,
            stops=True,
            above=above_practice(newest(found)),
        ),
        success=_("Retired. Its page stays, with the reason."),
    )
