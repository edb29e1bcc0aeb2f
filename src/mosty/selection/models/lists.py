"""The numbered list of groups that is published before a number is drawn in public."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mosty.nominations.models import Call, RulesVersion

# So many numbers: three digits.
NUMBERS = 1_000


class NumberedList(models.Model):
    """
    One thousand numbered groups, of which a number drawn in public picks one.

    All of it stays as it is, which a trigger holds; only the number is added, once.
    """

    call = models.OneToOneField(Call, models.PROTECT, related_name="+")
    rules_version = models.ForeignKey(RulesVersion, models.PROTECT, related_name="+")
    # What was solved, the groups by code, and everybody's exact odds.
    problem = models.JSONField()
    numbered = models.JSONField()
    odds = models.JSONField()
    input_digest = models.CharField(max_length=64)
    engine = models.CharField(max_length=40)
    # The list as it is published, under pseudonyms, and its SHA-256.
    text = models.TextField()
    digest = models.CharField(max_length=64)
    made_by = models.CharField(max_length=300)
    made_at = models.DateTimeField()
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    number_entered_by = models.CharField(max_length=300, blank=True)
    number_entered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("numbered list of groups")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(number__isnull=True) | Q(number__gte=0, number__lt=NUMBERS),
                name="list_number_is_listed",
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=True, number_entered_at__isnull=True)
                | Q(
                    number__isnull=False,
                    number_entered_at__isnull=False,
                    number_entered_at__gt=F("made_at"),
                ),
                name="list_number_comes_after_the_list",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call_id}: {self.digest[:8]}"
