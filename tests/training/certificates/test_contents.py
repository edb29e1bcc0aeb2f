"""What certificates say of a text, in each of their languages."""

import pytest
from i18nfield.strings import LazyI18nString

from mosty.training.queries.contents import in_all


@pytest.mark.parametrize(
    ("text", "said"),
    (
        (
            LazyI18nString({"pl": "Dyrektor", "en": "Director"}),
            {"pl": "Dyrektor", "en": "Director"},
        ),
        (LazyI18nString({"pl": "Dyrektor"}), {"pl": "Dyrektor", "en": "Dyrektor"}),
        # Written before there were languages.
        ("Director", {"pl": "Director", "en": "Director"}),
        (None, {"pl": "", "en": ""}),
    ),
)
def test_a_text_is_said_in_each_language(text: object, said: dict[str, str]) -> None:
    assert in_all(text, ["pl", "en"]) == said
