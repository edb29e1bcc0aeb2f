"""The app's name, and what lower apps show of it."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """See the package's docstring."""

    name = "mosty.plans"

    def ready(self) -> None:
        """Name the plans that can be found and that build on practices; hear of changes."""
        # Models can be read only from here on.
        from mosty.library import sources, uses
        from mosty.library.models import Sort
        from mosty.plans.actions import finding
        from mosty.plans.queries import found
        from mosty.plans.queries.uses import of_practice
        from mosty.programmes import told

        sources.register(Sort.PLAN, found.documents)
        uses.register(of_practice)
        told.listen(finding.programme_changed)
