"""The app's name."""

from django.apps import AppConfig


class NominationsConfig(AppConfig):
    """See the package's docstring."""

    name = "mosty.nominations"
