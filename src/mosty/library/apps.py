"""The app's name, and which documents of it can be found."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """See the package's docstring."""

    name = "mosty.library"

    def ready(self) -> None:
        """Name the documents that the search can make its index of anew."""
        from mosty.library import sources
        from mosty.library.models import Sort
        from mosty.library.queries import documents

        sources.register(Sort.PRACTICE, documents.practices)
        sources.register(Sort.TOOL, documents.tools)
