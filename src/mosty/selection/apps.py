"""The app's name."""

from django.apps import AppConfig


class SelectionConfig(AppConfig):
    """See the package's docstring."""

    name = "mosty.selection"
