"""Entries of the ledger. They hold codes and words, never foreign keys."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """
    One act. Never changed or deleted: a trigger in the database refuses both.

    Keys are kept as text, so that an entry outlives what it speaks of. ``before`` and
    ``after`` never hold names, addresses or needs, only codes, states and numbers.
    """

    at = models.DateTimeField(_("when"))
    actor_key = models.CharField(max_length=120)
    actor_label = models.CharField(_("who"), max_length=300)
    verb = models.CharField(_("what"), max_length=60)
    target_kind = models.CharField(max_length=60)
    target_key = models.CharField(max_length=120)
    # The call, course or organisation it belongs to, for filtering.
    scope = models.CharField(max_length=120, blank=True)
    reason = models.TextField(_("why"), blank=True)
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("ledger entry")
        indexes: ClassVar = [
            models.Index(fields=["-at", "-id"], name="audit_entry_newest"),
            models.Index(
                fields=["target_kind", "target_key"], name="audit_entry_target"
            ),
            models.Index(fields=["scope", "-id"], name="audit_entry_scope"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.target_key}"
