"""Consultations: what was talked about, never with whom."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mosty.infopoint.models.changes import Change
from mosty.infopoint.models.codes import Code
from mosty.infopoint.models.imports import ImportedFile
from mosty.infopoint.models.points import Operation, Point


class Returning(models.TextChoices):
    """Whether somebody has been here before, as the staff say."""

    NEW = "new", pgettext_lazy("visitor", "first time")
    RETURNING = "returning", pgettext_lazy("visitor", "has been here before")
    UNKNOWN = "unknown", pgettext_lazy("visitor", "not known")


class State(models.TextChoices):
    """Whether a record counts."""

    COUNTED = "counted", pgettext_lazy("record", "counts")
    # Came after its period was closed; waits for the lead.
    LATE = "late", pgettext_lazy("record", "late, waits")
    REFUSED = "refused", pgettext_lazy("record", "late, refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("record", "withdrawn")


def code(
    *, required: bool = False, locked: bool = True
) -> "models.ForeignKey[Code, Code]":
    """
    Return a key of one code; its list is the field's name.

    Without ``locked`` the row's guard looks at the code, and no constraint does.
    """
    return models.ForeignKey(
        Code,
        models.PROTECT,
        null=not required,
        blank=not required,
        related_name="+",
        # A dozen indexes would cost every recording more than they ever save.
        db_index=False,
        db_constraint=locked,
    )


class Consultation(models.Model):
    """
    One talk, by phone, in person or in writing.

    Written only by :mod:`mosty.infopoint.actions`. The database refuses codes of another
    list, or that did not hold on the day; a day before the point opened, of another
    operation, or to come; a change that does not keep the old version with a reason; and
    in a closed period whatever does not say that it is late or a revision.
    """

    # Made by the device. It is also the form's receipt: the same form sent twice has the
    # same key, and is one row.
    key = models.UUIDField(primary_key=True)
    # No constraint for what a record names: everybody who records would lock the same few
    # rows. The record's guard looks at each, and none is ever deleted.
    point = models.ForeignKey(
        Point, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    operation = models.ForeignKey(
        Operation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    # On the point's clocks.
    day = models.DateField(_("day"))
    channel = code(required=True, locked=False)
    language = code(required=True, locked=False)
    # Keys of codes, the main one first. An array and no table: what a record says is one
    # row, which is changed, kept and guarded as a whole. The view
    # ``infopoint_consultation_topic`` has a row for each.
    topics = ArrayField(models.BigIntegerField())
    nationality = code(locked=False)
    sex = code(locked=False)
    age_band = code(locked=False)
    legal_status = code(locked=False)
    district = code(locked=False)
    duration = code(locked=False)
    outcome = code(required=True, locked=False)
    referral = code(locked=False)
    funder = code(locked=False)
    interpreter = models.BooleanField(_("with an interpreter"), default=False)
    returning = models.CharField(
        max_length=10, choices=Returning, default=Returning.UNKNOWN
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.COUNTED)
    # Came after its period was closed, whatever became of it.
    is_late = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    # As the ledger names whoever recorded it.
    recorder_key = models.CharField(max_length=120)
    # Rises by one with every correction.
    version = models.PositiveSmallIntegerField(default=1)
    # The file of a past year that it came from; it never changes.
    imported = models.ForeignKey(
        ImportedFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )

    class Meta:
        verbose_name = _("consultation")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(topics__len__gte=1), name="consultation_has_a_topic"
            ),
            models.CheckConstraint(
                condition=Q(is_late=True) | Q(state__in=["counted", "withdrawn"]),
                name="consultation_waits_only_if_late",
            ),
            models.CheckConstraint(
                condition=Q(version__gte=1), name="consultation_version_from_one"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["point", "day"], name="consultation_by_day"),
            models.Index(
                fields=["recorder_key", "-recorded_at"], name="consultation_by_recorder"
            ),
            models.Index(
                fields=["point"],
                condition=Q(state="late"),
                name="consultation_waiting",
            ),
            models.Index(
                fields=["imported"],
                condition=Q(imported__isnull=False),
                name="consultation_imported",
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)


class ConsultationChange(Change):
    """What a record said before it was changed, who changed it, and why."""

    consultation = models.ForeignKey(
        Consultation, models.CASCADE, related_name="changes"
    )

    class Meta:
        verbose_name = _("correction of a consultation")
        ordering: ClassVar = ["version"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["consultation", "version"], name="consultation_change_once"
            ),
            models.CheckConstraint(
                condition=~Q(reason=""), name="consultation_change_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id}, {self.version}"
