"""The power-interest grid: actors as lists in nine cells, which make four fields."""

from collections.abc import Iterator, Mapping, Sequence

from mosty.partnerships.drawing.shapes import (
    COLOURS,
    Node,
    Theme,
    Words,
    legend,
    numbered,
    picture,
    shortened,
    text,
)

WIDTH, LEFT, TOP = 1000.0, 76.0, 20.0
CELL = (WIDTH - LEFT - 16) / 3
LINE = 30.0
# With more in a cell, it has two columns.
IN_ONE = 10
GRADES = ("low", "medium", "high")


def grid(nodes: Sequence[Node], words: Words, theme: Theme) -> str:
    """Return the grid; whoever is not assessed stands below it. O(n)."""
    colours = COLOURS[theme]
    cells: dict[tuple[str, str], list[Node]] = {
        (interest, influence): [] for interest in GRADES for influence in GRADES
    }
    left_open: list[Node] = []
    for node in nodes:
        cells.get((node.interest, node.influence), left_open).append(node)
    tall = [
        max(_height(cells[interest, influence]) for interest in GRADES)
        # High influence stands on top.
        for influence in reversed(GRADES)
    ]
    tops = [TOP, TOP + tall[0], TOP + tall[0] + tall[1]]
    bottom = tops[2] + tall[2]
    parts = [*_fields(tops, bottom, words, colours)]
    for row, influence in enumerate(reversed(GRADES)):
        for column, interest in enumerate(GRADES):
            parts += _cell(
                cells[interest, influence],
                LEFT + column * CELL,
                tops[row] + 30,
                colours,
            )
    parts += _axes(tops, tall, bottom, words, colours)
    y = bottom + 84
    if left_open:
        parts.append(text(LEFT, y, words.not_assessed, colours["ink"], bold=True))
        parts += _cell(left_open, LEFT, y + 12, colours, across=3)
        y += 12 + LINE * -(-len(left_open) // 3) + 34
    shapes, y = legend(words, LEFT, y, WIDTH - LEFT, colours)
    parts.append(shapes)
    return picture(WIDTH, y + 20, words.title, parts, colours)


def _height(nodes: Sequence[Node]) -> float:
    lines = len(nodes) if len(nodes) <= IN_ONE else -(-len(nodes) // 2)
    return max(108, lines * LINE + 46)


def _fields(
    tops: Sequence[float], bottom: float, words: Words, colours: Mapping[str, str]
) -> Iterator[str]:
    """Yield the four fields: from medium on, an actor has much of something."""
    names = dict(words.fields)
    for code, column, wide, top, end in (
        ("satisfy", 0, 1, tops[0], tops[2]),
        ("key", 1, 2, tops[0], tops[2]),
        ("monitor", 0, 1, tops[2], bottom),
        ("inform", 1, 2, tops[2], bottom),
    ):
        x = LEFT + column * CELL
        yield (
            f'<rect x="{x:.1f}" y="{top:.1f}" width="{wide * CELL:.1f}"'
            f' height="{end - top:.1f}" fill="{colours["field" if code == "key" else "paper"]}"'
            f' stroke="{colours["line"]}" stroke-width="1.5"/>'
        )
        yield text(x + 12, top + 22, names[code], colours["ink"], bold=True)
    for x, first, last in (
        (LEFT + 2 * CELL, tops[0], bottom),
        *((LEFT, y, y) for y in (tops[1],)),
    ):
        x2 = x if first != last else LEFT + 3 * CELL
        yield (
            f'<line x1="{x:.1f}" y1="{first:.1f}" x2="{x2:.1f}" y2="{last:.1f}"'
            f' stroke="{colours["line"]}" stroke-dasharray="3 5"/>'
        )


def _cell(
    nodes: Sequence[Node],
    x: float,
    y: float,
    colours: Mapping[str, str],
    across: int = 0,
) -> Iterator[str]:
    """Yield the actors of a cell, one below the other."""
    columns = across or (1 if len(nodes) <= IN_ONE else 2)
    wide = CELL if across else CELL / columns
    letters = int((wide - 50) / 8.8)
    lines = -(-len(nodes) // columns)
    for place, node in enumerate(nodes):
        column, line = divmod(place, lines)
        at_x, at_y = x + column * wide + 24, y + line * LINE + 19
        yield numbered(at_x, at_y, node, colours)
        yield text(at_x + 22, at_y + 5, shortened(node.name, letters), colours["ink"])


def _axes(
    tops: Sequence[float],
    tall: Sequence[float],
    bottom: float,
    words: Words,
    colours: Mapping[str, str],
) -> Iterator[str]:
    grades = dict(words.grades)
    for column, grade in enumerate(GRADES):
        x = LEFT + (column + 0.5) * CELL
        yield text(x, bottom + 22, grades[grade], colours["quiet"], anchor="middle")
    for row, grade in enumerate(reversed(GRADES)):
        y = tops[row] + tall[row] / 2
        yield text(
            LEFT - 12, y, grades[grade], colours["quiet"], anchor="middle", turned=True
        )
    middle = (TOP + bottom) / 2
    yield text(
        24, middle, words.influence + " →", colours["ink"],
        anchor="middle", bold=True, turned=True,
    )  # fmt: skip
    yield text(
        LEFT + 1.5 * CELL, bottom + 48, words.interest + " →", colours["ink"],
        anchor="middle", bold=True,
    )  # fmt: skip
