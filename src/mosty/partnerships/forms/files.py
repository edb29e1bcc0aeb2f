"""Files of actors and ties that are sent, and the same lines once they were looked at."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from mosty.kernel.sheets.limits import MAX_BYTES
from mosty.kernel.sheets.refusals import TOO_BIG
from mosty.partnerships.tables import reading
from mosty.partnerships.tables.reading import Fault, Line

_SALT = "mosty.partnerships.files"
# So long may somebody look at what would change.
_LASTS = 4 * 60 * 60


class FilesForm(forms.Form):
    """A table of actors, one of ties, or both."""

    actors = forms.FileField(
        label=_("Actors (CSV or XLSX)"),
        required=False,
        help_text=_(
            "Columns: Label, Type, Tags, Description, Level, and your own views."
        ),
    )
    ties = forms.FileField(
        label=_("Ties (CSV or XLSX)"),
        required=False,
        help_text=_("Columns: From, To, Type, Direction, Strength, Agreement."),
    )

    def clean(self) -> dict[str, Any]:
        """Read both, so that all faults are shown at once."""
        given = super().clean() or self.cleaned_data
        if not given.get("actors") and not given.get("ties"):
            raise forms.ValidationError(_("Choose a file."))
        self.faults: list[Fault] = []
        self.lines: dict[str, tuple[Line, ...]] = {"actors": (), "ties": ()}
        for name, read in (("actors", reading.actors), ("ties", reading.ties)):
            if file := given.get(name):
                if (file.size or 0) > MAX_BYTES:
                    self.add_error(name, str(TOO_BIG))
                    continue
                found = read(file.read(), file.name)
                self.lines[name], faults = found.lines, found.faults
                self.faults += faults
        return given


def pack(map_key: int, actors: Sequence[Line], ties: Sequence[Line]) -> str:
    """Return the lines as a text that only this installation can have written."""
    packed = [
        [[one.number, dict(one.values)] for one in lines] for lines in (actors, ties)
    ]
    return signing.dumps([map_key, *packed], salt=_SALT, compress=True)


def unpack(map_key: int, text: str) -> tuple[list[Line], list[Line]] | None:
    """Return the lines that :func:`pack` was given; None for anything else, or too old."""
    try:
        of, actors, ties = signing.loads(text, salt=_SALT, max_age=_LASTS)
    except (signing.BadSignature, ValueError):
        return None
    if of != map_key:
        return None
    return (
        [Line(number, values) for number, values in actors],
        [Line(number, values) for number, values in ties],
    )
