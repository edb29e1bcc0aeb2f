"""Releases: tables that were protected together, audited and published."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mosty.directory.models import Organisation


class Release(models.Model):
    """
    One year of one subject in numbers, from its draft to its publication.

    Changed only by :mod:`mosty.figures.actions.releases`. The database refuses to publish
    what the audit did not let pass, or a text that is not the one of its digest; and
    any change of what has been published.
    """

    class State(models.TextChoices):
        # Its job waits for a worker.
        DRAFT = "draft", pgettext_lazy("release", "waiting")
        COMPUTING = "computing", pgettext_lazy("release", "being protected")
        # Something would be given away, or there was nothing to protect.
        REFUSED = "refused", pgettext_lazy("release", "refused")
        READY = "ready", pgettext_lazy("release", "ready to publish")
        PUBLISHED = "published", pgettext_lazy("release", "published")
        # Cancelled, or set aside by who made it.
        DISCARDED = "discarded", pgettext_lazy("release", "set aside")

    LIVE = (State.DRAFT, State.COMPUTING, State.READY)

    # Whose figures they are; None: of all cities that take part in a comparison.
    owner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # What they are about, such as ``point:wroclaw``: this app is below those that know.
    subject = models.CharField(max_length=80)
    year = models.PositiveSmallIntegerField(_("year"))
    # 1 for the first that is published of a year; a correction has the next.
    number = models.PositiveSmallIntegerField(_("number"))
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    # Thresholds, the width, and which tables: as they were asked for.
    rules = models.JSONField()
    asker_key = models.CharField(max_length=120)
    asked_by = models.CharField(max_length=300)
    asked_at = models.DateTimeField()
    # The job in the queue, which tells whether its worker is still there.
    job = models.BigIntegerField(null=True, blank=True)
    step = models.CharField(max_length=20, blank=True)
    cancel_asked = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    # The counts as they were when they were taken. Never public.
    counts = models.TextField(blank=True)
    counted_at = models.DateTimeField(null=True, blank=True)
    # Canonical JSON (RFC 8785), which everything public is made from, and its SHA-256.
    artefact = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    # What the audit found.
    report = models.JSONField(null=True, blank=True)
    # Why there is nothing to publish: a code with parameters.
    failure = models.CharField(max_length=30, blank=True)
    failure_params = models.JSONField(default=dict, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("release")
        ordering: ClassVar = ["subject", "-year", "-number", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["owner", "subject", "year", "number"],
                condition=Q(state="published"),
                nulls_distinct=False,
                name="release_number_once",
            ),
            models.UniqueConstraint(
                fields=["owner", "subject", "year"],
                condition=Q(state__in=["draft", "computing", "ready"]),
                nulls_distinct=False,
                name="release_one_in_the_making",
            ),
            models.CheckConstraint(
                condition=Q(number=1, corrects__isnull=True)
                | (Q(number__gt=1, corrects__isnull=False) & ~Q(reason="")),
                name="release_correction_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["ready", "published"])
                | (
                    Q(counted_at__isnull=False, report__isnull=False)
                    & ~Q(artefact="")
                    & ~Q(counts="")
                ),
                name="release_ready_was_audited",
            ),
            models.CheckConstraint(
                condition=Q(state="published", published_at__isnull=False)
                | (~Q(state="published") & Q(published_at__isnull=True)),
                name="release_published_has_time",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True)
                | Q(published_at__gte=F("counted_at")),
                name="release_published_after_counting",
            ),
            models.CheckConstraint(
                condition=(Q(state="refused") & ~Q(failure=""))
                | (~Q(state="refused") & Q(failure="")),
                name="release_refused_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "computing"], ended_at__isnull=True)
                | (~Q(state__in=["draft", "computing"]) & Q(ended_at__isnull=False)),
                name="release_ended_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.year}, {self.number}"

    @property
    def is_live(self) -> bool:
        """Test if it waits or is being made."""
        return self.state in (self.State.DRAFT, self.State.COMPUTING)
