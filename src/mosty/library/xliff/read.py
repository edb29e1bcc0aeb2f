"""
Reads XLIFF 2.0 that a translator sends back.

The file is a stranger's: no entity, no document type, nothing from elsewhere is read.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from django.utils.translation import gettext_lazy as _

from mosty.kernel.refusal import Refusal
from mosty.library.xliff.model import NAMESPACE, VERSION, Document, Unit

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_N = f"{{{NAMESPACE}}}"
MOST_BYTES = 10 * 1024 * 1024
MOST_UNITS = 20_000
# Marks around words that stay words without them; codes would be lost without theirs.
_MARKS = frozenset({f"{_N}mrk", f"{_N}pc"})
_POINTS = frozenset({f"{_N}sm", f"{_N}em"})


class CannotRead(Refusal):
    """The file is no XLIFF 2.0 that can be taken; the sentence says what to do."""


def read(content: bytes) -> Document:
    """
    Return what stands in the file.

    A unit that a tool has divided is put together again.

    :raises CannotRead: if it is no such file, or holds what we did not write into it.
    """
    if len(content) > MOST_BYTES:
        raise CannotRead(_("The file is too large for a translation."))
    try:
        root = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as fault:
        raise CannotRead(
            _(
                "The file declares a document type or entities, which is not allowed "
                "here. Save it as XLIFF 2.0 without them."
            )
        ) from fault
    except (ParseError, ValueError, LookupError) as fault:
        raise CannotRead(
            _(
                "This is no XML file, or it is damaged. Send the XLIFF file that your "
                "translation tool saved."
            )
        ) from fault
    _refuse_other_versions(root)
    files = root.findall(f"{_N}file")
    if len(files) != 1:
        raise CannotRead(
            _("The file must hold one translation; this one holds %(count)s.")
            % {"count": len(files)}
        )
    units = tuple(_units(files[0]))
    keys = [unit.key for unit in units]
    if len(set(keys)) != len(keys):
        raise CannotRead(
            _("The file holds a text twice. Send it as your tool saved it.")
        )
    return Document(
        original=files[0].get("original", ""),
        source_language=root.get("srcLang", ""),
        target_language=root.get("trgLang", ""),
        units=units,
    )


def _refuse_other_versions(root: "Element") -> None:
    version = root.get("version", "")[:20]
    name = root.tag.rpartition("}")[2]
    if name != "xliff":
        raise CannotRead(
            _(
                "This is an XML file, but no XLIFF. Send the file from your translation tool."
            )
        )
    if version != VERSION or root.tag != f"{_N}xliff":
        raise CannotRead(
            _(
                "This is XLIFF %(version)s. Only XLIFF 2.0 is taken: choose it where "
                "your tool asks in which format to save."
            )
            % {"version": version or "?"}
        )


def _units(parent: "Element") -> Iterator[Unit]:
    """Yield the units below ``parent``, in order."""
    for count, element in enumerate(parent.iter(f"{_N}unit")):
        if count >= MOST_UNITS:
            raise CannotRead(_("The file is too large for a translation."))
        yield _unit(element)


def _unit(element: "Element") -> Unit:
    key = element.get("id", "")
    sources: list[str] = []
    targets: list[str] = []
    states: list[str] = []
    is_translated = False
    for part in element:
        if part.tag not in {f"{_N}segment", f"{_N}ignorable"}:
            continue
        source = part.find(f"{_N}source")
        target = part.find(f"{_N}target")
        if source is None:
            raise CannotRead(
                _(
                    "A text has no source: %(unit)s. Send the file as your tool saved it."
                )
                % {"unit": key[:40]}
            )
        said = _text(source, key)
        sources.append(said)
        if part.tag == f"{_N}segment":
            states.append(part.get("state", "initial"))
            is_translated = is_translated or target is not None
            targets.append("" if target is None else _text(target, key))
        else:
            # Between segments: the same in the translation, unless it says otherwise.
            targets.append(said if target is None else _text(target, key))
    if not sources:
        raise CannotRead(
            _("A text has no source: %(unit)s. Send the file as your tool saved it.")
            % {"unit": key[:40]}
        )
    return Unit(
        key=key,
        source="".join(sources),
        target="".join(targets) if is_translated else "",
        done=bool(states) and all(state != "initial" for state in states),
    )


def _text(element: "Element", key: str) -> str:
    """Return the words in ``element``, without marks that tools add around them."""
    pieces = [element.text or ""]
    for child in element:
        if child.tag == f"{_N}cp":
            pieces.append(_sign(child.get("hex", "")))
        elif child.tag in _MARKS:
            pieces.append(_text(child, key))
        elif child.tag not in _POINTS:
            raise CannotRead(
                _(
                    "The text %(unit)s holds a code that was not in the file we gave. "
                    "Remove it in your tool; plain words are all that is needed."
                )
                % {"unit": key[:40]}
            )
        pieces.append(child.tail or "")
    return "".join(pieces)


def _sign(hexadecimal: str) -> str:
    try:
        return chr(int(hexadecimal, 16))
    except (ValueError, OverflowError):
        return ""
