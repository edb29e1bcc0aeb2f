"""What a city has agreed with others, and the documents."""

import secrets
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mosty.directory.models import Organisation


class Agreement(models.Model):
    """
    An agreement of a city with organisations that it names. Only the city sees it.

    Written only by :mod:`mosty.partnerships.actions.agreements`; it ends, with a reason,
    and is never deleted.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("agreement", "being prepared")
        IN_FORCE = "in-force", pgettext_lazy("agreement", "in force")
        ENDED = "ended", pgettext_lazy("agreement", "ended")

    city = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=200)
    # The other parties, by the names of organisations; the city itself is always one.
    parties = ArrayField(models.CharField(max_length=200))
    scope = models.TextField(_("scope"), max_length=2000, blank=True)
    roles = models.TextField(_("who does what"), max_length=2000, blank=True)
    resources = models.TextField(_("resources"), max_length=2000, blank=True)
    data_sharing = models.TextField(
        _("data sharing clause"), max_length=2000, blank=True
    )
    starts_on = models.DateField(_("start"), null=True, blank=True)
    ends_on = models.DateField(_("end"), null=True, blank=True)
    review_on = models.DateField(_("next review"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    ended_reason = models.CharField(_("reason"), max_length=500, blank=True)
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("agreement")
        ordering: ClassVar = ["title", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(title=""), name="agreement_has_a_title"
            ),
            # Files name it by its title.
            models.UniqueConstraint(
                fields=["city", "title"], name="agreement_title_once"
            ),
            models.CheckConstraint(
                condition=Q(parties__len__gte=1), name="agreement_has_a_party"
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="agreement_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(review_on__isnull=True)
                | Q(review_on__gte=F("starts_on")),
                name="agreement_reviewed_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(starts_on__isnull=False),
                name="agreement_in_force_has_a_start",
            ),
            models.CheckConstraint(
                condition=(Q(state="ended") & ~Q(ended_reason=""))
                | (~Q(state="ended") & Q(ended_reason="")),
                name="agreement_ended_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "in-force", "ended"]),
                name="agreement_state_known",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["review_on"],
                condition=Q(state="in-force"),
                name="agreement_to_review",
            ),
        ]

    def __str__(self) -> str:
        return self.title


def stored_name(_file: "AgreementFile", _name: str) -> str:
    """Return where a document is kept: a random name, never the one that was sent."""
    name = secrets.token_hex(16)
    return f"agreements/{name[:2]}/{name}"


class AgreementFile(models.Model):
    """One version of an agreement's document, which never changes."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="files")
    number = models.PositiveSmallIntegerField()
    file = models.FileField(upload_to=stored_name, max_length=200, unique=True)
    # As it is handed out: cleaned, with the ending of what the file is.
    name = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content_type = models.CharField(max_length=120)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("document of an agreement")
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agreement", "number"], name="agreement_file_once"
            ),
            models.UniqueConstraint(
                fields=["agreement", "sha256"], name="agreement_file_is_new"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, size__gte=1)
                & Q(sha256__regex="^[0-9a-f]{64}$")
                & ~Q(name="")
                & ~Q(content_type=""),
                name="agreement_file_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id}, {self.number}"
