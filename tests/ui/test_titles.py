"""What stands on the tab of a browser: the page, a colon, and of what it is."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = sorted(
    Path(settings.BASE_DIR, "src", "mosty").glob("*/templates/**/*.html")
)
TITLE = re.compile(r"{% block title %}(.*?){% endblock %}", re.DOTALL)
INCLUDED = re.compile(r'{% include "([^"]+)"')


def titles():
    for path in TEMPLATES:
        found = TITLE.search(path.read_text(encoding="utf-8"))
        # Bases have one for the pages that extend them.
        if found and found[1].strip():
            yield pytest.param(found[1], id="/".join(path.parts[-2:]))


@pytest.mark.parametrize("title", list(titles()))
def test_a_title_is_the_page_a_colon_and_of_what(title):
    # The dot is what parts the title from the name of the site.
    assert " · " not in title
    for name in INCLUDED.findall(title):
        (path,) = (one for one in TEMPLATES if one.match(f"templates/{name}"))
        text = path.read_text(encoding="utf-8")
        assert text == text.strip(), "a line's end would stand before the colon"
