"""Keeping a file on the disk for exactly as long as its row is kept."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.files.base import ContentFile
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _

from mosty.kernel.files.refusals import CannotTake

_NO_ROOM = _("The file could not be stored here. Tell the administrator.")


@contextmanager
def on_disk(file: FieldFile, name: str, content: bytes) -> Iterator[None]:
    """
    Keep ``content`` as ``file`` for as long as what follows succeeds.

    :raises CannotTake: if the disk refuses it.
    """
    try:
        file.save(name, ContentFile(content), save=False)
    except OSError as fault:
        raise CannotTake(_NO_ROOM, fields={"file": _NO_ROOM}) from fault
    try:
        yield
    except BaseException:
        file.storage.delete(str(file.name))
        raise
