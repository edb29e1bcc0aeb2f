"""A share is written as its language sets it, by pages and by the engines alike."""

import pytest
from django.utils import translation

from mosty.engines.selection.sentences import chance
from mosty.ui.percent import percent


@pytest.mark.parametrize(
    ("language", "written"),
    (
        ("en", "40%"),
        ("en-gb", "40%"),
        ("pl", "40 %"),
        ("uk", "40\N{NO-BREAK SPACE}%"),
    ),
)
def test_the_sign_stands_as_the_language_has_it(language, written):
    with translation.override(language):
        assert percent(40) == written


@pytest.mark.parametrize(("language", "number"), (("en", "40.0"), ("pl", "40,0")))
def test_the_engine_writes_as_pages_do(language, number):
    with translation.override(language):
        assert chance("2/5", language) == percent(number)
