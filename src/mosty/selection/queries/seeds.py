"""Where the seed of a run came from, for who reads the page."""

from django.utils.translation import gettext as _

from mosty.selection.models import Run


def source_of(run: Run) -> str:
    """
    Return the source of ``run``'s seed in the reader's language.

    The record keeps it as it stood before whoever made the run, in her language: the
    call has it in the others. Needs ``run.call``.
    """
    if run.kind == Run.Kind.WHAT_IF:
        return _("a trial, not the draw")
    named = run.call.seed_source
    texts = named.data.values() if isinstance(named.data, dict) else (named.data,)
    return str(named) if run.seed_source in texts else run.seed_source
