"""Receipts. A receipt is never changed."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Receipt(models.Model):
    """That a form was taken, and what was answered."""

    # Made by the device, at random.
    key = models.UUIDField(primary_key=True)
    # The ledger's name of who sent it: another's key is answered as one never seen.
    sender_key = models.CharField(max_length=120)
    # What the form is, such as ``training.mark``.
    kind = models.CharField(max_length=40)
    answer = models.JSONField()
    received_at = models.DateTimeField()

    class Meta:
        verbose_name = _("receipt")
        indexes: ClassVar = [
            # Old ones are deleted: no device keeps a form for so long.
            models.Index(fields=["received_at"], name="receipt_by_time")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
