"""What the certificates of a course say, and the certificates that were issued."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from i18nfield.fields import I18nCharField, I18nTextField

from mosty.programmes.models import Course
from mosty.selection.models import Offer


class CertificateDesign(models.Model):
    """What the certificates of a course say besides what the course is."""

    course = models.OneToOneField(
        Course, models.CASCADE, primary_key=True, related_name="+"
    )
    # The second stands beside the first; the holder's own, if it is one, comes first.
    languages = ArrayField(
        models.CharField(max_length=10), verbose_name=_("languages of the certificate")
    )
    # One a line.
    outcomes = I18nTextField(_("learning outcomes"), max_length=6000, blank=True)

    class Meta:
        verbose_name = _("design of certificates")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(languages__len__gte=1, languages__len__lte=2),
                name="certificate_design_one_or_two_languages",
            ),
        ]

    def __str__(self) -> str:
        return str(self.course)


class Signatory(models.Model):
    """Who signs the certificates of a course, in order."""

    design = models.ForeignKey(
        CertificateDesign, models.CASCADE, related_name="signatories"
    )
    order = models.PositiveSmallIntegerField()
    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=120)
    function = I18nCharField(_("function"), max_length=400)
    organisation = I18nCharField(_("organisation"), max_length=400)

    class Meta:
        verbose_name = _("signatory")
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["design", "order"], name="signatory_order_once"
            ),
            models.CheckConstraint(
                condition=Q(order__gte=1, order__lte=3), name="signatory_three_at_most"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Picture(models.Model):
    """
    A picture as we have drawn it again ourselves, always as PNG.

    Named by what it holds: the same picture is kept once, and none ever changes, since
    certificates that were issued name theirs.
    """

    digest = models.CharField(max_length=64, unique=True)
    content = models.BinaryField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("picture")

    def __str__(self) -> str:
        return self.digest[:12]


class Logo(models.Model):
    """The logo of a partner on the certificates of a course, in order."""

    design = models.ForeignKey(CertificateDesign, models.CASCADE, related_name="logos")
    order = models.PositiveSmallIntegerField()
    # Said in its place where the picture is not seen.
    name = models.CharField(_("whose logo it is"), max_length=120)
    picture = models.ForeignKey(Picture, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("logo")
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["design", "order"],
                deferrable=models.Deferrable.DEFERRED,
                name="logo_order_once",
            ),
            models.UniqueConstraint(
                fields=["design", "picture"], name="logo_once_a_design"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Certificate(models.Model):
    """
    That somebody completed a course, as it was said on the day of issue.

    A trigger lets nothing of it change but its end and what the holder shows. It
    changes only through :mod:`mosty.training.actions.certificates`.
    """

    class State(models.TextChoices):
        ISSUED = "issued", pgettext_lazy("certificate", "issued")
        REVOKED = "revoked", pgettext_lazy("certificate", "revoked")

    offer = models.ForeignKey(Offer, models.PROTECT, related_name="+")
    serial = models.CharField(
        _("number of the certificate"), max_length=20, unique=True
    )
    # All that stands on it; see mosty.training.queries.contents.
    content = models.JSONField()
    # SHA-256 of the content in canonical form.
    digest = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=300)
    # Why it was issued although the rule says otherwise; never shown on it.
    exception = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.ISSUED)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.CharField(max_length=300, blank=True)
    revoked_reason = models.TextField(blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    # Whoever checks the number sees the name only if the holder has said so.
    shows_name = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("certificate")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["offer"],
                condition=Q(state="issued"),
                name="certificate_one_live_per_seat",
            ),
            models.CheckConstraint(
                condition=Q(
                    state="issued",
                    revoked_at__isnull=True,
                    revoked_by="",
                    revoked_reason="",
                )
                | (
                    Q(state="revoked", revoked_at__isnull=False)
                    & ~Q(revoked_by="")
                    & ~Q(revoked_reason="")
                ),
                name="certificate_revoked_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.serial

    @property
    def slug(self) -> str:
        """Return how the ledger names it."""
        return self.serial


class Issuing(models.Model):
    """
    One asking for the certificates of everybody who completed a course.

    ``state`` changes only through :mod:`mosty.training.actions.issuing`. A worker that
    takes it up again goes on where another one was ended.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("issuing", "waiting")
        RUNNING = "running", pgettext_lazy("issuing", "running")
        DONE = "done", pgettext_lazy("issuing", "done")
        FAILED = "failed", pgettext_lazy("issuing", "failed")
        CANCELLED = "cancelled", pgettext_lazy("issuing", "cancelled")

    LIVE = (State.WAITING, State.RUNNING)

    course = models.ForeignKey(Course, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    asker_key = models.CharField(max_length=120)
    asked_by = models.CharField(max_length=300)
    asked_at = models.DateTimeField()
    # The job in the queue, which tells whether its worker is still there.
    job = models.BigIntegerField(null=True, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # Counted when it was asked for, and while it runs.
    total = models.PositiveIntegerField(default=0)
    issued = models.PositiveIntegerField(default=0)
    resumed = models.PositiveSmallIntegerField(default=0)
    cancel_asked = models.BooleanField(default=False)
    failure = models.CharField(max_length=20, blank=True)

    class Meta:
        verbose_name = _("issuing of certificates")
        ordering: ClassVar = ["-asked_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["course"],
                condition=Q(state__in=["waiting", "running"]),
                name="issuing_one_live_a_course",
            ),
            models.CheckConstraint(
                condition=(Q(state="failed") & ~Q(failure=""))
                | (~Q(state="failed") & Q(failure="")),
                name="issuing_failed_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running"], ended_at__isnull=True)
                | (~Q(state__in=["waiting", "running"]) & Q(ended_at__isnull=False)),
                name="issuing_ended_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course_id}, {self.state}"

    @property
    def is_live(self) -> bool:
        """Test if something may still come of it."""
        return self.state in self.LIVE
