"""How texts in several languages are shown."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import template
from django.utils.dateformat import format as date_format
from django.utils.html import escape, format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from i18nfield.strings import LazyI18nString

from mosty.programmes import languages
from mosty.ui import dates

register = template.Library()


@register.filter
def written(text: object) -> SafeString:
    """
    Show a translated text, with its language where it is not the page's.

    A screen reader then changes its voice for a title that exists in Polish only.
    """
    shown = str(text)
    code = _other_language(text, shown)
    if code:
        return format_html('<span lang="{}">{}</span>', code, shown)
    return escape(shown)


@register.filter
def written_long(text: object) -> SafeString:
    """Show a translated text of several paragraphs, with its language where it differs."""
    shown = str(text)
    code = _other_language(text, shown)
    body = mark_safe(linebreaks(shown, autoescape=True))  # noqa: S308 - escaped by linebreaks
    return format_html('<div lang="{}">{}</div>', code, body) if code else body


def _other_language(text: object, shown: str) -> str:
    """Return the language of ``shown`` if it is known not to be the page's."""
    if not isinstance(text, LazyI18nString) or not isinstance(text.data, dict):
        return ""
    here = (get_language() or "").split("-")[0]
    if not shown or text.data.get(here):
        return ""
    return next((str(code) for code, value in text.data.items() if value == shown), "")


@register.filter
def language_names(codes: list[str]) -> str:
    """Return the names of languages, such as "Polish, English"."""
    return languages.names(codes)


@register.filter
def zone_name(key: str) -> str:
    """Return a time zone in words where it has some, such as "Warsaw time"."""
    return str(dates.ZONES.get(key, key.replace("_", " ")))


@register.simple_tag
def hours(starts_at: datetime, ends_at: datetime, zone: str) -> SafeString:
    """Show from when until when, as clocks in ``zone`` show it."""
    first = starts_at.astimezone(ZoneInfo(zone))
    last = ends_at.astimezone(ZoneInfo(zone))
    return format_html(
        '<time datetime="{}">{}</time>–<time datetime="{}">{}</time>',
        first.isoformat(),
        date_format(first, "H:i"),
        last.isoformat(),
        date_format(last, "H:i"),
    )
