"""The app's name, and which documents of it can be found."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """See the package's docstring."""

    name = "mosty.library"

    def ready(self) -> None:
        """Name what can be found, and hear when it changes in lower apps."""
        # Models can be read only from here on.
        from mosty.library import sources
        from mosty.library.actions import search
        from mosty.library.models import Sort
        from mosty.library.queries import documents
        from mosty.library.queries.search import programmes
        from mosty.programmes import told

        sources.register(Sort.PRACTICE, documents.practices)
        sources.register(Sort.TOOL, documents.tools)
        sources.register(Sort.PROGRAMME, programmes.programmes)
        sources.register(Sort.COURSE, programmes.courses)
        told.listen(search.programme_changed)
