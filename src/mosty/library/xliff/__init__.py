"""
Translations out and in as XLIFF 2.0 (OASIS, 2014), for whatever tool a translator uses.

Pure: from texts to bytes and back, without database. A section is a group of two units,
its heading and its text.
"""

from mosty.library.xliff.model import Document, Unit
from mosty.library.xliff.read import CannotRead, read
from mosty.library.xliff.write import write

__all__ = ["CannotRead", "Document", "Unit", "read", "write"]
