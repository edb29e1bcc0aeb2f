"""What cities ask each other for, and what they offer."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from i18nfield.fields import I18nCharField

from mosty.directory.models import Organisation
from mosty.plans.models.lines import Action
from mosty.plans.models.plans import Plan


class HelpKind(models.TextChoices):
    """Which way help goes."""

    ASK = "ask", pgettext_lazy("help", "we ask for help")
    OFFER = "offer", pgettext_lazy("help", "we offer help")


class HelpNote(models.Model):
    """One thing asked for or offered by the city of a plan, to the programme's cities."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="help_notes")
    action = models.ForeignKey(
        Action, models.PROTECT, null=True, blank=True, related_name="help_notes"
    )
    kind = models.CharField(max_length=10, choices=HelpKind)
    topic = I18nCharField(_("topic"), max_length=1000, blank=True)
    topic_key = models.CharField(max_length=200, blank=True)
    text = models.CharField(_("what about"), max_length=1000)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=300)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("ask or offer")
        ordering: ClassVar = ["-made_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=HelpKind.values) & ~Q(text=""),
                name="help_note_says_what",
            ),
            # A newer word on the same action takes the place of the older one.
            models.UniqueConstraint(
                fields=["action", "kind"],
                condition=Q(ended_at__isnull=True, action__isnull=False),
                name="help_note_one_open_an_action",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["topic_key", "kind"],
                condition=Q(ended_at__isnull=True),
                name="help_note_open_by_topic",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.text}"


class HelpAnswer(models.Model):
    """That another city has answered a note: its contact was written to, once."""

    note = models.ForeignKey(HelpNote, models.PROTECT, related_name="answers")
    city = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    text = models.CharField(_("message"), max_length=1000)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("answer to an ask or offer")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["note", "city"], name="help_answer_once_a_city"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.city_id}, {self.note_id}"
