"""How long single fields of records are kept, and salts that make visitors pseudonymous."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mosty.infopoint.models.codes import Kind
from mosty.infopoint.models.points import Point


class Retention(models.Model):
    """
    That a field of the point's records is blanked so many months after their day.

    Only in a year that is closed and of which a release is published: its figures are
    kept there. The database lets a record lose the field then, and at no other time
    without a new version.
    """

    class Field(models.TextChoices):
        """What can be blanked: what a record can do without."""

        NATIONALITY = "nationality", Kind.NATIONALITY.label
        SEX = "sex", Kind.SEX.label
        AGE_BAND = "age_band", Kind.AGE_BAND.label
        LEGAL_STATUS = "legal_status", Kind.LEGAL_STATUS.label
        DISTRICT = "district", Kind.DISTRICT.label
        DURATION = "duration", Kind.DURATION.label
        REFERRAL = "referral", Kind.REFERRAL.label
        FUNDER = "funder", Kind.FUNDER.label
        NOTE = "note", _("Note")

    point = models.ForeignKey(Point, models.PROTECT, related_name="+")
    field = models.CharField(max_length=20, choices=Field)
    months = models.PositiveSmallIntegerField(_("months"))

    class Meta:
        verbose_name = _("retention of a field")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["point", "field"], name="retention_once_for_a_field"
            ),
            models.CheckConstraint(
                condition=Q(months__range=(1, 240)), name="retention_of_some_months"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.months}"


class Blanking(models.Model):
    """That a field was blanked in records of a year, and in how many so far."""

    point = models.ForeignKey(Point, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    field = models.CharField(max_length=20, choices=Retention.Field)
    records = models.PositiveIntegerField()
    last_at = models.DateTimeField()

    class Meta:
        verbose_name = _("blanked field of a year")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["point", "year", "field"], name="blanking_once_for_a_field"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.field}"


class Salt(models.Model):
    """
    What turns what staff type of a visitor into a pseudonym, for one point and year.

    Destroyed when the year is over, and the pseudonyms with it: the database refuses to
    give a destroyed one back, or another in its place.
    """

    point = models.ForeignKey(Point, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    salt = models.BinaryField(null=True)
    destroyed_at = models.DateTimeField(null=True, blank=True)
    # How many visitors there were, known once the pseudonyms are gone.
    visitors = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("pseudonyms", "salt of a year")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["point", "year"], name="salt_once_a_year"),
            models.CheckConstraint(
                condition=Q(salt__isnull=True, destroyed_at__isnull=False)
                | Q(salt__isnull=False, destroyed_at__isnull=True),
                name="salt_is_there_or_destroyed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.point_id}, {self.year}"


class Visitor(models.Model):
    """A pseudonym that was seen in a salt's year; joined to no record."""

    salt = models.ForeignKey(Salt, models.CASCADE, related_name="+", db_index=False)
    digest = models.BinaryField()

    class Meta:
        verbose_name = pgettext_lazy("pseudonyms", "visitor")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["salt", "digest"], name="visitor_once"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
