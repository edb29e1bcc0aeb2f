"""The app's name."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """See the package's docstring."""

    name = "mosty.office"
