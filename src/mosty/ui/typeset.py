"""
Documents to print: accessible PDF (PDF/UA-1) made by Typst from a template and data.

Names and titles reach a template as data, never as markup: a name may hold any
character and changes nothing but itself.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst

from mosty.ui import polish


@cache
def _fonts() -> typst.Fonts:
    """Return the fonts inside Typst: the same letters on every machine."""
    return typst.Fonts(include_system_fonts=False)


def pdf(template: Path, data: Mapping[str, Any]) -> bytes:
    """Return ``template`` filled with ``data``, which it reads as ``sys.inputs.data``."""
    made = typst.compile(
        template.read_bytes(),
        format="pdf",
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(polish.bind_data(data))},
        pdf_standards=["ua-1"],
    )
    return bytes(made or b"")


def picture(template: Path, data: Mapping[str, Any]) -> bytes:
    """Return the first page as PNG, to be looked at on a screen."""
    made = typst.compile(
        template.read_bytes(),
        format="png",
        ppi=100,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(polish.bind_data(data))},
    )
    # A picture of several pages comes as a list.
    return bytes(made[0] if isinstance(made, list) else made or b"")
