"""How a share is written: "80%" in English, "80 %" in Polish and the other languages."""

from django.utils.translation import get_language


def percent(number: object) -> str:
    """
    Return ``number`` with its sign as the active language sets it.

    The space is a plain one in Polish, as texts have it: :mod:`mosty.ui.polish` keeps it
    on the line. The engines, which know no page, write alike.
    """
    language = (get_language() or "en").partition("-")[0]
    space = {"en": "", "pl": " "}.get(language, "\N{NO-BREAK SPACE}")
    return f"{number}{space}%"
