"""Tools that are handed on: handbooks, manuals, checklists, each in several languages."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from i18nfield.fields import I18nCharField, I18nTextField

from mosty.library.models.retiring import retired_has_reason
from mosty.library.models.words import Area
from mosty.programmes.models import Course
from mosty.training.models import Licence


class Tool(models.Model):
    """One handbook, manual or checklist, whatever languages it is in."""

    class Kind(models.TextChoices):
        HANDBOOK = "handbook", _("handbook")
        MANUAL = "manual", _("manual")
        CHECKLIST = "checklist", _("checklist")
        OTHER = "other", pgettext_lazy("tool", "other")

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    name = I18nCharField(_("name"), max_length=500)
    summary = I18nTextField(_("in short"), max_length=6000, blank=True)
    # Whose tool it is, as it names itself: often no organisation of the directory.
    issuer = models.CharField(pgettext_lazy("tool", "published by"), max_length=300)
    areas = ArrayField(
        models.CharField(max_length=20, choices=Area),
        verbose_name=_("policy areas"),
        default=list,
        blank=True,
    )
    courses = models.ManyToManyField(Course, related_name="+", blank=True)
    # Rises with every change: who read an older state writes over nothing.
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.CharField(max_length=300, blank=True)
    retired_reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("tool")
        ordering: ClassVar = ["slug"]
        constraints: ClassVar = [
            retired_has_reason("tool_retired_has_reason"),
            models.CheckConstraint(
                condition=Q(areas__contained_by=Area.values), name="tool_areas_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


class Edition(models.Model):
    """A tool in one language: the one it was written in, or a translation."""

    tool = models.ForeignKey(Tool, models.PROTECT, related_name="editions")
    language = models.CharField(_("language"), max_length=10)
    is_source = models.BooleanField(_("written in this language"), default=False)
    translator = models.CharField(_("translated by"), max_length=300, blank=True)
    licence = models.CharField(_("licence"), max_length=20, choices=Licence)
    licence_text = models.CharField(_("which licence"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("edition of a tool")
        ordering: ClassVar = ["tool_id", "-is_source", "language"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tool", "language"], name="edition_one_a_language"
            ),
            models.UniqueConstraint(
                fields=["tool"],
                condition=Q(is_source=True),
                name="edition_one_source",
            ),
            models.CheckConstraint(
                condition=Q(is_source=True, translator="")
                | (Q(is_source=False) & ~Q(translator="")),
                name="edition_translator_is_named",
            ),
            models.CheckConstraint(
                condition=(Q(licence="other") & ~Q(licence_text=""))
                | (~Q(licence="other") & Q(licence_text="")),
                name="edition_other_licence_is_said",
            ),
            models.CheckConstraint(
                condition=Q(licence__in=Licence.values), name="edition_licence_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tool_id}, {self.language}"
