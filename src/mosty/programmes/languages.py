"""The languages in which programmes are run, and texts written in several of them."""

from collections.abc import Iterable
from typing import TypeAlias

from django.utils.translation import get_language, get_language_info
from i18nfield.strings import LazyI18nString

# A text in several languages, as the models' translated fields hold it.
Text: TypeAlias = LazyI18nString

# Those of the countries our users work in, and of the people they work for.
CODES = ("pl", "en", "uk", "be", "ru", "et", "lv", "lt")


def name(code: str) -> str:
    """Return a language's name in the reader's own: "Polish", "polski", "польська"."""
    found = str(get_language_info(code)["name_translated"])
    # Only English writes them large; Django does so in Ukrainian and others, too.
    return found if get_language() == "en" else found[:1].lower() + found[1:]


def names(codes: Iterable[str]) -> str:
    """Return the names of several languages in one line."""
    return ", ".join(name(code) for code in codes)


def missing(text: Text, codes: Iterable[str]) -> list[str]:
    """Return those of the languages ``codes`` in which ``text`` is not written."""
    if not isinstance(text.data, dict):
        return [] if text else list(codes)
    return [code for code in codes if not text.data.get(code)]
