"""Addresses for everyone, each in five languages; those without one are for QR codes."""

from django.urls import path

from mosty.infopoint.views import everyone
from mosty.ui import everyone as _converters  # noqa: F401 - knows <everyone:language>

_OPINION = "points/<slug:slug>/opinion/<str:code>"
urlpatterns = [
    path(f"{_OPINION}/", everyone.scanned, name="opinion_scanned"),
    path(f"<everyone:language>/{_OPINION}/", everyone.opinion, name="opinion"),
    path(
        f"<everyone:language>/{_OPINION}/thanks/",
        everyone.thanks,
        name="opinion_thanks",
    ),
]
