"""What stands in a file for translators."""

from dataclasses import dataclass

# The namespace of all 2.x versions is that of 2.0; the attribute tells them apart.
NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
VERSION = "2.0"


@dataclass(frozen=True, slots=True)
class Unit:
    """
    One text and its translation, if there is any.

    ``done``: the translator says that it fits the source as it is now.
    """

    key: str
    source: str
    target: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """Texts of one version of a source, and their translations into one language."""

    # Names tool, language and version of the source: "anti-rumours/en/3".
    original: str
    source_language: str
    target_language: str
    units: tuple[Unit, ...]
