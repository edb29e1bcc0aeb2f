"""What the selection's codes say to people."""

from django import template

from mosty.selection.queries.pool import Obstacle
from mosty.selection.words import obstacle_words

register = template.Library()


@register.filter
def in_words(obstacle: Obstacle) -> str:
    """Say what must be settled before a draw."""
    return obstacle_words(obstacle.code, obstacle.count)
