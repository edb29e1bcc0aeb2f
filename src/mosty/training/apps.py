"""The app's name."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    """See the package's docstring."""

    name = "mosty.training"
