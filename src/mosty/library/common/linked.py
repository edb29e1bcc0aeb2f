"""
What machines read of a page: schema.org as JSON-LD.

It stands in the page as data, which no browser runs, and at an address of its own.
"""

import json
from collections.abc import Mapping

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

CONTENT_TYPE = "application/ld+json"
LICENCES = {
    "cc-by-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "cc-by-sa-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "cc0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
# As Django's own json_script does: no text can end the element that holds it.
_ESCAPES = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"})


def absolute(path: str) -> str:
    """Return the whole address of a page of ours."""
    return f"{settings.BASE_URL}{path}"


def as_data(said: Mapping[str, object]) -> SafeString:
    """Return ``said`` as it may stand in a page."""
    kept = {name: value for name, value in said.items() if value not in ("", None, [])}
    text = json.dumps({"@context": "https://schema.org", **kept}, ensure_ascii=False)
    return mark_safe(text.translate(_ESCAPES))  # noqa: S308 - the signs that matter are escaped
