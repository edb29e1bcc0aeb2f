"""Names beside marks, so that no two cover each other; where none fits, the number tells."""

from collections.abc import Iterator, Mapping, Sequence

from mosty.partnerships.drawing.layout import Place
from mosty.partnerships.drawing.shapes import Node, shortened, width_of

SIZE = 14.0
_RADIUS = 17.0
_CELL = 90.0
# A name that has no room is tried shorter.
_LETTERS = (34, 22, 14)

# Left, top, right, bottom.
Box = tuple[float, float, float, float]


class _Room:
    """What is taken, looked up by squares so that it stays quick."""

    def __init__(self) -> None:
        self._squares: dict[tuple[int, int], list[Box]] = {}

    def take(self, box: Box) -> None:
        for square in _squares(box):
            self._squares.setdefault(square, []).append(box)

    def is_free(self, box: Box) -> bool:
        return not any(
            box[0] < other[2]
            and other[0] < box[2]
            and box[1] < other[3]
            and other[1] < box[3]
            for square in _squares(box)
            for other in self._squares.get(square, ())
        )


def _squares(box: Box) -> Iterator[tuple[int, int]]:
    for x in range(int(box[0] // _CELL), int(box[2] // _CELL) + 1):
        for y in range(int(box[1] // _CELL), int(box[3] // _CELL) + 1):
            yield x, y


def labels(
    nodes: Sequence[Node], places: Mapping[str, Place], width: float
) -> Iterator[tuple[float, float, str, str]]:
    """
    Yield x, y, anchor and words of each name that has room.

    ``nodes`` come in the order of who is named first.
    """
    room = _Room()
    for x, y in places.values():
        room.take((x - _RADIUS, y - _RADIUS, x + _RADIUS, y + _RADIUS))
    for node in nodes:
        for letters in _LETTERS:
            words = shortened(node.name, letters)
            found = _free(room, *places[node.key], width_of(words, SIZE), width)
            if found:
                yield *found, words
                break


def _free(
    room: _Room, x: float, y: float, wide: float, width: float
) -> tuple[float, float, str] | None:
    """Take the first place beside a mark that is free, and return it."""
    for at_x, at_y, anchor in (
        (x + 20, y + 5, "start"),
        (x, y + 30, "middle"),
        (x - 20, y + 5, "end"),
        (x, y - 20, "middle"),
        (x + 12, y + 27, "start"),
        (x - 12, y + 27, "end"),
        (x + 12, y - 17, "start"),
        (x - 12, y - 17, "end"),
    ):
        left = at_x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
        box = (left, at_y - SIZE * 0.8, left + wide, at_y + SIZE * 0.25)
        if left >= 2 and left + wide <= width - 2 and room.is_free(box):
            room.take(box)
            return at_x, at_y, anchor
    return None
