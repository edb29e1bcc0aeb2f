"""The app's name, and what it tells the apps below it."""

from django.apps import AppConfig


class SelectionConfig(AppConfig):
    """See the package's docstring."""

    name = "mosty.selection"

    def ready(self) -> None:
        """Say which seats cities took: what enters a draw is kept with its seed."""
        # Models can be read only from here on.
        from mosty.nominations.queries import known
        from mosty.selection.queries import earlier_seats

        known.ask_for_seats(earlier_seats.taken)
