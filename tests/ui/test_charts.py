import re
import xml.etree.ElementTree as ET

import pytest
from django.utils import translation

from mosty.ui import charts

FIGURE = charts.Figure(
    title="Persons",
    unit="persons",
    series=("part I", "part II"),
    rows=(("Łódź <1>", (7, 4)), ("Leszno", (None, 3))),
)


def words(picture):
    # S314: the picture is our own.
    return [e.text for e in ET.fromstring(picture).iter() if e.tag.endswith("}text")]  # noqa: S314


def test_a_chart_keeps_its_text_as_text():
    found = words(charts.svg(FIGURE))
    assert {"Łódź <1>", "Leszno", "part I", "part II", "persons"} <= set(found)


@pytest.mark.parametrize(
    ("language", "numbers"),
    (
        ("en", ["0", "1000", "2000", "0.0", "0.4"]),
        ("pl", ["0", "1000", "2000", "0,0", "0,4"]),
    ),
)
def test_numbers_stand_as_the_language_and_the_tables_have_them(language, numbers):
    def drawn(most):
        return words(charts.svg(charts.Figure("T", "u", ("a",), (("x", (most,)),))))

    with translation.override(language):
        assert [one for one in numbers if one not in drawn(2000) + drawn(0.8)] == []


@pytest.mark.parametrize("theme", ("light", "dark"))
@pytest.mark.parametrize("kind", ("bars", "lines"))
def test_a_chart_needs_nothing_that_the_content_policy_forbids(theme, kind):
    figure = charts.Figure("T", "u", ("a",), (("x", (1,)), ("y", (2,))), kind=kind)
    picture = charts.svg(figure, theme)
    assert re.findall(r"<style|<script| style=| on\w+=|href=|url\((?!#)", picture) == []


def test_an_unpublished_value_is_not_drawn():
    values = charts.spec(FIGURE, "light")["data"]["values"]
    assert [(v["label"], v["series"], v["value"]) for v in values] == [
        ("Łódź <1>", "part I", 7),
        ("Łódź <1>", "part II", 4),
        ("Leszno", "part II", 3),
    ]


def test_the_themes_differ_in_ink():
    assert {
        t: charts.spec(FIGURE, t)["config"]["axis"]["labelColor"]
        for t in charts.PALETTES
    } == {
        "light": "#16242e",
        "dark": "#e8eef0",
    }


def test_a_picture_is_asked_for_again_only_when_it_changed(rf):
    first = charts.image_response(rf.get("/"), "<svg/>")
    again = rf.get("/", headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, first["Content-Type"]) == (
        200,
        "image/svg+xml; charset=utf-8",
    )
    assert first["Cache-Control"] == "private, max-age=3600"
    assert charts.image_response(again, "<svg/>").status_code == 304
    assert charts.image_response(again, "<svg><g/></svg>").status_code == 200
