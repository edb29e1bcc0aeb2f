"""Sessions of a course: when, where, with whom."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField

from mosty.directory.models import Person
from mosty.programmes.models.courses import Course


class Session(models.Model):
    """One half-day or less of a course, for which attendance is taken."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="sessions")
    title = I18nCharField(_("title"), max_length=500)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))
    room = models.CharField(_("room"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("session")
        ordering: ClassVar = ["starts_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)


class SessionTrainer(models.Model):
    """That a person leads a session."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="trainers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("trainer of a session")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["session", "person"], name="session_trainer_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.session}"
