"""Check-ins 3, 6 and 12 months on, and what cities answered. Answers are final."""

import secrets
from functools import partial
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mosty.kernel import tokens
from mosty.plans.models.plans import Plan

MONTHS = (3, 6, 12)


class Status(models.TextChoices):
    """How an action stands."""

    NOT_STARTED = "not-started", pgettext_lazy("action", "not started")
    GOING_ON = "going-on", pgettext_lazy("action", "going on")
    DONE = "done", pgettext_lazy("action", "done")
    STOPPED = "stopped", pgettext_lazy("action", "stopped")


class CheckIn(models.Model):
    """
    One asking how a plan goes; made as the plan is first signed off.

    ``answered_at`` is the moment of its first reply, set by a trigger.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="check_ins")
    months = models.PositiveSmallIntegerField()
    code = models.CharField(
        max_length=12,
        unique=True,
        default=partial(tokens.new_code, 10),
        editable=False,
    )
    due_on = models.DateField()
    invited_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    # The city's contact was written to because nobody had answered.
    escalated_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("check-in")
        ordering: ClassVar = ["plan", "months"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "months"], name="check_in_once"),
            models.CheckConstraint(
                condition=Q(months__in=MONTHS), name="check_in_months_known"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_on"],
                condition=Q(answered_at__isnull=True),
                name="check_in_open_by_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}, {self.months}"


class Reply(models.Model):
    """What a city answered to a check-in, whole; a correction is the next number."""

    check_in = models.ForeignKey(CheckIn, models.PROTECT, related_name="replies")
    number = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField()
    sent_by = models.CharField(max_length=300)
    # Why it corrects the one before.
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("reply to a check-in")
        ordering: ClassVar = ["check_in", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["check_in", "number"], name="reply_once"),
            models.CheckConstraint(
                condition=Q(number=1, reason="") | (Q(number__gte=2) & ~Q(reason="")),
                name="reply_correction_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.check_in_id}, {self.number}"


class Report(models.Model):
    """
    How one action stood when somebody said so: in a reply, or in a table that came in.

    Final by a trigger, which also carries status and percent to the action.
    """

    action = models.ForeignKey("plans.Action", models.PROTECT, related_name="reports")
    reply = models.ForeignKey(
        Reply, models.PROTECT, null=True, blank=True, related_name="reports"
    )
    said_at = models.DateTimeField()
    said_by = models.CharField(max_length=300)
    status = models.CharField(_("status"), max_length=12, choices=Status)
    percent = models.PositiveSmallIntegerField(_("done, in percent"))
    happened = models.TextField(_("what happened"), max_length=2000, blank=True)
    # For the city and the coordinator alone.
    obstacle = models.TextField(
        _("what stands in the way"), max_length=2000, blank=True
    )
    evidence_url = models.URLField(_("evidence: link"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("report on an action")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reply", "action"], name="report_once"),
            models.CheckConstraint(
                condition=Q(status__in=Status.values, percent__lte=100)
                & (~Q(status=Status.NOT_STARTED) | Q(percent=0))
                & (~Q(status=Status.DONE) | Q(percent=100)),
                name="report_status_fits_percent",
            ),
            models.CheckConstraint(
                condition=Q(evidence_url="") | Q(evidence_url__regex=r"^https?://"),
                name="report_evidence_is_an_address",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["action", "said_at"], name="report_by_action"),
        ]

    def __str__(self) -> str:
        return f"{self.action_id}: {self.status}, {self.percent}"


def stored_name(_evidence: "Evidence", _name: str) -> str:
    """Return where a file is kept: a random name, never the one that was sent."""
    name = secrets.token_hex(16)
    return f"evidence/{name[:2]}/{name}"


class Evidence(models.Model):
    """A file that shows what a report says. Final; a correction may carry it on."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="evidence")
    file = models.FileField(upload_to=stored_name, max_length=200)
    # As it is handed out: cleaned, with the ending of what the file is.
    name = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content_type = models.CharField(max_length=120)

    class Meta:
        verbose_name = pgettext_lazy("check-in", "evidence")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(size__gte=1, sha256__regex="^[0-9a-f]{64}$")
                & ~Q(file="")
                & ~Q(name="")
                & ~Q(content_type=""),
                name="evidence_is_a_file",
            ),
        ]

    def __str__(self) -> str:
        return self.name
