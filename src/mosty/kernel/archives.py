"""What must hold of any archive that somebody sends, whatever it should be."""

import io
import struct
import zipfile
import zlib

# What reading an archive raises where it is damaged, or made to harm.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    # A kind of compression that Python does not have.
    NotImplementedError,
    UnicodeError,
    ValueError,
)
_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1


def has_more_entries(content: bytes, most: int) -> bool:
    """
    Test if ``content`` seems to have more than ``most`` entries, before it is opened.

    Before the directory becomes objects: an empty entry takes but 46 bytes.
    """
    return content.count(_ENTRY) > most


def opened(content: bytes) -> zipfile.ZipFile:
    """
    Return the archive in ``content``.

    :raises zipfile.BadZipFile: or another of ``BROKEN``, if there is none.
    """
    return zipfile.ZipFile(io.BytesIO(content))


def is_encrypted(entry: zipfile.ZipInfo) -> bool:
    """Test if a password is needed to read ``entry``."""
    return bool(entry.flag_bits & _ENCRYPTED)
