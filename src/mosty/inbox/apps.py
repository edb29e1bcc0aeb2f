"""The app's name."""

from django.apps import AppConfig


class InboxConfig(AppConfig):
    """See the package's docstring."""

    name = "mosty.inbox"
