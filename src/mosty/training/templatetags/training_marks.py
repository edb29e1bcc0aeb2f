"""Marks by the hundred: what looks alike is made once, and not in a loop of a template."""

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from mosty.training.queries.attendance_table import Cell

register = template.Library()


@lru_cache(maxsize=512)
def _cell(cell: Cell) -> SafeString:
    """Show one mark: a letter for the eye, words for whoever listens."""
    minutes = f" {cell.minutes}" if cell.minutes else ""
    return format_html(
        '<td><span class="m {}" aria-hidden="true">{}{}</span>'
        '<span class="visually-hidden">{}</span></td>',
        cell.kind,
        cell.letter,
        minutes,
        cell.words,
    )


@register.simple_tag
def marks(cells: Iterable[Cell]) -> SafeString:
    """Show the marks of one participant as cells of a table."""
    # Each is escaped already.
    return mark_safe("".join(map(_cell, cells)))  # noqa: S308


@lru_cache(maxsize=64)
def _button(kind: str, word: str, *, is_chosen: bool) -> tuple[str, str]:
    """Return one button: what stands before the code of the person, and after it."""
    return (
        format_html('<label class="kind {}"><input type="radio" name="kind-', kind),
        format_html(
            '" value="{}"{}><span>{}</span></label>',
            kind,
            mark_safe(" checked") if is_chosen else "",
            word,
        ),
    )


@register.simple_tag
def mark_buttons(
    buttons: Iterable[tuple[str, str, str]], code: str, chosen: str
) -> SafeString:
    """Show the buttons by which one participant is marked."""
    name = escape(code)
    made = (
        name.join(_button(kind, word, is_chosen=kind == chosen))
        for kind, word, _letter in buttons
    )
    # Code, kinds and words are escaped already.
    return mark_safe("".join(made))  # noqa: S308
