"""A call, the versions of its rules, and the cities it went to."""

from datetime import datetime
from functools import cached_property
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField

from mosty.directory.models import Organisation
from mosty.nominations.rules import Rules, parse
from mosty.programmes.models import Course

# No text in any language, as translated fields are stored: nothing, or empty texts.
NO_TEXT = r'^\s*(\{\s*("[^"]*"\s*:\s*"\s*"\s*,?\s*)*\})?\s*$'


class Call(models.Model):
    """
    An invitation to nominate people for one course.

    ``state`` changes only through :mod:`mosty.nominations.actions`. A published call
    is open from ``opens_at`` and closed from ``closes_at`` on: the last moment that
    counts is just before it, so "until 31 May, 23:59" is stored as midnight.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        CANCELLED = "cancelled", _("cancelled")

    class Casting(models.TextChoices):
        SEED = "seed", _("by a seed from a named source")
        PUBLIC = "public", _("by a number drawn in public, from a published list")

    course = models.ForeignKey(Course, models.PROTECT, related_name="+")
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    # The union that passes the call to cities and gathers nominations.
    channel = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("channel")
    )
    contact = models.CharField(_("contact"), max_length=200)
    contact_email = models.EmailField(_("contact's e-mail"), blank=True)
    costs = I18nTextField(_("what is paid by whom"), max_length=3000, blank=True)
    notice = I18nTextField(_("privacy notice"), max_length=20000)
    notice_version = models.PositiveSmallIntegerField(default=1)
    # How the lot is cast; a trigger keeps it once the call is published.
    casting = models.CharField(max_length=10, choices=Casting, default=Casting.SEED)
    # Named before the call closes; the value comes after.
    seed_source = I18nCharField(
        _("source of the draw's seed"), max_length=500, blank=True
    )
    seed = models.CharField(_("seed"), max_length=200, blank=True)
    seed_entered_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    # Said by later calls of the same course. The selection notes its first draw.
    drawn_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.TextField(blank=True, max_length=2000)

    class Meta:
        verbose_name = _("call")
        ordering: ClassVar = ["-closes_at", "slug"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="call_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=~Q(state="published")
                | (Q(published_at__isnull=False) & ~Q(seed_source__regex=NO_TEXT)),
                name="call_published_names_seed_source",
            ),
            models.CheckConstraint(
                condition=Q(seed="") | Q(seed_entered_at__gte=F("closes_at")),
                name="call_seed_comes_after_closing",
            ),
            models.CheckConstraint(
                condition=Q(casting__in=["seed", "public"]),
                name="call_casting_is_known",
            ),
            models.UniqueConstraint(
                fields=["course"],
                condition=~Q(state="cancelled"),
                name="call_one_per_course",
            ),
        ]

    def __str__(self) -> str:
        return str(self.course)

    @cached_property
    def rules_version(self) -> "RulesVersion":
        """Return the version of the rules in force: the newest."""
        return self.versions.latest("number")

    @cached_property
    def rules(self) -> Rules:
        """Return the rules in force, which may have come along with the call."""
        stored = getattr(self, "stored_rules", None)
        return self.rules_version.rules if stored is None else parse(stored)

    def forget_rules(self) -> None:
        """Let the rules be read anew: they may have changed."""
        for name in ("rules", "rules_version", "stored_rules"):
            self.__dict__.pop(name, None)

    @property
    def is_cast_in_public(self) -> bool:
        """Test if a number drawn in public decides, and no seed."""
        return self.casting == self.Casting.PUBLIC

    def is_open(self, now: datetime) -> bool:
        """Test if nominations are taken at ``now``."""
        return (
            self.state == self.State.PUBLISHED and self.opens_at <= now < self.closes_at
        )

    def is_closed(self, now: datetime) -> bool:
        """Test if the call has been open and no longer is."""
        return self.state == self.State.PUBLISHED and now >= self.closes_at


class RulesVersion(models.Model):
    """
    One version of a call's rules; never changed.

    While the call is a draft, version 1 is replaced. Once it is published, a change is a
    new version with a reason, and everybody who nominated is told.
    """

    call = models.ForeignKey(Call, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    stored = models.JSONField()
    reason = models.TextField(blank=True, max_length=2000)
    made_by = models.CharField(max_length=300)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("version of the rules")
        ordering: ClassVar = ["call", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["call", "number"], name="rules_number_once"
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""), name="rules_change_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call_id} v{self.number}"

    @cached_property
    def rules(self) -> Rules:
        """Return the rules, validated again."""
        return parse(self.stored)


class KnownCities(models.Model):
    """
    What was known of the nominating cities when the seed of the draw was entered.

    The draw goes by this, whatever the directory says later. A trigger refuses to
    change it.
    """

    call = models.OneToOneField(Call, models.CASCADE, related_name="known_cities")
    known_at = models.DateTimeField()
    # City -> the bodies it belonged to on the opening day, and its experience.
    cities = models.JSONField()
    # For each earlier call of the programme, how many seats each city took; null where
    # the seed was entered before this was kept.
    seats = models.JSONField(null=True, blank=True)

    class Meta:
        verbose_name = _("what was known of cities")

    def __str__(self) -> str:
        return f"{self.call_id}: {len(self.cities)}"


class DeadEnd(models.Model):
    """
    That a draw found no group that keeps a version of the rules.

    Only then can rules change although the seed is known.
    """

    version = models.OneToOneField(
        RulesVersion, models.CASCADE, related_name="dead_end"
    )
    # The smallest set of limits that collide: codes and parameters.
    limits = models.JSONField()
    # The least change that mends it, and what it would mean; empty if none is known.
    repair = models.JSONField(default=dict)
    found_at = models.DateTimeField()
    found_by = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("rules that cannot be kept")

    def __str__(self) -> str:
        return str(self.version)


class Invitation(models.Model):
    """That a call went to a city, and what came of it."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="invitations")
    code = models.CharField(max_length=12, unique=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    contact_name = models.CharField(_("contact"), max_length=200, blank=True)
    contact_email = models.EmailField(_("contact's e-mail"), blank=True)
    language = models.CharField(max_length=10, default="pl")
    sent_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    # The city said that it nominates nobody this time.
    declined_at = models.DateTimeField(null=True, blank=True)
    # Fewer people than the rules ask for are let through, for this reason.
    waiver = models.TextField(blank=True, max_length=2000)

    class Meta:
        verbose_name = _("invitation")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["call", "organisation"], name="invitation_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.call}"
