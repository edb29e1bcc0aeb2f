"""Names in several languages, read by the hundred."""

from functools import lru_cache

from i18nfield.strings import LazyI18nString


@lru_cache(maxsize=8192)
def in_language(stored: str, language: str) -> str:
    """
    Return what ``stored``, the JSON of a translated field, says in ``language``.

    Kept between requests by its content, so that it is never out of date.
    """
    return str(LazyI18nString(stored).localize(language))
