"""What stays on the disk, and what does not."""

from collections.abc import Iterator

import pytest
from django.core.files.base import ContentFile

from mosty.kernel.files import WholeFiles


class TooLarge(ContentFile):
    """A file of which the disk takes one half."""

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        yield b"half"
        raise OSError(28, "No space left on device")


def test_a_full_disk_keeps_no_half_of_a_file(tmp_path):
    files = WholeFiles(location=tmp_path)
    files.save("a", ContentFile(b"whole"))
    with pytest.raises(OSError, match="No space"):
        files.save("b", TooLarge(b"both halves"))
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
