"""Addresses for everyone, each in five languages; those without one are for QR codes."""

from django.urls import path

from mosty.infopoint.views import comparing, everyone, finding, years
from mosty.ui import everyone as _converters  # noqa: F401 - knows <everyone:language>

_OPINION = "points/<slug:slug>/opinion/<str:code>"
_YEAR = "<everyone:language>/points/<slug:slug>/<int:year>"
urlpatterns = [
    path("<everyone:language>/points/all/", finding.points, name="points_for_everyone"),
    path(
        "<everyone:language>/points/<slug:slug>/numbers/",
        years.index,
        name="years_in_numbers",
    ),
    path(
        "<everyone:language>/points/all/<int:year>/",
        comparing.compared,
        name="points_compared",
    ),
    path(f"{_YEAR}/", years.year, name="year_in_numbers"),
    path(f"{_YEAR}/charts/<slug:table>.svg", years.chart, name="year_chart"),
    path(f"{_YEAR}/<str:name>", years.file, name="year_file"),
    path(f"{_OPINION}/", everyone.scanned, name="opinion_scanned"),
    path(f"<everyone:language>/{_OPINION}/", everyone.opinion, name="opinion"),
    path(
        f"<everyone:language>/{_OPINION}/thanks/",
        everyone.thanks,
        name="opinion_thanks",
    ),
]
