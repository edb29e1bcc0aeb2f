"""A course of a programme, what it is about and who provides what."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField

from mosty.directory.models import Organisation
from mosty.programmes.models.programmes import Programme


class Course(models.Model):
    """One training course."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="courses")
    slug = models.SlugField(_("address"), max_length=60)
    part = models.PositiveSmallIntegerField(_("part"), null=True, blank=True)
    title = I18nCharField(_("title"), max_length=500)
    summary = I18nTextField(_("in short"), max_length=6000, blank=True)
    languages = ArrayField(models.CharField(max_length=10), verbose_name=_("languages"))
    capacity = models.PositiveSmallIntegerField(
        _("participants"), null=True, blank=True
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    place = I18nCharField(_("place"), max_length=300, blank=True)
    # Dates, places and sessions that no source gives are shown with this word.
    is_illustrative = models.BooleanField(_("dates are illustrative"), default=False)
    is_published = models.BooleanField(_("published"), default=False)
    source = models.CharField(_("source"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("course")
        ordering: ClassVar = ["starts_on", "part", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "slug"], name="course_slug_once"
            ),
            models.UniqueConstraint(
                fields=["programme", "part"],
                condition=Q(part__isnull=False),
                name="course_part_once",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="course_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gte=1),
                name="course_capacity_positive",
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)


class Topic(models.Model):
    """One topic of a course, in order."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="topics")
    order = models.PositiveSmallIntegerField()
    text = I18nCharField(max_length=500)

    class Meta:
        verbose_name = _("topic")
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["course", "order"],
                deferrable=models.Deferrable.DEFERRED,
                name="topic_order_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.text)


class Provision(models.Model):
    """Who provides what for a course."""

    class What(models.TextChoices):
        VENUE = "venue", _("venue")
        MATERIALS = "materials", _("materials")
        DINNER = "dinner", _("dinner")
        TRAINERS = "trainers", _("trainers")

    course = models.ForeignKey(Course, models.CASCADE, related_name="provisions")
    what = models.CharField(_("what"), max_length=20, choices=What)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("provided by")
    )

    class Meta:
        verbose_name = _("provision")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["course", "what", "organisation"], name="provision_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what}: {self.organisation}"
