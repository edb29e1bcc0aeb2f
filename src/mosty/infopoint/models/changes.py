"""What every kept version of a record says, whatever it is a record of."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Change(models.Model):
    """What was said before, who changed it, when and why."""

    # The version that was replaced, and its fields by name: codes by their keys.
    version = models.PositiveSmallIntegerField()
    said = models.JSONField()
    reason = models.CharField(_("reason"), max_length=500)
    # Made after the period was closed.
    is_revision = models.BooleanField(default=False)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=300)

    class Meta:
        abstract = True
