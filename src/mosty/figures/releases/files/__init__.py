"""The files a release is handed out as, all made of its artefact."""

from mosty.figures.releases.files.flat import (
    DICTIONARY,
    HEADER,
    csv,
    dictionary,
    rows,
    xlsx,
)

__all__ = ["DICTIONARY", "HEADER", "csv", "dictionary", "rows", "xlsx"]
