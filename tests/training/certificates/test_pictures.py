"""Logos: what is taken, and what is kept of it."""

import struct
import zlib

import pytest

from mosty.training import pictures


def png(width, height, *, text=b""):
    """Return a red PNG; ``text`` hides in it."""

    def part(kind, body):
        return (
            struct.pack(">I", len(body))
            + kind
            + body
            + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    lines = (b"\0" + b"\xff\0\0" * width) * height
    return (
        b"\x89PNG\r\n\x1a\n"
        + part(b"IHDR", head)
        + (part(b"tEXt", b"Comment\0" + text) if text else b"")
        + part(b"IDAT", zlib.compress(lines))
        + part(b"IEND", b"")
    )


def jpeg():
    """Return a JPEG of 3 by 2 pixels, made by the same program that draws ours."""
    return (pictures.Path(__file__).parent / "logo.jpg").read_bytes()


def test_what_is_kept_is_a_picture_of_ours():
    made = pictures.drawn_again(png(1800, 600, text=b"made at home"))
    assert (made.width, made.height) == (900, 300)
    assert made.content.startswith(b"\x89PNG")
    assert b"made at home" not in made.content


def test_the_same_picture_is_the_same():
    assert (
        pictures.drawn_again(png(30, 20)).digest
        == pictures.drawn_again(png(30, 20, text=b"other")).digest
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    (
        (b"", "Only PNG and JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Only PNG and JPEG"),
        (b"GIF89a" + b"\0" * 40, "Only PNG and JPEG"),
        (b"%PDF-1.7", "Only PNG and JPEG"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "Only PNG and JPEG"),
        (png(30, 20)[:60], "damaged"),
        (b"\xff\xd8\xff\xe0", "damaged"),
        (b"\xff\xd8\xff\xc0\x00\x0b\x08\x00\x10\x00\x10\x01", "damaged"),
        (png(5001, 1), "too many pixels"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * pictures.MOST_BYTES, "too large"),
    ),
)
def test_what_is_no_picture_is_refused(content, sentence):
    with pytest.raises(pictures.NoPicture, match=sentence):
        pictures.drawn_again(content)
