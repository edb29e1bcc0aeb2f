"""Sessions of a course: when, where, with whom. Nobody and no room is needed twice."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import (
    DateTimeRangeField,
    RangeBoundary,
    RangeOperators,
)
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Deferrable, F, Func, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from i18nfield.fields import I18nCharField

from mosty.directory.models import Person
from mosty.programmes.models.courses import Course


class Session(models.Model):
    """
    One half-day or less of a course, for which attendance is taken.

    The rows are the draft of the timetable; the public sees the last
    :class:`~mosty.programmes.models.TimetableVersion`.
    """

    course = models.ForeignKey(Course, models.CASCADE, related_name="sessions")
    # What calendars know the session by, for ever.
    uid = models.UUIDField(unique=True, editable=False, db_default=RandomUUID())
    title = I18nCharField(_("title"), max_length=500)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))
    room = models.CharField(_("room"), max_length=120, blank=True)
    # Place and room folded, written by a trigger; empty where no room is needed.
    room_key = models.CharField(
        max_length=500, blank=True, editable=False, default="", db_default=""
    )
    # How to join from afar: for participants and trainers, never for the public.
    online = models.URLField(_("link for joining online"), max_length=500, blank=True)
    # It keeps its attendance marks, and needs neither room nor trainer any more.
    is_cancelled = models.BooleanField(
        pgettext_lazy("session", "cancelled"), default=False
    )

    class Meta:
        verbose_name = _("session")
        ordering: ClassVar = ["starts_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_start"
            ),
            # Checked at the end of the transaction: two sessions may swap their rooms.
            ExclusionConstraint(
                name="session_room_once",
                expressions=[
                    ("room_key", RangeOperators.EQUAL),
                    (
                        Func(
                            "starts_at",
                            "ends_at",
                            RangeBoundary(),
                            function="tstzrange",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=~Q(room_key="") & Q(is_cancelled=False),
                deferrable=Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)


class SessionTrainer(models.Model):
    """That a person leads a session."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="trainers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    # From when until when, as the session has it: kept in step by triggers, so that
    # the constraint below can see it. Null for a cancelled session.
    during = DateTimeRangeField(null=True, editable=False)

    class Meta:
        verbose_name = _("trainer of a session")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["session", "person"], name="session_trainer_once"
            ),
            ExclusionConstraint(
                name="session_trainer_in_one_place",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                deferrable=Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.session}"
