"""The app's name, and what lower apps show of it."""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    """See the package's docstring."""

    name = "mosty.evaluation"

    def ready(self) -> None:
        """Tell participants, on their own pages, what they are asked."""
        # Models can be read only from here on.
        from mosty.evaluation.queries.surveys import asked_of
        from mosty.training import asking

        asking.register(asked_of)
