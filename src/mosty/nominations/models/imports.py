"""A file of nominations on its way in."""

from typing import ClassVar

from django.db import models

from mosty.directory.models import Organisation
from mosty.importing.models import WaitingFile, waits_once
from mosty.nominations.models.calls import Call


class ImportedFile(WaitingFile):
    """
    An uploaded list of nominations.

    What its report keeps speaks of lines and codes, not of people.
    """

    along = ("call__course__programme",)

    call = models.ForeignKey(Call, models.CASCADE, related_name="+")
    # Set where a city imports: its rows can only be its own.
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta(WaitingFile.Meta):
        constraints: ClassVar = [
            *WaitingFile.Meta.constraints,
            waits_once("call", "organisation"),
        ]

    @property
    def scope(self) -> str:
        """Return the call."""
        return self.call.slug
