"""What a course hands on: handouts, case studies, tools. A new one never hides the old."""

import secrets
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from i18nfield.fields import I18nCharField

from mosty.programmes.models import Course, Session


class Licence(models.TextChoices):
    """What others may do with a material."""

    CC_BY = "cc-by-4.0", "CC BY 4.0"
    CC_BY_SA = "cc-by-sa-4.0", "CC BY-SA 4.0"
    CC0 = "cc0-1.0", "CC0 1.0"
    RESERVED = "reserved", _("all rights reserved; used here with permission")
    OTHER = "other", pgettext_lazy("licence", "other")


class Access(models.TextChoices):
    """Who may read a material, each level with those before it."""

    PARTICIPANTS = "participants", _("participants of this course")
    NETWORK = "network", _("the city network")
    PUBLIC = "public", _("everybody")


class Material(models.Model):
    """
    One handout or tool of a course, through all its versions.

    Changes only through :mod:`mosty.training.actions.materials`. Who has opened it is
    kept nowhere.
    """

    # A course with materials is not deleted: files on the disk would have no row.
    course = models.ForeignKey(Course, models.PROTECT, related_name="+")
    # Of the same course, which a trigger holds. Without one: of the whole course. A
    # session that goes leaves its materials to the course.
    session = models.ForeignKey(
        Session, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    title = I18nCharField(_("title"), max_length=500)
    is_case_study = models.BooleanField(_("case study"), default=False)
    language = models.CharField(_("language"), max_length=10)
    licence = models.CharField(_("licence"), max_length=20, choices=Licence)
    licence_text = models.CharField(_("which licence"), max_length=300, blank=True)
    access = models.CharField(_("who may read it"), max_length=20, choices=Access)
    # Rises with every change: who read an older state writes over nothing.
    revision = models.PositiveIntegerField(default=1)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=300, blank=True)
    withdrawn_reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("material")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    withdrawn_at__isnull=True, withdrawn_by="", withdrawn_reason=""
                )
                | (
                    Q(withdrawn_at__isnull=False)
                    & ~Q(withdrawn_by="")
                    & ~Q(withdrawn_reason="")
                ),
                name="material_withdrawn_has_reason",
            ),
            models.CheckConstraint(
                condition=(Q(licence="other") & ~Q(licence_text=""))
                | (~Q(licence="other") & Q(licence_text="")),
                name="material_other_licence_is_said",
            ),
            models.CheckConstraint(
                condition=Q(licence__in=Licence.values), name="material_licence_known"
            ),
            models.CheckConstraint(
                condition=Q(access__in=Access.values), name="material_access_known"
            ),
            models.CheckConstraint(
                condition=~Q(language=""), name="material_has_a_language"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["course"], name="material_by_course")]

    def __str__(self) -> str:
        return str(self.title)


def stored_name(_version: "MaterialVersion", _name: str) -> str:
    """Return where a file is kept: a random name, never the one that was sent."""
    name = secrets.token_hex(16)
    return f"materials/{name[:2]}/{name}"


class MaterialVersion(models.Model):
    """One version of a material, which never changes: a file or an address."""

    class Kind(models.TextChoices):
        FILE = "file", pgettext_lazy("material", "file")
        LINK = "link", pgettext_lazy("material", "link")

    material = models.ForeignKey(Material, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    file = models.FileField(upload_to=stored_name, max_length=200, blank=True)
    # As it is handed out: cleaned, with the ending of what the file is.
    name = models.CharField(max_length=120, blank=True)
    size = models.PositiveIntegerField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    content_type = models.CharField(max_length=120, blank=True)
    url = models.URLField(max_length=1000, blank=True)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("version of a material")
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["material", "number"], name="material_version_once"
            ),
            models.UniqueConstraint(
                fields=["file"], condition=~Q(file=""), name="material_file_once"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="material_version_from_one"
            ),
            models.CheckConstraint(
                condition=(
                    Q(
                        kind="file",
                        url="",
                        size__isnull=False,
                        size__gte=1,
                        sha256__regex="^[0-9a-f]{64}$",
                    )
                    & ~Q(file="")
                    & ~Q(name="")
                    & ~Q(content_type="")
                )
                | Q(
                    kind="link",
                    url__startswith="https://",
                    file="",
                    name="",
                    sha256="",
                    content_type="",
                    size__isnull=True,
                ),
                name="material_is_file_or_link",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.material_id}, {self.number}"
