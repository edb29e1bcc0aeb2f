"""What pages need of maps and agreements. Other apps choose actors by :func:`actors_of`."""

from mosty.partnerships.queries.choosing import (
    Choice,
    actors_for,
    actors_of,
    names_of,
    shared_keys,
)

__all__ = ["Choice", "actors_for", "actors_of", "names_of", "shared_keys"]
