"""What is always true of a file on its way in."""

from abc import ABCMeta, abstractmethod
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.base import ModelBase
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """How far a file has come."""

    UPLOADED = "uploaded", _("to be checked")
    DONE = "done", _("taken over")
    DROPPED = "dropped", _("dropped")


class _AbstractModel(ABCMeta, ModelBase):
    """Refuses to make a row of a model that leaves open what it must say."""


class WaitingFile(models.Model, metaclass=_AbstractModel):
    """
    A list from its upload on: read once, mapped, tried, taken over whole or not at all.

    ``header`` and ``rows`` are gone once it no longer waits; ``report`` stays. An app's
    own model says whose file it is, and adds :func:`waits_once` to the constraints.
    """

    # The rows that are asked for along with it: what its scope and its policy need.
    along: ClassVar[tuple[str, ...]] = ()

    digest = models.CharField(max_length=64)
    file_name = models.CharField(max_length=200)
    # The names of all columns.
    header = models.JSONField(default=list)
    # Each row: its number in the file, and its cells.
    rows = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.UPLOADED)
    uploaded_by = models.CharField(max_length=300)
    uploaded_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        verbose_name = _("imported file")
        ordering: ClassVar = ["-uploaded_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=["uploaded", "dropped"])
                | Q(done_at__isnull=False),
                name="%(app_label)s_import_done_has_time",
            ),
            models.CheckConstraint(
                condition=Q(state="uploaded") | Q(rows=[]),
                name="%(app_label)s_import_keeps_no_rows",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    @abstractmethod
    def scope(self) -> str:
        """Return under which name the ledger keeps what becomes of it."""


def waits_once(*whose: str) -> models.UniqueConstraint:
    """Return that the same file of the same owners, by their fields, waits only once."""
    return models.UniqueConstraint(
        fields=[*whose, "digest"],
        condition=Q(state="uploaded"),
        nulls_distinct=False,
        name="%(app_label)s_import_waits_once",
    )
