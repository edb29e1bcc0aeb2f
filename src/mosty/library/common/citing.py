"""How a page of the library is cited: in words, for BibTeX and for reference managers (RIS)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from mosty.ui.dates import day


@dataclass(frozen=True, slots=True)
class Source:
    """What is cited: a published version, with the address that never changes."""

    key: str
    author: str
    title: str
    published_on: date
    version: str
    language: str
    url: str


def as_text(source: Source) -> str:
    """Return a line for a footnote."""
    return _("%(author)s: %(title)s. Version %(version)s, %(day)s. Mosty, %(url)s") % {
        "author": source.author,
        "title": source.title,
        "version": source.version,
        "day": day(source.published_on),
        "url": source.url,
    }


def as_bibtex(source: Source) -> str:
    """Return an entry for BibTeX; nothing in a title can end its field."""
    fields = {
        # The second pair: it is the name of an organisation, not a person's.
        "author": f"{{{_braced(source.author)}}}",
        "title": _braced(source.title),
        "year": f"{source.published_on:%Y}",
        "month": f"{source.published_on.month}",
        "note": _braced(f"Version {source.version}"),
        "language": source.language,
        "publisher": "Mosty",
        "url": source.url,
    }
    lines = (f"  {name} = {{{value}}}," for name, value in fields.items())
    return "\n".join((f"@misc{{{source.key},", *lines, "}", ""))


def _braced(text: str) -> str:
    signs = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}"}
    signs |= {sign: f"\\{sign}" for sign in "%&$#_"}
    signs |= {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    return "".join(signs.get(sign, sign) for sign in " ".join(text.split()))


def as_ris(source: Source) -> str:
    """Return a record in RIS."""
    rows = (
        ("TY", "ELEC"),
        ("AU", source.author),
        ("TI", source.title),
        ("PY", f"{source.published_on:%Y}"),
        ("DA", f"{source.published_on:%Y/%m/%d}"),
        ("ET", source.version),
        ("LA", source.language),
        ("PB", "Mosty"),
        ("UR", source.url),
        ("ER", ""),
    )
    return "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in rows)


# Ending -> how it is written, and what the browser is told that it is.
FORMS: Mapping[str, tuple[Callable[[Source], str], str]] = {
    "txt": (as_text, "text/plain; charset=utf-8"),
    "bib": (as_bibtex, "application/x-bibtex; charset=utf-8"),
    "ris": (as_ris, "application/x-research-info-systems; charset=utf-8"),
}
