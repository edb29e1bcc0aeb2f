"""How numbers, statuses and circles of plans are shown."""

from collections.abc import Mapping
from decimal import Decimal

from django import template
from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe

from mosty.plans.content import Indicator
from mosty.plans.models import Status, Visibility
from mosty.plans.words import STATUS_KINDS, indicator_words, number_words
from mosty.ui.percent import percent as written

register = template.Library()


@register.filter
def number(value: Decimal | None) -> str:
    """Return a number as the reader's language writes it, or a dash."""
    return number_words(value) or "–"


@register.filter
def in_words(indicator: Indicator) -> str:
    """Return an indicator in one sentence."""
    return indicator_words(indicator)


@register.simple_tag
def status(value: str, percent: int | None = None) -> SafeString:
    """Say how an action stands, in a word and a number."""
    kind, label = STATUS_KINDS[value], Status(value).label
    if percent is None or value in {Status.NOT_STARTED, Status.DONE}:
        return format_html('<span class="tag {}">{}</span>', kind, label)
    return format_html(
        '<span class="tag {}">{}</span> <span class="nowrap">{}</span>',
        kind,
        label,
        written(percent),
    )


@register.filter
def circle(level: int) -> str:
    """Return who sees a plan or a line."""
    return str(Visibility(level).label)


@register.filter
def typed(text: str) -> SafeString:
    """Show what somebody typed: paragraphs, and every mark as it was typed."""
    return mark_safe(linebreaks(text, autoescape=True))  # noqa: S308 - escaped by linebreaks


@register.filter
def of(told: Mapping[int, object], key: int) -> object:
    """Return what ``told`` holds under ``key``."""
    return told.get(key)
