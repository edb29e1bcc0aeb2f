"""The app's name."""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    """See the package's docstring."""

    name = "mosty.evaluation"
