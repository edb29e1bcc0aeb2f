"""Names that are nearly alike, by the same measure as ``pg_trgm`` in the database."""

from mosty.kernel.names import fold

# As in actions.duplicates, which finds the pairs again once they are nominations.
SIMILAR = 0.55


def parts(name: str) -> frozenset[str]:
    """Return the groups of three letters that ``name`` is made of."""
    return frozenset(
        padded[at : at + 3]
        for word in fold(name).split()
        for padded in [f"  {word} "]
        for at in range(len(padded) - 2)
    )


def are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Test if two names share so many groups that one person may have both."""
    shorter, longer = sorted((len(one), len(other)))
    if shorter < SIMILAR * longer:
        return False
    shared = len(one & other)
    return shared >= SIMILAR * (len(one) + len(other) - shared) > 0
