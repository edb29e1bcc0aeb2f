from datetime import date

import pytest

from mosty.kernel.sheets.numbers import renderer, shows


@pytest.mark.parametrize(
    ("code", "kind"),
    (
        ("General", "number"),
        ("Standard", "number"),
        ("0.00", "number"),
        ("@", "number"),
        ('# ##0,00 "zł"', "number"),
        ('0 "dni"', "number"),
        ("0\\d", "number"),
        ("[Red]0;[Yellow]-0", "number"),
        ("dd.mm.yyyy", "date"),
        ("yyyy\\-mm\\-dd;@", "date"),
        ("[$-415]d mmmm yyyy;@", "date"),
        ("mmm", "date"),
        ("yyyy-mm-dd hh:mm", "date"),
        ("hh:mm", "time"),
        ("[h]:mm:ss", "time"),
        ("mm:ss", "time"),
    ),
)
def test_a_format_tells_what_it_shows(code, kind):
    assert shows(code) == kind


STYLES = [
    ("numFmt", {"numFmtId": "164", "formatCode": "d.mm.yyyy"}),
    ("cellStyleXfs", {}),
    ("xf", {"numFmtId": "14"}),
    ("cellXfs", {}),
    ("xf", {"numFmtId": "0"}),
    ("xf", {"numFmtId": "164"}),
    ("xf", {"numFmtId": "20"}),
    ("xf", {}),
]


@pytest.mark.parametrize(
    ("text", "style", "cell"),
    (
        ("45352", 0, "45352"),
        ("45352", 1, date(2024, 3, 1)),
        ("45352.420138888891", 1, "2024-03-01 10:05"),
        ("45352.999999999", 1, date(2024, 3, 2)),
        ("1", 1, date(1900, 1, 1)),
        ("59", 1, date(1900, 2, 28)),
        ("61", 1, date(1900, 3, 1)),
        ("2958465", 1, date(9999, 12, 31)),
        ("2958466", 1, "2958466"),
        ("-1", 1, "-1"),
        ("1e308", 1, "1e+308"),
        ("nan", 1, "nan"),
        ("inf", 0, "inf"),
        ("abc", 1, "abc"),
        ("0.42013888889", 2, "10:05"),
        ("1.25", 2, "30:00"),
        ("0.000011574", 2, "00:00:01"),
        ("7", 3, "7"),
        ("7", 99, "7"),
    ),
)
def test_numbers_show_what_their_style_says(text, style, cell):
    assert renderer(STYLES, from_1904=False)(text, style) == cell


def test_the_calendar_from_1904_is_shifted():
    assert renderer(STYLES, from_1904=True)("43890", 1) == date(2024, 3, 1)
