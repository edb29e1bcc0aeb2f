"""
Designs: seatings without a repeat that algebra gives where a search finds none.

Let the number of groups be the size of a finite field, and people stand in rows of so
many. In round t the person in row i and column c sits in group c + i x t. Two people of
different rows are together in one round only, since i x t + c = j x t + d has one
solution t; two of one row never are. With as many rows as groups the rows themselves
are one round more. Lines of a finite plane, as Bose, Sankhyā 3 (1938), draws Latin squares.
"""

from collections.abc import Callable

from mosty.engines.grouping.units import Units

Seating = list[list[list[int]]]

# For fields of 4, 8 and 16 elements: what x**2, x**3 and x**4 are reduced by.
POLYNOMIALS = {4: 0b111, 8: 0b1011, 16: 0b10011}


def design(units: Units, rounds: int) -> Seating | None:
    """
    Return a seating without repeats, or None if the field gives none.

    People alike in the first attribute stand in one row as far as can be, so that they
    do not meet. Rules are not looked at. Proven; for ``rounds`` up to the number of
    groups, one more where everybody can sit in rows. O(rounds x people).
    """
    groups, places = units.task.rules.groups, units.places
    place = _place(groups)
    if place is None or places > groups or len(units.codes) < len(units.of):
        return None
    rows_too = places == groups and not units.holes
    if rounds > groups + rows_too:
        return None
    spread = units.task.rules.spread[:1]
    values = {p.code: [p.value(name) for name in spread] for p in units.task.people}
    people = sorted(
        range(len(units.codes)), key=lambda u: (values[units.codes[u][0]], u)
    )
    order = people + list(range(len(units.codes), len(units.sizes)))
    rows = [order[i * groups : (i + 1) * groups] for i in range(places)]
    found: Seating = []
    for t in range(min(rounds, groups)):
        seats: list[list[int]] = [[] for _ in range(groups)]
        for i, row in enumerate(rows):
            for c, u in enumerate(row):
                seats[place(i, t, c)].append(u)
        found.append(seats)
    if rounds > groups:
        found.append([list(row) for row in rows])
    return found


def _place(size: int) -> Callable[[int, int, int], int] | None:
    """Return ``i x t + c`` in the field of ``size`` elements, or None if not known."""
    if size in POLYNOMIALS:
        return lambda i, t, c: _product(i, t, size) ^ c
    if size > 1 and all(size % n for n in range(2, int(size**0.5) + 1)):
        return lambda i, t, c: (i * t + c) % size
    return None


def _product(a: int, b: int, size: int) -> int:
    found = 0
    while b:
        if b & 1:
            found ^= a
        b >>= 1
        a <<= 1
        if a >= size:
            a ^= POLYNOMIALS[size]
    return found
