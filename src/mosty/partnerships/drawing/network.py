"""The network: who is tied to whom, how strongly, and on what it rests."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import hypot, sqrt

from mosty.partnerships.drawing.labels import SIZE, labels
from mosty.partnerships.drawing.layout import Place, layout
from mosty.partnerships.drawing.shapes import (
    COLOURS,
    Line,
    Node,
    Theme,
    Words,
    legend,
    numbered,
    picture,
    shortened,
    text,
)

LEAST, MOST = 860.0, 1_700.0
MARGIN = 24.0
WIDTHS = {1: 1.2, 2: 2.2, 3: 4.0}
# With more ties they are drawn finer, or they hide what they tie.
MANY = 150
ROW = 34.0


def network(
    nodes: Sequence[Node], lines: Sequence[Line], words: Words, theme: Theme
) -> str:
    """Return the network; whoever has no tie stands below it. O(n² + m)."""
    colours = COLOURS[theme]
    tied = Counter(end for line in lines for end in (line.source, line.target))
    inside = [node for node in nodes if node.key in tied]
    alone = [node for node in nodes if node.key not in tied]
    width = min(MOST, max(LEAST, 105 * sqrt(len(inside))))
    found, high = (
        layout(
            [node.key for node in inside],
            [(line.source, line.target) for line in lines],
            width - 2 * MARGIN,
        )
        if inside
        else ({}, 0.0)
    )
    places = {key: (x + MARGIN, y + MARGIN) for key, (x, y) in found.items()}
    parts = [
        f'<g opacity="{0.45 if len(lines) > MANY else 1}">',
        *_lines(lines, places, colours),
        "</g>",
    ]
    parts += [numbered(*places[node.key], node, colours) for node in inside]
    parts += [
        text(
            x, y, name, colours["ink"], size=SIZE, anchor=anchor, halo=colours["paper"]
        )
        for x, y, anchor, name in labels(
            # Whoever has most ties is named first.
            sorted(inside, key=lambda node: (-tied[node.key], node.number)),
            places,
            width,
        )
    ]
    y = high + 2 * MARGIN
    if alone:
        parts.append(
            text(MARGIN, y + 14, words.without_ties, colours["ink"], bold=True)
        )
        across = max(1, int((width - 2 * MARGIN) // 280))
        for place, node in enumerate(alone):
            row, column = divmod(place, across)
            at_x, at_y = MARGIN + 16 + column * 280, y + 42 + row * ROW
            parts.append(numbered(at_x, at_y, node, colours))
            parts.append(
                text(at_x + 22, at_y + 5, shortened(node.name, 30), colours["ink"])
            )
        y += 42 + ROW * -(-len(alone) // across) + 8
    shapes, y = legend(words, MARGIN, y + 20, width - 2 * MARGIN, colours)
    parts.append(shapes)
    if lines:
        signs, y = _signs(lines, words, y + 28, width, colours)
        parts.append(signs)
    return picture(width, y + 20, words.title, parts, colours)


def _lines(
    lines: Sequence[Line], places: Mapping[str, Place], colours: Mapping[str, str]
) -> Iterator[str]:
    """Yield the ties; several between the same two are bent away from each other."""
    between: Counter[tuple[str, ...]] = Counter()
    for line in lines:
        pair = tuple(sorted((line.source, line.target)))
        bend = (0, 1, -1, 2, -2, 3, -3)[between[pair] % 7] * 26.0
        between[pair] += 1
        if line.source != pair[0]:
            bend = -bend
        yield _line(places[line.source], places[line.target], bend, line, colours)


def _line(
    start: Place, end: Place, bend: float, line: Line, colours: Mapping[str, str]
) -> str:
    (x1, y1), (x2, y2) = start, end
    far = hypot(x2 - x1, y2 - y1) or 1.0
    across, down = (x2 - x1) / far, (y2 - y1) / far
    middle = ((x1 + x2) / 2 - down * bend, (y1 + y2) / 2 + across * bend)
    into = hypot(x2 - middle[0], y2 - middle[1]) or 1.0
    tip_across, tip_down = (x2 - middle[0]) / into, (y2 - middle[1]) / into
    # The arrow ends where the mark begins.
    tip = (x2 - tip_across * 18, y2 - tip_down * 18)
    ends = tip if line.directed else end
    dashes = ' stroke-dasharray="7 5"' if line.rests is False else ""
    path = (
        f"M{x1:.1f} {y1:.1f}L{ends[0]:.1f} {ends[1]:.1f}"
        if not bend
        else f"M{x1:.1f} {y1:.1f}Q{middle[0]:.1f} {middle[1]:.1f} {ends[0]:.1f} {ends[1]:.1f}"
    )
    drawn = (
        f'<path d="{path}" fill="none" stroke="{colours["line"]}"'
        f' stroke-width="{WIDTHS[line.strength]}"{dashes}/>'
    )
    if line.directed:
        drawn += _arrow(tip, tip_across, tip_down, colours["quiet"])
    return drawn


def _arrow(tip: Place, across: float, down: float, fill: str) -> str:
    x, y = tip
    back = (x - across * 12, y - down * 12)
    points = (
        (x, y),
        (back[0] - down * 6, back[1] + across * 6),
        (back[0] + down * 6, back[1] - across * 6),
    )
    return f'<polygon points="{" ".join(f"{a:.1f},{b:.1f}" for a, b in points)}" fill="{fill}"/>'


def _signs(
    lines: Sequence[Line],
    words: Words,
    y: float,
    width: float,
    colours: Mapping[str, str],
) -> tuple[str, float]:
    """Return what the kinds of lines stand for: only those that the picture may have."""
    knows = any(line.rests is not None for line in lines)
    signs: list[tuple[str, Line]] = []
    if knows:
        signs += [
            (words.with_agreement, Line("", "", rests=True)),
            (words.without_agreement, Line("", "", rests=False)),
            (words.stronger, Line("", "", strength=3)),
        ]
    if any(line.directed for line in lines):
        signs.append((words.one_way, Line("", "", directed=True)))
    parts, x = [], MARGIN
    for word, line in signs:
        step = 60 + len(word) * 8
        if x + step > width - MARGIN:
            x, y = MARGIN, y + 26
        end = (x + (56 if line.directed else 38), y - 5)
        parts.append(_line((x, y - 5), end, 0, line, colours))
        parts.append(text(x + 48, y, word, colours["ink"]))
        x += step + 12
    return "".join(parts), y
