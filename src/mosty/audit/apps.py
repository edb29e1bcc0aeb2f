"""The app's name."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The ledger."""

    name = "mosty.audit"
