"""The app's name."""

from django.apps import AppConfig


class ImportingConfig(AppConfig):
    """See the package's docstring."""

    name = "mosty.importing"
