"""Whether any grouping keeps the rules at all, by an integer programme."""

from mosty.engines.grouping.units import Units

# Beyond this many unknowns nothing is proven: it would take too long.
LARGEST = 4_000


def proven_impossible(units: Units) -> bool:
    """
    Test if the rules are proven to collide.

    All rules are the same in every round, so one round is enough. ``x(u, g)`` is 1 if
    unit u sits in group g; ``y(l, g)`` if all of g speak language l. Units that are all
    apart from each other need a group each, and it does not matter which.
    """
    clique = _clique(units)
    if len(clique) > units.task.rules.groups:
        return True
    if len(units.sizes) * units.task.rules.groups > LARGEST:
        return False
    # Only now: the solver takes longer to start than most mixing takes.
    from mosty.engines.selection.program import Program

    groups = range(units.task.rules.groups)
    all_units = range(len(units.sizes))
    people = range(len(units.codes))
    program = Program()
    x = {(u, g): program.add_column(0, 1) for u in all_units for g in groups}
    for u in all_units:
        program.add_row({x[u, g]: 1 for g in groups}, 1, 1)
    for g in groups:
        program.add_row(
            {x[u, g]: units.sizes[u] for u in all_units}, units.places, units.places
        )
        holes = {x[u, g]: 1 for u in all_units if u not in people}
        if holes:
            program.add_row(holes, None, 1)
        for u, v in units.apart:
            if u < v:
                program.add_row({x[u, g]: 1, x[v, g]: 1}, None, 1)
        for bit in range(units.all_bands.bit_length()):
            having = {x[u, g]: 1 for u in people if units.bands[u] >> bit & 1}
            program.add_row(having, 1, None)
        if units.task.rules.language is not None:
            bits = range(max(units.languages).bit_length())
            speaking = [program.add_column(0, 1) for _ in bits]
            program.add_row(dict.fromkeys(speaking, 1), 1, None)
            for bit in bits:
                for u in people:
                    if not units.languages[u] >> bit & 1:
                        program.add_row({x[u, g]: 1, speaking[bit]: 1}, None, 1)
    return program.any_point() is None


def _clique(units: Units) -> list[int]:
    """Return units of which each is to be apart from each other, taken greedily."""
    near: dict[int, set[int]] = {}
    for u, v in units.apart:
        near.setdefault(u, set()).add(v)
    found: list[int] = []
    for u in sorted(near, key=lambda u: (-len(near[u]), u)):
        if near[u].issuperset(found):
            found.append(u)
    return found
