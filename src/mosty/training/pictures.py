"""
Pictures that somebody sends, drawn again by ourselves before they are kept.

What a file is, its first bytes say, not its name. Only PNG and JPEG are taken. The
picture that is kept is a new PNG: nothing else that the file held (places, names,
programs that hide in pictures) comes with it.
"""

import hashlib
import struct
from dataclasses import dataclass

import typst
from django.utils.translation import gettext_lazy as _

from mosty.kernel.refusal import Refusal

MOST_BYTES = 2 * 1024 * 1024
# Larger ones are refused before they are unpacked: a small file may hold a huge one.
MOST_PIXELS = 5000
# Sharp in print at the height that logos have.
DRAWN_PIXELS = 900

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
# Frames of a JPEG that say its size.
_FRAMES = {
    *range(0xC0, 0xC4),
    *range(0xC5, 0xC8),
    *range(0xC9, 0xCC),
    *range(0xCD, 0xD0),
}
_PAGE = """
#set page(width: auto, height: auto, margin: 0pt, fill: none)
#image(bytes(json(bytes(sys.inputs.data))), width: {width}pt)
"""


class NoPicture(Refusal):
    """The file is no picture that we take."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture as we drew it."""

    content: bytes
    width: int
    height: int

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the picture."""
        return hashlib.sha256(self.content).hexdigest()


def drawn_again(content: bytes) -> Drawn:
    """
    Return a PNG of what a file shows, at most 900 pixels wide.

    :raises NoPicture: if it is neither PNG nor JPEG, too large, or broken.
    """
    if len(content) > MOST_BYTES:
        raise NoPicture(_("The file is too large. At most 2 MB."))
    width, height = _size(content)
    if not (0 < width <= MOST_PIXELS and 0 < height <= MOST_PIXELS):
        raise NoPicture(_("The picture has too many pixels: 5000 a side at most."))
    scale = min(1.0, DRAWN_PIXELS / max(width, height))
    return _drawn(content, max(1, round(width * scale)))


def _drawn(content: bytes, width: int) -> Drawn:
    """
    Let Typst draw it: its reader of pictures is written in a safe language.

    :raises NoPicture: if it cannot be read.
    """
    try:
        made = typst.compile(
            _PAGE.format(width=width).encode(),
            format="png",
            ppi=72,
            font_paths=typst.Fonts(include_system_fonts=False),
            ignore_system_fonts=True,
            sys_inputs={"data": str(list(content))},
        )
    except (typst.TypstError, RuntimeError) as fault:
        raise NoPicture(_("The picture is damaged, and cannot be read.")) from fault
    png = bytes(made[0] if isinstance(made, list) else made or b"")
    return Drawn(png, *_size(png))


def _size(content: bytes) -> tuple[int, int]:
    """
    Return width and height, as the file's first parts say.

    :raises NoPicture: if it is neither PNG nor JPEG.
    """
    try:
        if content.startswith(_PNG) and content[12:16] == b"IHDR":
            width, height = struct.unpack(">II", content[16:24])
            return int(width), int(height)
        if content.startswith(_JPEG):
            return _jpeg_size(content)
    except (struct.error, IndexError) as fault:
        raise NoPicture(_("The picture is damaged, and cannot be read.")) from fault
    raise NoPicture(_("Only PNG and JPEG pictures are taken."))


def _jpeg_size(content: bytes) -> tuple[int, int]:
    at = 2
    while content[at] == 0xFF:
        kind = content[at + 1]
        if kind in _FRAMES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return int(width), int(height)
        at += 2 + int(struct.unpack(">H", content[at + 2 : at + 4])[0])
    raise IndexError
