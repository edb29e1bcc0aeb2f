"""Code lists: what can be said of a consultation. A code holds from a day, until a day."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from i18nfield.fields import I18nCharField

from mosty.directory.models import Organisation


class Kind(models.TextChoices):
    """What a list is of."""

    CHANNEL = "channel", pgettext_lazy("consultation", "Channel")
    LANGUAGE = "language", _("Language")
    TOPIC = "topic", pgettext_lazy("consultation", "Topic")
    NATIONALITY = "nationality", _("Nationality")
    SEX = "sex", _("Sex")
    AGE_BAND = "age_band", _("Age")
    LEGAL_STATUS = "legal_status", _("Legal status")
    DISTRICT = "district", _("District")
    DURATION = "duration", _("Duration")
    OUTCOME = "outcome", _("Outcome")
    REFERRAL = "referral", _("Referred to")
    FUNDER = "funder", pgettext_lazy("consultation", "Paid by")


class Code(models.Model):
    """
    One entry of a list: of the common one, or of a city's own.

    The database refuses to delete one, to change what it stands for, to take the days of
    its records from it, and one of a city that leads to another list's kind.
    """

    # None: the common list, on which cities compare.
    owner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=20, choices=Kind)
    # Letters, digits and hyphens; stands in files, never in addresses.
    code = models.CharField(_("code"), max_length=40)
    label = I18nCharField(_("label"), max_length=1000)
    since = models.DateField(_("since"), null=True, blank=True)
    # Its last day.
    until = models.DateField(_("until"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    # Touches violence or discrimination: published with a higher threshold.
    sensitive = models.BooleanField(default=False)
    # What a city's own code counts as where cities are compared.
    common = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("code of a list")
        ordering: ClassVar = ["kind", "order", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["owner", "kind", "code"],
                nulls_distinct=False,
                name="code_once_in_its_list",
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True)
                | Q(until__isnull=True)
                | Q(until__gte=F("since")),
                name="code_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(owner__isnull=False) | Q(common__isnull=True),
                name="code_of_the_common_list_is_its_own",
            ),
        ]

    def __str__(self) -> str:
        return str(self.label)
