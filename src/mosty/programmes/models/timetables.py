"""The timetable as it was published. What was published never changes."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mosty.programmes.models.courses import Course


class TimetableVersion(models.Model):
    """
    The whole timetable of a course at the moment when it was published.

    ``content`` is read and written by :mod:`mosty.programmes.timetable`. Rows are added
    by :mod:`mosty.programmes.actions.timetables` and are final: a trigger sees to it.
    """

    course = models.ForeignKey(Course, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    published_at = models.DateTimeField(_("published"))
    # In words, as the ledger has it: accounts come and go.
    published_by = models.CharField(_("published by"), max_length=300)
    note = models.CharField(_("note"), max_length=500, blank=True)
    content = models.JSONField()

    class Meta:
        verbose_name = _("version of a timetable")
        ordering: ClassVar = ["course_id", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["course", "number"], name="timetable_version_once"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="timetable_version_from_one"
            ),
        ]
        indexes: ClassVar = [
            # Finds the timetables in which a trainer stands.
            GinIndex(
                fields=["content"],
                name="timetable_by_content",
                opclasses=["jsonb_path_ops"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course_id}, {self.number}"
