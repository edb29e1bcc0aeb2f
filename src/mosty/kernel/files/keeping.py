"""Keeping a file on the disk for exactly as long as its row is kept."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _

from mosty.kernel.files.refusals import CannotTake

_NO_ROOM = _("The file could not be stored here. Tell the administrator.")


class WholeFiles(FileSystemStorage):
    """Files on the disk, of which no half stays when the disk is full."""

    def _save(self, name: str, content: Any) -> str:
        try:
            return str(super()._save(name, content))  # type: ignore[misc]  # not in the stubs
        except OSError:
            # Names are random: nobody else's file is called so.
            with suppress(OSError):
                self.delete(name)
            raise


@contextmanager
def on_disk(
    file: FieldFile, name: str, content: bytes, *, field: str = "file"
) -> Iterator[None]:
    """
    Keep ``content`` as ``file`` for as long as what follows succeeds.

    :raises CannotTake: if the disk refuses it; shown at the form's ``field``.
    """
    try:
        file.save(name, ContentFile(content), save=False)
    except OSError as fault:
        raise CannotTake(_NO_ROOM, fields={field: _NO_ROOM}) from fault
    try:
        yield
    except BaseException:
        file.storage.delete(str(file.name))
        raise
