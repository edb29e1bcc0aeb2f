"""The style guide alone, and pages that fail, in both languages."""

from django.conf.urls.i18n import i18n_patterns
from django.core.exceptions import (
    BadRequest,
    PermissionDenied,
    RequestDataTooBig,
)
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError


def refused(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def too_large(request: HttpRequest) -> HttpResponse:
    raise RequestDataTooBig


def unreadable(request: HttpRequest) -> HttpResponse:
    raise BadRequest


urlpatterns = i18n_patterns(
    path("", include("mosty.ui.urls")),
    path("broken/", broken),
    path("refused/", refused),
    path("too-large/", too_large),
    path("unreadable/", unreadable),
)
handler400 = "mosty.config.uploads.not_read"
