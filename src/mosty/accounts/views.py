"""Pages about users: one's own profile, and users for administrators."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from allauth.account.utils import perform_login
from allauth.account.views import LoginView, LogoutView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from mosty.accounts import actions, policies, queries
from mosty.accounts.forms import (
    EndForm,
    GrantForm,
    ProfileForm,
    ReasonForm,
    SignInForm,
    UserFilter,
    UserForm,
)
from mosty.accounts.http import MemberRequest
from mosty.accounts.models import User
from mosty.audit.downloads import as_file, asked_for
from mosty.kernel.refusal import Refusal
from mosty.ui.asking import Asking, with_form, with_reason
from mosty.ui.meanwhile import one_at_a_time
from mosty.ui.pages import done, sent, show

View = Callable[..., HttpResponse]
form_page = require_http_methods(["GET", "HEAD", "POST"])


class SignIn(LoginView):  # type: ignore[misc]  # allauth is untyped
    """Sign-in: a code by e-mail, a password or a passkey; in a demo, one click."""

    form_class = SignInForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whom anybody may sign in as, in a demo."""
        return {
            **super().get_context_data(**kwargs),
            "demo_users": queries.demo_users(),
        }


class SignOut(LogoutView):  # type: ignore[misc]  # allauth is untyped
    """Signing out: on a computer that several use, "back" must not show what was open."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """End the session, and let the browser forget the pages that it kept."""
        response: HttpResponse = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = '"cache"'
        return response


@require_POST
def demo_sign_in(request: HttpRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(policies.open_to_demo(), pk=pk)
    # allauth's own way in, so that the session is listed among the user's sessions.
    answer: HttpResponse = perform_login(request, user)
    return answer


@form_page
@login_required
def profile(request: MemberRequest) -> HttpResponse:
    user = request.user
    form = ProfileForm(
        sent(request), initial={"name": user.name, "language": user.language}
    )
    if done(
        form,
        lambda: actions.change_profile(
            user=user, **form.cleaned_data, actor=user, now=timezone.now()
        ),
    ):
        language = form.cleaned_data["language"]
        with translation.override(language):
            messages.success(request, _("Saved."))
            response = redirect("accounts:profile")
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
        )
        return response
    context = {"form": form, "holdings": queries.holdings(user)}
    return render(request, "accounts/profile.html", context)


def managers_only(view: View) -> View:
    """Answer whoever does not run the installation as if the page did not exist."""

    @login_required
    @wraps(view)
    def wrapped(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not policies.can_manage(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return wrapped


@require_safe
@managers_only
def users(request: MemberRequest) -> HttpResponse:
    form = UserFilter(request.GET)
    if asked_for(request):
        header = (
            _("Full name"),
            _("E-mail"),
            _("Language"),
            _("Roles"),
            _("May sign in"),
        )
        rows = (
            (r.name, r.email, r.language, "; ".join(r.roles), yes_or_no(r.is_active))
            for r in queries.export(request.user, form)
        )
        return as_file(request, _("Users"), header, rows, what="users", of=User)
    context = {"form": form, "users": queries.users(request.user, request.GET, form)}
    return render(request, "accounts/users.html", context)


def yes_or_no(value: bool) -> str:
    return _("yes") if value else _("no")


@form_page
@managers_only
def add_user(request: MemberRequest) -> HttpResponse:
    form = UserForm(sent(request), initial={"language": "pl"})
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.add_user(
                **form.cleaned_data, actor=request.user, now=timezone.now()
            )
        except Refusal as refusal:
            show(refusal, form)
        else:
            messages.success(
                request,
                _("The user was added and told how to sign in. Now give a role."),
            )
            return redirect("accounts:user", pk=user.pk)
    return render(request, "accounts/add_user.html", {"form": form})


@form_page
@managers_only
def user(request: MemberRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(policies.managed_by(request.user), pk=pk)
    form = GrantForm(sent(request))
    if done(
        form,
        lambda: actions.grant_role(
            user=shown, **form.cleaned_data, actor=request.user, now=timezone.now()
        ),
    ):
        messages.success(request, _("The role was given."))
        return redirect("accounts:user", pk=pk)
    context = {"shown": shown, "form": form, "holdings": queries.holdings(shown)}
    return render(request, "accounts/user.html", context)


@form_page
@managers_only
@one_at_a_time
def change_user(request: MemberRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(policies.managed_by(request.user), pk=pk)
    initial = {
        "name": shown.name,
        "email": shown.email,
        "language": shown.language,
        "person_code": shown.person.code if shown.person else "",
    }
    form = UserForm(sent(request), initial=initial)
    if done(
        form,
        lambda: actions.change_user(
            user=shown, **form.cleaned_data, actor=request.user, now=timezone.now()
        ),
    ):
        messages.success(request, _("Saved."))
        return redirect("accounts:user", pk=pk)
    return render(request, "accounts/change_user.html", {"form": form, "shown": shown})


@form_page
@managers_only
def end_role(request: MemberRequest, pk: int) -> HttpResponse:
    grant = get_object_or_404(policies.grants_managed_by(request.user), pk=pk)
    form = EndForm(sent(request), initial={"last_day": timezone.localdate()})
    return with_form(
        request,
        form,
        lambda: actions.end_role(
            grant=grant, **form.cleaned_data, actor=request.user, now=timezone.now()
        ),
        Asking(
            heading=_("End a role"),
            what=f"{grant.user}: {queries.in_words(grant)}",
            button=_("End the role"),
            cancel_url=reverse("accounts:user", kwargs={"pk": grant.user_id}),
            stops=True,
            above=_above(grant.user),
        ),
        success=_("The role ends with the day you gave."),
    )


@form_page
@managers_only
def deactivate(request: MemberRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(policies.managed_by(request.user), pk=pk)
    return _with_reason(
        request,
        shown,
        actions.deactivate,
        heading=_("Take the right to sign in"),
        what=_("Name: %(name)s. Nothing the user did is deleted.") % {"name": shown},
        button=_("Take the right to sign in"),
        success=_("May not sign in any more: %(name)s") % {"name": shown},
    )


@form_page
@managers_only
def reactivate(request: MemberRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(policies.managed_by(request.user), pk=pk)
    return _with_reason(
        request,
        shown,
        actions.reactivate,
        heading=_("Give the right to sign in back"),
        what=_("Name: %(name)s. The roles that have not ended hold again.")
        % {"name": shown},
        button=_("Give the right back"),
        success=_("May sign in again: %(name)s") % {"name": shown},
    )


def _with_reason(
    request: MemberRequest,
    shown: User,
    act: Callable[..., None],
    *,
    heading: str,
    what: str,
    button: str,
    success: str,
) -> HttpResponse:
    """Ask for a reason, then do ``act`` to ``shown``."""
    return with_reason(
        request,
        ReasonForm(sent(request)),
        partial(act, user=shown, actor=request.user, now=timezone.now()),
        Asking(
            heading=heading,
            what=what,
            button=button,
            cancel_url=reverse("accounts:user", kwargs={"pk": shown.pk}),
            stops=act is actions.deactivate,
            above=_above(shown),
        ),
        success=success,
    )


def _above(shown: User) -> tuple[tuple[object, str], ...]:
    """Return the pages above one that asks about ``shown``: their names and addresses."""
    return (
        (_("Users"), reverse("accounts:users")),
        (shown, reverse("accounts:user", kwargs={"pk": shown.pk})),
    )
