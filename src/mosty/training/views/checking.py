"""Whether a certificate is genuine: for anybody, and for programs."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from mosty.accounts.limits import within
from mosty.training import badge_keys, badges, serials
from mosty.training.forms.certificates import NumberForm
from mosty.training.queries import checking as queries

# Numbers that one address may look at in a minute.
MOST = 60


@require_safe
def form(request: HttpRequest) -> HttpResponse:
    """Ask for a number; a number leads to its page."""
    asked = NumberForm(request.GET if "number" in request.GET else None)
    if asked.is_valid():
        typed = asked.cleaned_data["number"]
        serial = serials.read(typed)
        if serial:
            return redirect("training:check", serial)
        return _page(request, asked, is_mistyped=True, status=404)
    return _page(request, asked)


@require_safe
def check(request: HttpRequest, serial: str) -> HttpResponse:
    """Say what is known of a number: only what its holder lets others see."""
    if not within(request, "certificate_check", most=MOST, seconds=60):
        return _page(request, NumberForm(), is_too_often=True, status=429)
    found = queries.check(serial)
    if found is None:
        return _page(
            request,
            NumberForm(initial={"number": serial[:40]}),
            is_unknown=True,
            is_mistyped=not serials.read(serial),
            status=404,
        )
    response = render(request, "training/certificates/check.html", {"found": found})
    return _kept_out(response)


def _page(
    request: HttpRequest, asked: NumberForm, *, status: int = 200, **said: bool
) -> HttpResponse:
    context: Mapping[str, Any] = {"form": asked, **said}
    response = render(
        request, "training/certificates/check_form.html", context, status=status
    )
    return _kept_out(response)


def _kept_out(response: HttpResponse) -> HttpResponse:
    """Keep the page out of search engines, and its address to itself."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
@cache_control(public=True, max_age=300)
def issuer(request: HttpRequest) -> HttpResponse:
    """Say who issues badges."""
    return _json(badges.issuer(queries.issuer_name()))


@require_safe
@cache_control(public=True, max_age=300)
def keys(request: HttpRequest) -> HttpResponse:
    """Publish the public keys of badges: the one that signs, and earlier ones."""
    return _json(badges.key_set(badge_keys.all_keys()))


@require_safe
@cache_control(public=True, max_age=60)
def status(request: HttpRequest, number: int) -> HttpResponse:
    """Publish the signed list of what was revoked."""
    if not queries.list_exists(number, badges.LIST_BITS):
        raise Http404
    token = badges.status_list(
        number, queries.revoked(number, badges.LIST_BITS), timezone.now()
    )
    response = HttpResponse(token, content_type="application/vc+jwt")
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _json(content: Mapping[str, Any]) -> HttpResponse:
    response = JsonResponse(content)
    # Verifiers run in browsers, too.
    response["Access-Control-Allow-Origin"] = "*"
    return response
