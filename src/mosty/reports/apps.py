"""The app's name."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """See the package's docstring."""

    name = "mosty.reports"
