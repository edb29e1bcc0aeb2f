"""What is always true of what is retired: practices, and tools."""

from django.db import models
from django.db.models import Q


def retired_has_reason(name: str) -> models.CheckConstraint:
    """Return the constraint: whatever is retired says when, by whom and why; else nothing."""
    stands = Q(retired_at__isnull=True, retired_by="", retired_reason="")
    retired = Q(retired_at__isnull=False) & ~Q(retired_by="") & ~Q(retired_reason="")
    return models.CheckConstraint(condition=stands | retired, name=name)
