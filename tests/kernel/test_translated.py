"""A stored name says the same as the field that it is from."""

import pytest
from django.utils import translation
from i18nfield.strings import LazyI18nString

from mosty.kernel.translated import in_language


@pytest.mark.parametrize("language", ("pl", "en", "uk"))
@pytest.mark.parametrize(
    "stored",
    ('{"pl": "Łódź", "en": "Lodz"}', '{"en": "Lodz"}', '{"pl": ""}', "Łódź", "12", ""),
)
def test_it_says_what_the_field_says(stored: str, language: str) -> None:
    with translation.override(language):
        assert in_language(stored, language) == str(LazyI18nString(stored))
