"""
A published year for everybody: page, charts, files. All of it is made of one artefact.

Nothing here knows who asks, and nothing is read but releases.
"""

from collections.abc import Callable

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import conditional_page, require_safe

from mosty.accounts.limits import within
from mosty.audit.downloads import TYPES
from mosty.figures.queries.releases import Published
from mosty.figures.releases import files
from mosty.figures.releases.files import dcat
from mosty.figures.releases.reading import view
from mosty.infopoint.models import Point
from mosty.infopoint.queries import years as queries
from mosty.infopoint.releases import document, press
from mosty.ui import charts
from mosty.ui.everyone import for_everyone
from mosty.ui.pages import too_often

SECONDS = 300
# How many one address may have made in a minute, behind which a whole office may stand;
# a page has about a dozen charts, and caches keep them.
CHARTS_A_MINUTE = 600
FILES_A_MINUTE = 60
# Name -> media type, and the European list's name of the format.
FILES = {
    "numbers.csv": ("text/csv", "CSV"),
    "numbers-excel.csv": ("text/csv", "CSV"),
    "numbers.xlsx": (TYPES["xlsx"], "XLSX"),
    "numbers.json": ("application/json", "JSON"),
    "numbers.pdf": ("application/pdf", "PDF"),
    "dictionary.csv": ("text/csv", "CSV"),
}
# Drafts are no data: catalogues do not list them.
PRESS = {"press.txt": ("text/plain", "TXT"), "press.docx": (TYPES["docx"], "DOCX")}
CHARSETS = {"numbers-excel.csv": "windows-1250"}


class NumberForm(forms.Form):
    """Which release of the year is asked for; the latest if none is."""

    release = forms.IntegerField(min_value=1, required=False)


def _found(request: HttpRequest, slug: str, year: int) -> tuple[Point, Published]:
    """Return the point and its release, or 404."""
    point = get_object_or_404(queries.points(), slug=slug)
    form = NumberForm(request.GET)
    if not form.is_valid():
        raise Http404
    found = queries.release(point, year, form.cleaned_data["release"])
    if found is None:
        raise Http404
    return point, found


def _language() -> str:
    return get_language() or "pl"


def _kept(response: HttpResponse) -> HttpResponse:
    """Let caches keep it for some minutes: there is nothing of anybody's own in it."""
    patch_cache_control(response, public=True, max_age=SECONDS)
    return response


@require_safe
@conditional_page
@for_everyone
def year(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Show a year in numbers."""
    point, found = _found(request, slug, year)
    context = {
        "point": point,
        "page": queries.page(point, found, _language()),
        "files": [name for name in FILES if name != "dictionary.csv"],
        "asked": f"?release={found.number}",
    }
    return _kept(render(request, "infopoint/everyone/year.html", context))


@require_safe
@conditional_page
@for_everyone
def index(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the years that are published, and the log of all publications."""
    point = get_object_or_404(queries.points(), slug=slug)
    years, log = queries.all_years(point)
    context = {"point": point, "years": years, "log": log}
    return _kept(render(request, "infopoint/everyone/years.html", context))


@require_safe
@for_everyone
def chart(request: HttpRequest, slug: str, year: int, table: str) -> HttpResponse:
    """Draw one table's chart."""
    if not within(request, "year_chart", most=CHARTS_A_MINUTE, seconds=60):
        return too_often(request)
    _point, found = _found(request, slug, year)
    one = found.document.table(table)
    if one is None or not one.cells:
        raise Http404
    figure = queries.chart(view(found.document, one, _language()), found.document)
    if figure is None:
        raise Http404
    picture = charts.svg(figure, charts.theme_asked(request))
    return charts.image_response(request, picture, max_age=SECONDS)


@require_safe
@conditional_page
@for_everyone
def file(request: HttpRequest, slug: str, year: int, name: str) -> HttpResponse:
    """Hand out the release as one kind of file."""
    if not within(request, "year_file", most=FILES_A_MINUTE, seconds=60):
        return too_often(request)
    point, found = _found(request, slug, year)
    language = _language()
    makers: dict[str, Callable[[], bytes]] = {
        "numbers.csv": lambda: files.csv(found.document, language),
        "numbers-excel.csv": lambda: files.csv(found.document, language, "excel-pl"),
        "numbers.xlsx": lambda: files.xlsx(found.document, language),
        "numbers.json": found.text.encode,
        "numbers.pdf": lambda: document.pdf(found, language),
        "dictionary.csv": lambda: files.csv(found.document, language, words=True),
        "press.txt": lambda: press.text(
            found.document, language, _address(request, slug, year, found)
        ).encode(),
        "press.docx": lambda: press.docx(
            found.document, language, _address(request, slug, year, found)
        ),
    }
    if name in makers:
        kind = {**FILES, **PRESS}[name][0]
        if kind.startswith("text/"):
            kind = f"{kind}; charset={CHARSETS.get(name, 'utf-8')}"
        content = makers[name]()
    elif name in {"dcat.jsonld", "dcat.ttl"}:
        content, kind = _described(request, slug, year, found, name)
    else:
        raise Http404
    response = HttpResponse(content, content_type=kind)
    title = f"{point.slug}-{year}-{found.number}-{name}"
    response["Content-Disposition"] = f'attachment; filename="{title}"'
    return _kept(response)


def _described(
    request: HttpRequest, slug: str, year: int, found: Published, name: str
) -> tuple[bytes, str]:
    """Return the description of the release for catalogues."""
    described = [
        dcat.File(
            request.build_absolute_uri(
                reverse("year_file", args=[_language(), slug, year, one])
                + f"?release={found.number}"
            ),
            media_type,
            kind,
            one,
            # That of the artefact itself; others are made when they are asked for.
            found.sha256 if one == "numbers.json" else "",
        )
        for one, (media_type, kind) in FILES.items()
    ]
    data = dcat.graph(
        found.document,
        url=_address(request, slug, year, found),
        published_at=found.published_at,
        files=described,
    )
    if name == "dcat.jsonld":
        return dcat.json_ld(data).encode(), "application/ld+json"
    return dcat.turtle(data).encode(), "text/turtle; charset=utf-8"


def _address(request: HttpRequest, slug: str, year: int, found: Published) -> str:
    path = reverse("year_in_numbers", args=[_language(), slug, year])
    return request.build_absolute_uri(f"{path}?release={found.number}")
