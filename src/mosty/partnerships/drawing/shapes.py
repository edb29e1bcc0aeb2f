"""What pictures are put together from: marks that differ in shape, texts, colours."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Literal

Theme = Literal["light", "dark"]
FONT = "'Source Sans 3', 'Source Sans Pro', 'Noto Sans', 'DejaVu Sans', sans-serif"
# As in static/ui/theme.css.
COLOURS: Mapping[Theme, Mapping[str, str]] = {
    "light": {
        "ink": "#16242e",
        "quiet": "#4b5d69",
        "line": "#7a8992",
        "rule": "#dfe5e8",
        "paper": "#ffffff",
        "field": "#e3f0f2",
        "public": "#0f5c6e",
        "private": "#8a5a12",
        "civic": "#5b3a5e",
        "knowledge": "#1f6b3a",
        "migrant-led": "#a3262a",
        "on": "#ffffff",
    },
    "dark": {
        "ink": "#e8eef0",
        "quiet": "#a9b8bf",
        "line": "#8494a0",
        "rule": "#2d3b43",
        "paper": "#17222a",
        "field": "#17343c",
        "public": "#5fb6c9",
        "private": "#f0a35a",
        "civic": "#c9a5cc",
        "knowledge": "#7fc796",
        "migrant-led": "#f2918f",
        "on": "#10191f",
    },
}
# The mean width of a letter, as a part of its size, in the widest of the fonts.
LETTER = 0.6


@dataclass(frozen=True, slots=True)
class Node:
    """An actor: ``number`` is its row in the table beside the picture."""

    key: str
    number: int
    name: str
    function: str
    interest: str = ""
    influence: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A tie; ``rests`` tells if there is an agreement, None where nobody may know."""

    source: str
    target: str
    strength: int = 2
    directed: bool = False
    rests: bool | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """All words of the pictures, in the reader's language; pairs of code and word."""

    title: str
    functions: tuple[tuple[str, str], ...]
    grades: tuple[tuple[str, str], ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    interest: str = ""
    influence: str = ""
    not_assessed: str = ""
    without_ties: str = ""
    with_agreement: str = ""
    without_agreement: str = ""
    one_way: str = ""
    stronger: str = ""


def text(
    x: float,
    y: float,
    words: str,
    fill: str,
    *,
    size: float = 15,
    anchor: str = "start",
    bold: bool = False,
    halo: str = "",
    turned: bool = False,
) -> str:
    """Return a line of text; ``halo`` is the ground that keeps lines away from it."""
    more = ' font-weight="600"' if bold else ""
    if halo:
        more += f' stroke="{halo}" stroke-width="4" paint-order="stroke" stroke-linejoin="round"'
    if turned:
        more += f' transform="rotate(-90 {x:.1f} {y:.1f})"'
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{fill}"'
        f' text-anchor="{anchor}"{more}>{escape(words)}</text>'
    )


def mark(x: float, y: float, function: str, fill: str, *, radius: float = 11) -> str:
    """Return the shape of a function: colour is never the only difference."""
    r = radius
    if function == "public":
        side = r * 1.8
        return (
            f'<rect x="{x - side / 2:.1f}" y="{y - side / 2:.1f}" width="{side:.1f}"'
            f' height="{side:.1f}" rx="2" fill="{fill}"/>'
        )
    corners: Mapping[str, tuple[tuple[float, float], ...]] = {
        "private": ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
        "knowledge": (
            (-0.6, -1.08), (0.6, -1.08), (1.2, 0), (0.6, 1.08), (-0.6, 1.08), (-1.2, 0),
        ),
        "migrant-led": ((0, -1.35), (1.35, 1), (-1.35, 1)),
    }  # fmt: skip
    if function in corners:
        points = " ".join(
            f"{x + a * r:.1f},{y + b * r:.1f}" for a, b in corners[function]
        )
        return f'<polygon points="{points}" fill="{fill}"/>'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r * 1.05:.1f}" fill="{fill}"/>'


def numbered(x: float, y: float, node: Node, colours: Mapping[str, str]) -> str:
    """Return an actor's mark with its number."""
    size = 11.5 if node.number < 100 else 9.5
    # A triangle has its room further down.
    down = 5.5 if node.function == "migrant-led" else 4
    return mark(x, y, node.function, colours[node.function], radius=13) + text(
        x,
        y + down,
        str(node.number),
        colours["on"],
        size=size,
        anchor="middle",
        bold=True,
    )


def width_of(words: str, size: float) -> float:
    """Return about how wide ``words`` are."""
    return len(words) * size * LETTER


def shortened(words: str, most: int) -> str:
    """Return ``words`` in at most so many letters."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def legend(
    words: Words, x: float, y: float, width: float, colours: Mapping[str, str]
) -> tuple[str, float]:
    """Return what each shape stands for, and how far down it goes."""
    parts, at = [], x
    for code, word in words.functions:
        step = 36 + width_of(word, 15)
        if at + step > x + width:
            at, y = x, y + 26
        parts.append(mark(at + 9, y - 5, code, colours[code], radius=8))
        parts.append(text(at + 24, y, word, colours["ink"]))
        at += step + 8
    return "".join(parts), y


def picture(
    width: float,
    height: float,
    title: str,
    parts: Iterable[str],
    colours: Mapping[str, str],
) -> str:
    """Return the whole picture, with its ground and its name."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}"'
        f' width="{width:.0f}" height="{height:.0f}" role="img" font-family="{FONT}">'
        f"<title>{escape(title)}</title>"
        f'<rect width="100%" height="100%" fill="{colours["paper"]}"/>'
        f"{''.join(parts)}</svg>"
    )
