"""The app's name."""

from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    """See the package's docstring."""

    name = "mosty.partnerships"
