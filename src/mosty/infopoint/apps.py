"""The app's name."""

from django.apps import AppConfig


class InfopointConfig(AppConfig):
    """See the package's docstring."""

    name = "mosty.infopoint"
