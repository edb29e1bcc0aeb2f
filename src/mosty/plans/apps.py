"""The app's name, and what lower apps show of it."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """See the package's docstring."""

    name = "mosty.plans"

    def ready(self) -> None:
        """Tell lower apps of plans: search, practices, maps; hear of changes."""
        # Models can be read only from here on.
        from mosty.library import sources, uses
        from mosty.library.models import Sort
        from mosty.partnerships import onward
        from mosty.plans.actions import finding
        from mosty.plans.queries import found
        from mosty.plans.queries.onward import onward as from_map
        from mosty.plans.queries.uses import of_practice
        from mosty.programmes import told

        sources.register(Sort.PLAN, found.documents)
        uses.register(of_practice)
        onward.register(from_map)
        told.listen(finding.programme_changed)
