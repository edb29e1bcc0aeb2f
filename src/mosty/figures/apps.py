"""The app's name."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """See the package's docstring."""

    name = "mosty.figures"
