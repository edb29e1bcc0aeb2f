"""Versions of editions, section by section. What was published never changes."""

import hashlib
import secrets
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Deferrable, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mosty.kernel.tokens import new_code
from mosty.library.models.tools import Edition


def stored_name(_version: "EditionVersion", _name: str) -> str:
    """Return where a file is kept: a random name, never the one that was sent."""
    name = secrets.token_hex(16)
    return f"editions/{name[:2]}/{name}"


class EditionVersion(models.Model):
    """
    One version of an edition: its sections, a file, an address, or only its data.

    Written by one person, approved by another, then published and never changed: the
    database refuses an approval by who wrote it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("edition", "draft")
        PROPOSED = "proposed", pgettext_lazy("edition", "waits for approval")
        PUBLISHED = "published", pgettext_lazy("edition", "published")

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    # What the edition calls itself: "2nd edition, 2021".
    label = models.CharField(_("its own version"), max_length=100, blank=True)
    title = models.CharField(_("title"), max_length=300)
    note = models.CharField(_("what is new"), max_length=500, blank=True)
    url = models.URLField(_("where it is published"), max_length=1000, blank=True)
    # The version of the source from which it was translated.
    translates = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+"
    )
    file = models.FileField(upload_to=stored_name, max_length=200, blank=True)
    name = models.CharField(max_length=120, blank=True)
    size = models.PositiveIntegerField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    content_type = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    # As the ledger names those who wrote it: none of them may approve it.
    writers = ArrayField(models.CharField(max_length=120), default=list)
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    approver = models.CharField(max_length=120, blank=True)
    approved_by = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("version of an edition")
        ordering: ClassVar = ["edition_id", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["edition", "number"], name="edition_version_once"
            ),
            models.UniqueConstraint(
                fields=["edition"],
                condition=Q(state__in=["draft", "proposed"]),
                name="edition_one_open_version",
            ),
            models.UniqueConstraint(
                fields=["file"], condition=~Q(file=""), name="edition_file_once"
            ),
            models.CheckConstraint(
                condition=Q(file="", name="", sha256="", content_type="", size=None)
                | (
                    Q(size__gte=1, sha256__regex="^[0-9a-f]{64}$")
                    & ~Q(file="")
                    & ~Q(name="")
                    & ~Q(content_type="")
                ),
                name="edition_file_is_described",
            ),
            models.CheckConstraint(
                condition=Q(url="") | Q(url__startswith="https://"),
                name="edition_url_is_https",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state="published", published_at__isnull=False)
                    & ~Q(approver="")
                    & ~Q(approved_by="")
                )
                | Q(
                    state__in=["draft", "proposed"],
                    published_at__isnull=True,
                    approver="",
                    approved_by="",
                ),
                name="edition_published_is_approved",
            ),
        ]

    def __str__(self) -> str:
        return self.title


def digest_of(title: str, text: str) -> str:
    """Return what tells two states of a section apart; the database checks it."""
    return hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()


class Section(models.Model):
    """
    One section of a version. ``key`` is the same in all versions and languages.

    A translated one keeps the digest of the words it was translated from: where the
    source says something else today, the translation is out of date.
    """

    version = models.ForeignKey(EditionVersion, models.CASCADE, related_name="sections")
    order = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=12, default=new_code)
    title = models.CharField(_("heading"), max_length=300, blank=True)
    text = models.TextField(_("text"), blank=True)
    digest = models.CharField(max_length=64)
    source_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("section")
        ordering: ClassVar = ["version_id", "order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "key"], name="section_key_once"),
            models.UniqueConstraint(
                fields=["version", "order"],
                deferrable=Deferrable.DEFERRED,
                name="section_order_once",
            ),
            models.CheckConstraint(
                condition=Q(source_digest__regex="^([0-9a-f]{64})?$"),
                name="section_source_is_a_digest",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        """Save, with its digest."""
        self.digest = digest_of(self.title, self.text)
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
