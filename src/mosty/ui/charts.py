"""
Charts: a few numbers, drawn as one SVG for web, PDF and print.

Vega-Lite draws without a browser. The picture is a file of its own and is shown
with ``<img>``, so that it needs no script and no inline style in the page.
"""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.formats import get_format

Theme = Literal["light", "dark"]
# Quoted: a bare "3" would make the whole list of fonts invalid.
FONT = "'Source Sans 3', 'Source Sans Pro', 'Noto Sans', 'DejaVu Sans', sans-serif"

# As in static/ui/theme.css; series differ in lightness too, not by hue alone.
PALETTES: dict[Theme, dict[str, Any]] = {
    "light": {
        "ink": "#16242e",
        "quiet": "#4b5d69",
        "line": "#dfe5e8",
        "series": ["#0f5c6e", "#c9772b", "#7fb3bf", "#5b3a5e"],
    },
    "dark": {
        "ink": "#e8eef0",
        "quiet": "#a9b8bf",
        "line": "#2d3b43",
        "series": ["#5fb6c9", "#f0a35a", "#2f7788", "#c9a5cc"],
    },
}


@dataclass(frozen=True, slots=True)
class Figure:
    """
    What one chart shows, and what its table says.

    Each row is a label and one value per series; None is a value that is not
    published. ``unit`` says in words what is counted.
    """

    title: str
    unit: str
    series: tuple[str, ...]
    rows: tuple[tuple[str, tuple[float | None, ...]], ...]
    kind: Literal["bars", "lines"] = "bars"
    source: str = ""


def spec(figure: Figure, theme: Theme) -> dict[str, Any]:
    """Return the Vega-Lite specification of ``figure``."""
    palette = PALETTES[theme]
    values = [
        {"label": label, "series": series, "value": value, "place": place}
        for place, (label, numbers) in enumerate(figure.rows)
        for series, value in zip(figure.series, numbers, strict=True)
        if value is not None
    ]
    colour: dict[str, Any] = {
        "field": "series",
        "type": "nominal",
        "sort": list(figure.series),
        "scale": {"domain": list(figure.series), "range": palette["series"]},
        "legend": {"title": None, "orient": "top"} if len(figure.series) > 1 else None,
    }
    number = {
        "field": "value",
        "type": "quantitative",
        "title": figure.unit,
        "axis": {"grid": True, "tickCount": 5},
    }
    # The rows stand as given: the caller knows whether time or size orders them.
    labels = {
        "field": "label",
        "type": "nominal",
        "sort": [row[0] for row in figure.rows],
    }
    if figure.kind == "bars":
        mark: dict[str, Any] = {"type": "bar", "cornerRadiusEnd": 2}
        axes = {"y": {**labels, "title": None}, "x": number}
        if len(figure.series) > 1:
            axes["yOffset"] = {"field": "series", "sort": list(figure.series)}
        size: dict[str, Any] = {
            "width": 520,
            "height": {"step": 26 if len(figure.series) == 1 else 16},
        }
    else:
        mark = {"type": "line", "point": True, "strokeWidth": 2.5}
        axes = {"x": {**labels, "title": None, "axis": {"labelAngle": 0}}, "y": number}
        size = {"width": 520, "height": 260}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"values": values},
        "mark": mark,
        "encoding": {**axes, "color": colour},
        **size,
        "config": _look(palette),
    }


def _look(palette: dict[str, Any]) -> dict[str, Any]:
    """Return the type, lines and colours that every chart shares."""
    return {
        "background": "transparent",
        "font": FONT,
        "view": {"stroke": None},
        "axis": {
            "labelFontSize": 15,
            "titleFontSize": 15,
            "titleFontWeight": "normal",
            "labelColor": palette["ink"],
            "titleColor": palette["quiet"],
            "gridColor": palette["line"],
            "domainColor": palette["line"],
            "ticks": False,
            "labelPadding": 8,
            "titlePadding": 10,
            "labelLimit": 320,
        },
        "legend": {
            "labelFontSize": 15,
            "labelColor": palette["ink"],
            "symbolType": "square",
        },
    }


def svg(figure: Figure, theme: Theme = "light") -> str:
    """Return ``figure`` as SVG, its text kept as text, numbers as the language has them."""
    return _drawn(figure, theme, str(get_format("DECIMAL_SEPARATOR")))


@lru_cache(maxsize=256)
def _drawn(figure: Figure, theme: Theme, decimal: str) -> str:
    # Loading the drawing engine takes half a second, which only charts should cost.
    import vl_convert

    # Thousands are not set apart, as in the tables beside the charts.
    numbers = {
        "decimal": decimal,
        "thousands": "",
        "grouping": [3],
        "currency": ["", ""],
    }
    return str(vl_convert.vegalite_to_svg(spec(figure, theme), format_locale=numbers))


def theme_asked(request: HttpRequest) -> Theme:
    """Return the theme that the component asked for in the picture's address."""
    return "dark" if request.GET.get("theme") == "dark" else "light"


def image_response(
    request: HttpRequest, picture: str, *, max_age: int = 3600
) -> HttpResponse:
    """
    Return ``picture`` (SVG) for an ``<img>``, kept by browsers for ``max_age`` seconds.

    The cache is private: a chart may stand on a page that not everybody may see. Its
    own policy lets nothing in it run or load, should it be opened by itself.
    """
    etag = f'"{hashlib.sha256(picture.encode()).hexdigest()[:32]}"'
    response: HttpResponse
    if request.headers.get("If-None-Match") == etag:
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(picture, content_type="image/svg+xml; charset=utf-8")
    response["ETag"] = etag
    response["Cache-Control"] = f"private, max-age={max_age}"
    response["X-Content-Type-Options"] = "nosniff"
    return response
