"""The poster with the code that leads to a point's question sheet, in five languages."""

from io import BytesIO
from pathlib import Path

import segno
from django.utils.translation import get_language, override

from mosty.infopoint import everyone
from mosty.infopoint.models import Point
from mosty.kernel.languages import EVERYONE
from mosty.ui import typeset

TEMPLATE = Path(__file__).parent / "typst" / "poster.typ"


def pdf(point: Point, address: str) -> bytes:
    """Return one page, A4."""
    sides = []
    for language in EVERYONE:
        with override(language):
            sides.append(
                {
                    "language": language,
                    "title": str(everyone.TITLE),
                    "scan": str(everyone.SCAN),
                    "promise": str(everyone.PROMISE),
                }
            )
    data = {
        "language": get_language() or "en",
        "point": str(point.name),
        "sides": sides,
        "qr": _qr(address),
        # Without the scheme, as people type it.
        "address": address.partition("://")[2],
    }
    return typeset.pdf(TEMPLATE, data)


def _qr(text: str) -> str:
    out = BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, border=0, dark="#16242e"
    )
    return out.getvalue().decode()
