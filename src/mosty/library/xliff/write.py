"""Writes XLIFF 2.0."""

import re
from xml.sax.saxutils import escape, quoteattr

from mosty.library.xliff.model import NAMESPACE, VERSION, Document, Unit

# What XML 1.0 cannot hold, or would change on its way: XLIFF writes it as an element.
_ODD = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def write(document: Document) -> bytes:
    """
    Return ``document`` as a file; the same document is always the same bytes.

    Units of one section ("K7PX.title", "K7PX.text") stand in one group. Space is
    preserved, and a unit is not to be divided anew.
    """
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        (
            f'<xliff xmlns="{NAMESPACE}" version="{VERSION}"'
            f" srcLang={quoteattr(document.source_language)}"
            f" trgLang={quoteattr(document.target_language)}>"
        ),
        f'  <file id="f1" original={quoteattr(document.original)} canResegment="no">',
    ]
    group = ""
    for unit in document.units:
        section = unit.key.partition(".")[0]
        if section != group:
            lines += ["    </group>"] * bool(group)
            lines.append(f'    <group id="{_id(section)}">')
            group = section
        lines += _unit(unit)
    lines += ["    </group>"] * bool(group)
    if not document.units:
        # A file holds at least one unit or group.
        lines.append('    <group id="none"/>')
    lines += ["  </file>", "</xliff>", ""]
    return "\n".join(lines).encode()


def _unit(unit: Unit) -> list[str]:
    target = (
        f'\n          <target xml:space="preserve">{_text(unit.target)}</target>'
        if unit.target or unit.done
        else ""
    )
    state = "translated" if unit.done else "initial"
    return [
        f'      <unit id="{_id(unit.key)}">',
        (
            f'        <segment state="{state}">\n'
            f'          <source xml:space="preserve">{_text(unit.source)}</source>'
            f"{target}\n"
            "        </segment>"
        ),
        "      </unit>",
    ]


def _id(key: str) -> str:
    """Return a key as an NMTOKEN; keys are made of letters, digits, "-" and "."."""
    if not re.fullmatch(r"[A-Za-z0-9._-]+", key):
        raise ValueError(key)
    return key


def _text(text: str) -> str:
    return _ODD.sub(lambda one: f'<cp hex="{ord(one[0]):04X}"/>', escape(text))
