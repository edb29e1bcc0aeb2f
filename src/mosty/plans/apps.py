"""The app's name, and which documents of it can be found."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """See the package's docstring."""

    name = "mosty.plans"

    def ready(self) -> None:
        """Name the plans that can be found, and hear when programmes change."""
        # Models can be read only from here on.
        from mosty.library import sources
        from mosty.library.models import Sort
        from mosty.plans.actions import finding
        from mosty.plans.queries import found
        from mosty.programmes import told

        sources.register(Sort.PLAN, found.documents)
        told.listen(finding.programme_changed)
