"""Plain text: in UTF-8, and neither a page nor a script."""

import re

from mosty.kernel.files import refusals
from mosty.kernel.files.kinds import KINDS, Kind
from mosty.kernel.files.refusals import CannotTake

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
# What browsers take for a page when it stands first, and what never belongs in a text.
# What is repeated is possessive (*+): otherwise thirty comments in a row have more ways
# to be read than anybody can wait for.
_PAGE_STARTS = re.compile(
    r"\s*(?:<!--.*?-->\s*)*+<(?:!doctype|\?xml|/?[a-z][a-z0-9]*[\s/>])", re.I | re.S
)
_PAGE_PARTS = re.compile(
    r"<(?:script|iframe|object|embed|html|body|head|svg|meta|base|form)\b|<!doctype",
    re.I,
)
_DRAWING = re.compile(
    r"\s*(?:<\?xml\b.*?\?>\s*)?+(?:<!--.*?-->\s*|<!doctype\s+svg.*?>\s*)*+<svg\b",
    re.I | re.S,
)
_SCRIPT_STARTS = re.compile(
    r"#!|@echo\s+off|%!PS|\{\\rtf|<\?php|on error resume next", re.I
)
# Not told apart from a text by their content; the name alone gives them away.
_SCRIPT_ENDINGS = frozenset((
    ".js", ".mjs", ".jse", ".vbs", ".vbe", ".wsf", ".wsh", ".hta", ".py", ".pl", ".rb",
    ".php", ".sh", ".bash", ".bat", ".cmd", ".ps1", ".psm1", ".reg", ".scf", ".url",
    ".desktop", ".lnk", ".inf", ".jsp", ".asp", ".aspx", ".lua", ".tcl", ".awk",
    ".applescript",
))  # fmt: skip
_PAGE_ENDINGS = frozenset({".html", ".htm", ".xhtml", ".mht", ".mhtml", ".shtml"})
_DRAWING_ENDINGS = frozenset({".svg", ".xml", ".xsl", ".xslt"})


def decoded(content: bytes) -> str | None:
    """Return ``content`` as text, or None if it is no text in UTF-8."""
    try:
        plain = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return None if _CONTROL.search(plain) else plain


def looks_like_web(plain: str) -> bool:
    """Test if a browser might take ``plain`` for a page."""
    return bool(_PAGE_STARTS.match(plain) or _PAGE_PARTS.search(plain))


def mostly_letters(content: bytes) -> bool:
    """Test if the content is text in some other encoding: no control characters."""
    start = content[:4096]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return not any(byte < 32 and byte not in b"\t\n\r\f" for byte in start)


def kind_of_text(plain: str, ending: str) -> Kind:
    """
    Return which kind of text it is; what its name does not say is plain text.

    :raises CannotTake: if it is a page, a drawing or a script.
    """
    if not plain.strip():
        raise CannotTake(refusals.EMPTY)
    if _SCRIPT_STARTS.match(plain) or ending in _SCRIPT_ENDINGS or "<?php" in plain:
        raise CannotTake(refusals.SCRIPT)
    if _DRAWING.match(plain) or ending in _DRAWING_ENDINGS:
        raise CannotTake(refusals.DRAWING)
    if looks_like_web(plain) or ending in _PAGE_ENDINGS:
        raise CannotTake(refusals.WEB_PAGE)
    if ending == ".csv":
        return KINDS["csv"]
    return KINDS["md" if ending in {".md", ".markdown"} else "txt"]
