"""The app's name."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """See the package's docstring."""

    name = "mosty.library"
