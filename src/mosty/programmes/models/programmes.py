"""A programme (one academy) and its partners."""

from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo, available_timezones

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField

from mosty.directory.models import Organisation


def is_time_zone(name: str) -> None:
    """
    Accept the name of a time zone such as ``Europe/Warsaw``.

    :raises ValidationError: if there is none of that name.
    """
    if name not in available_timezones():
        raise ValidationError(_("This is no time zone's name. Example: Europe/Warsaw."))


# First words of the site's own addresses; a programme's pages stand beside them.
RESERVED = frozenset(
    {
        "accessibility",
        "account",
        "admin",
        "agreements",
        "api",
        "calls",
        "certificates",
        "check-in",
        "cities",
        "courses",
        "demo",
        "directory",
        "download",
        "edit",
        "evaluation",
        "figures",
        "health",
        "help",
        "how-it-works",
        "imports",
        "infopoint",
        "ledger",
        "maps",
        "library",
        "link",
        "media",
        "new",
        "nominations",
        "offers",
        "open-calls",
        "outbox",
        "people",
        "plans",
        "points",
        "practices",
        "privacy",
        "programmes",
        "reports",
        "runs",
        "search",
        "seats",
        "selection",
        "static",
        "today",
        "tools",
        "training",
        "ui",
        "users",
        "verify",
    }
)


def is_free_address(slug: str) -> None:
    """
    Accept an address that no page of the site itself has.

    :raises ValidationError: if it is one of ``RESERVED``.
    """
    if slug in RESERVED:
        raise ValidationError(
            _("The site itself uses this word. Choose another address.")
        )


class Programme(models.Model):
    """One academy in one country or region, from a day to a day."""

    slug = models.SlugField(
        _("address"), max_length=60, unique=True, validators=[is_free_address]
    )
    name = I18nCharField(_("name"), max_length=500)
    short_name = I18nCharField(_("short name"), max_length=300)
    summary = I18nTextField(_("in short"), max_length=6000)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    # The first is written to people whose own language is not known.
    languages = ArrayField(models.CharField(max_length=10), verbose_name=_("languages"))
    time_zone = models.CharField(
        _("time zone"),
        max_length=60,
        default="Europe/Warsaw",
        validators=[is_time_zone],
    )
    source = models.CharField(_("source"), max_length=400, blank=True)
    is_published = models.BooleanField(_("published"), default=False)

    class Meta:
        verbose_name = _("programme")
        ordering: ClassVar = ["-starts_on", "slug"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="programme_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(languages__len__gte=1), name="programme_has_a_language"
            ),
        ]

    def __str__(self) -> str:
        return str(self.short_name)

    @property
    def zone(self) -> ZoneInfo:
        """Return the time zone in which the programme's moments are shown."""
        return ZoneInfo(self.time_zone)

    def local(self, moment: datetime) -> datetime:
        """Return ``moment`` as the programme's clocks show it."""
        return moment.astimezone(self.zone)


class Partnership(models.Model):
    """What an organisation is to a programme. One may be several things."""

    class Role(models.TextChoices):
        COORDINATOR = "coordinator", _("coordinates")
        ORGANISER = "organiser", _("organises")
        CHANNEL = "channel", _("passes calls to cities")
        FUNDER = "funder", _("funds")
        HOST = "host", _("hosts")
        COOPERATION = "cooperation", _("co-operates")

    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="partnerships"
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    of_what = I18nCharField(_("of what"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("partnership")
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "organisation", "role"], name="partnership_once"
            ),
            models.UniqueConstraint(
                fields=["programme"],
                condition=Q(role="coordinator"),
                name="partnership_one_coordinator",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.programme}: {self.role}"


# Partners of these roles may sign a selection.
SIGNING_ROLES = frozenset(
    {Partnership.Role.COORDINATOR, Partnership.Role.ORGANISER, Partnership.Role.CHANNEL}
)
