"""The style guide alone, and pages that fail, in both languages."""

from django.conf.urls.i18n import i18n_patterns
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError


def refused(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def unreadable(request: HttpRequest) -> HttpResponse:
    raise BadRequest


urlpatterns = i18n_patterns(
    path("", include("mosty.ui.urls")),
    path("broken/", broken),
    path("refused/", refused),
    path("unreadable/", unreadable),
)
