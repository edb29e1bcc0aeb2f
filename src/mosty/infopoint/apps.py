"""The app's name."""

from django.apps import AppConfig


class InfopointConfig(AppConfig):
    """See the package's docstring."""

    name = "mosty.infopoint"

    def ready(self) -> None:
        """Name the guides that the search can make its index of anew."""
        # Models can be read only from here on.
        from mosty.infopoint.queries import found
        from mosty.library import sources
        from mosty.library.models import Sort

        sources.register(Sort.GUIDE, found.documents)
