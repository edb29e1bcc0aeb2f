"""What a web process does before its first visitor."""

import gc

from django.urls import get_resolver

from mosty.engines.search.keys import warm


def begin() -> None:
    """
    Load what the first visitors would wait for; then look through it for rubbish no more.

    Python looks again and again through all there is, for what only holds on to itself.
    What is loaded once stays for good, and to look through it takes a tenth of a second,
    in the middle of whatever page made enough of anything.
    """
    # The addresses bring all views, and what these need.
    _ = get_resolver().url_patterns
    # Dictionaries of the search.
    warm()
    gc.collect()
    gc.freeze()
