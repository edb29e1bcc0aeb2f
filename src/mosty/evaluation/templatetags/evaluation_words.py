"""How texts of a questionnaire are shown."""

from django import template

from mosty.evaluation.questions.schema import Text, say

register = template.Library()


@register.filter
def said(text: Text, language: str) -> str:
    """Show ``text`` in ``language``, or in the first that it has."""
    return say(text, language)
