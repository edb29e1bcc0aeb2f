"""
The components of every page, as tags and filters.

A component that stands once in a table's row must not render a template: it is
put together here. Docs: docs/explanation/ui.md and the style-guide page.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Literal

from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.forms.formsets import BaseFormSet
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from mosty.ui import dates, fields, numerals
from mosty.ui.charts import Figure
from mosty.ui.components import Problem, Stage
from mosty.ui.listing import Listing
from mosty.ui.nav import supplied
from mosty.ui.percent import percent
from mosty.ui.queueing import owner_of

register = template.Library()

TAGS = {
    kind: mark_safe(f'<span class="tag {kind}">')  # noqa: S308 - made of our own words
    for kind in ("open", "in", "need", "no", "wait", "plain")
}
ALERTS = {"info": "status", "success": "status", "warning": "alert", "error": "alert"}
END = mark_safe("</span>")

register.filter("day", dates.day)
register.filter("day_range", dates.day_range)
register.filter("moment", dates.moment)
register.filter("roman", numerals.roman)
register.filter("percent", percent)


@register.filter
def unbroken(days: str) -> str:
    """Keep the days of one month, as "9–10 June 2024", together after their dash."""
    first, dash, _rest = days.partition("–")
    if not dash or first.endswith(" "):
        return days
    numbers, month, year = days.split(" ", 2)
    return format_html('<span class="nowrap">{} {}</span> {}', numbers, month, year)


@register.simple_tag
def when(value: datetime | date | None, zone: str = "") -> SafeString:
    """Show a moment with its time zone, or a day, so that machines can read it too."""
    if value is None:
        return SafeString("")
    text = (
        dates.moment(value, zone) if isinstance(value, datetime) else dates.day(value)
    )
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), text)


@register.simple_tag
def tag(text: object, kind: str = "plain") -> SafeString:
    """Say a state in a word; ``kind`` is open, in, need, no, wait or plain."""
    return SafeString(TAGS[kind] + conditional_escape(str(text)) + END)


@register.simple_block_tag
def card(
    content: str,
    *,
    heading: object = "",
    level: int = 2,
    id: str = "",  # noqa: A002 - reads as HTML does
) -> SafeString:
    """Put ``content`` on a white card; a heading makes it a section with a name."""
    context = {"content": content, "heading": heading, "level": level, "id": id}
    return render_to_string("ui/components/card.html", context)


@register.simple_block_tag
def table_scroll(content: str, label: object) -> SafeString:
    """Let a wide table scroll sideways by itself, by keyboard too."""
    return format_html(
        '<div class="table-scroll" tabindex="0" role="region" aria-label="{}">{}</div>',
        label,
        content,
    )


@register.simple_block_tag
def crumbs(content: str) -> SafeString:
    """Hold the links to the pages above this one."""
    return format_html(
        '<nav class="crumb" aria-label="{}"><ol>{}</ol></nav>',
        _("You are here"),
        content,
    )


@register.simple_tag
def crumb(label: object, url: str = "") -> SafeString:
    """Link to a page above this one; without ``url``, name this page's place."""
    if url:
        return format_html('<li><a href="{}">{}</a></li>', url, label)
    return format_html("<li>{}</li>", label)


@register.simple_block_tag(takes_context=True)
def course_crumbs(context: Context, content: str, course: object) -> SafeString:
    """Hold the links down to a course, and below it those that stand in the block."""
    items = supplied("UI_COURSE_ABOVE", context["request"], course) or []
    way = [crumb(item.label, "" if item.current else item.url) for item in items]
    return crumbs(SafeString("".join(way) + content))


@register.simple_tag(takes_context=True)
def course_nav(context: Context, course: object) -> SafeString:
    """Show the pages of one course as tabs: those that the reader may open."""
    items = supplied("UI_COURSE", context["request"], course) or []
    if len(items) < 2:
        return SafeString("")
    return render_to_string("ui/components/tabs.html", {"items": items})


@register.simple_block_tag
def bigs(content: str) -> SafeString:
    """Hold a row of figures."""
    return format_html('<dl class="bigs">{}</dl>', content)


@register.simple_tag
def big(value: object, label: object, url: str = "") -> SafeString:
    """Show one figure with the words that say what it counts; ``url`` leads to those."""
    shown = format_html('<a href="{}">{}</a>', url, value) if url else value
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", label, shown)


@register.simple_tag
def facts(rows: Iterable[tuple[object, object]]) -> SafeString:
    """List terms with what is true of them."""
    pairs = format_html_join("", "<dt>{}</dt><dd>{}</dd>", rows)
    return format_html('<dl class="facts">{}</dl>', pairs)


@register.simple_tag
def stages(steps: Sequence[Stage]) -> SafeString:
    """Show how far along a chain of steps we are."""
    return render_to_string("ui/components/stages.html", {"stages": steps})


@register.simple_block_tag
def needs(content: str) -> SafeString:
    """Hold the rows of "what needs you now"."""
    return format_html('<ul class="needs">{}</ul>', content)


@register.simple_tag
def need(
    *,
    text: object,
    count: object = "",
    detail: object = "",
    url: str = "",
    label: object = "",
    primary: bool = False,
) -> SafeString:
    """Say what waits for the reader: how many, of what, and the button to it."""
    context = {
        "count": count,
        "text": text,
        "detail": detail,
        "url": url,
        "label": label,
    }
    return render_to_string("ui/components/need.html", {**context, "primary": primary})


@register.simple_tag
def empty(
    *, heading: object, text: object = "", url: str = "", label: object = ""
) -> SafeString:
    """Say that a list is empty, and what to do."""
    context = {"heading": heading, "text": text, "url": url, "label": label}
    return render_to_string("ui/components/empty.html", context)


@register.simple_block_tag
def alert(content: str, kind: str = "info", heading: object = "") -> SafeString:
    """Say what matters now; ``kind`` is info, success, warning or error."""
    title = format_html("<p><strong>{}</strong></p>", heading) if heading else ""
    return format_html(
        '<div class="note {}" role="{}">{}{}</div>', kind, ALERTS[kind], title, content
    )


@register.simple_tag
def progress(done: int, total: int, label: object) -> SafeString:
    """Show how much of a long piece of work is done."""
    context = {"done": done, "total": total, "label": label}
    return render_to_string("ui/components/progress.html", context)


@register.simple_tag
def chart(src: str, figure: Figure) -> SafeString:
    """Show ``figure`` as the picture at ``src``, with its numbers below."""
    context = {"src": src, "figure": figure, "mark": "&" if "?" in src else "?"}
    return render_to_string("ui/components/chart.html", context)


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """Render a field's control alone; ``{{ field.as_field_group }}`` has its label too."""
    return fields.control(field)


@register.filter
def is_check(field: BoundField) -> bool:
    """Test if the field is one box to tick, which stands before its label."""
    return field.widget_type == "checkbox"


@register.simple_tag
def form_fields(form: BaseForm) -> SafeString:
    """Render every field of ``form``, hidden ones too, without the form's tag."""
    return render_to_string("ui/components/form_fields.html", {"form": form})


@register.simple_tag
def error_summary(*forms: "BaseForm | BaseFormSet[Any]") -> SafeString:
    """List on top what is wrong in ``forms``, each line leading to its field."""
    found = [problem for form in forms for problem in _problems(form)]
    if not found:
        return SafeString("")
    return render_to_string("ui/components/error_summary.html", {"problems": found})


def _problems(form: "BaseForm | BaseFormSet[Any]") -> list[Problem]:
    """Return what is wrong in a form that has been sent."""
    if isinstance(form, BaseFormSet):
        own = [Problem(str(text)) for text in form.non_form_errors()]
        return own + [problem for one in form.forms for problem in _problems(one)]
    found = [Problem(str(text)) for text in form.non_field_errors()]
    for field in form:
        found += [
            # The field's name first: "This field is required." alone says little.
            Problem(
                f"{field.label}: {text}",
                "" if field.is_hidden else fields.first_id(field),
            )
            for text in field.errors
        ]
    return found


@register.simple_tag
def sort_header(
    key: str,
    label: object,
    listing: Listing[Any],
    *,
    num: bool = False,
    hide_s: bool = False,
) -> SafeString:
    """
    Render a column's heading that orders the list; ``hide_s`` leaves it out on a phone.

    :raises ValueError: if the list knows no such order.
    """
    if key not in listing.sorts:
        raise ValueError(f"This list cannot be ordered by {key!r}.")
    current = listing.sort.removeprefix("-") == key
    direction: Literal["", "ascending", "descending"] = ""
    if current:
        direction = "descending" if listing.sort.startswith("-") else "ascending"
    looks = [look for look, on in (("num", num), ("hide-s", hide_s)) if on]
    return format_html(
        '<th scope="col"{}{}><a class="sort" href="{}">{}</a></th>',
        format_html(' class="{}"', " ".join(looks)) if looks else "",
        format_html(' aria-sort="{}"', direction) if direction else "",
        listing.sort_url(key),
        label,
    )


@register.simple_tag(takes_context=True)
def queue(context: template.Context) -> SafeString:
    """Show which forms marked ``data-queue`` wait on this device to be sent."""
    request = context["request"]
    sign_in_url = context["site"].sign_in_url
    return render_to_string(
        "ui/components/queue.html",
        {"owner": owner_of(request), "sign_in_url": sign_in_url},
    )


@register.simple_tag
def keep_page() -> SafeString:
    """Offer to keep this page for use without network."""
    return render_to_string("ui/components/keep_page.html")


@register.simple_tag
def filter_bar(form: BaseForm, listing: Listing[Any]) -> SafeString:
    """
    Render a list's filters as a form, and below it the ones that are on.

    More than two of them fold on a phone, and open by themselves to show a mistake.
    """
    folds = len(form.visible_fields()) > 2
    return render_to_string(
        "ui/components/filter_bar.html",
        {"form": form, "listing": listing, "folds": folds},
    )


@register.simple_tag
def pills(listing: Listing[Any]) -> SafeString:
    """Show the filters that are on, each with a link that removes it."""
    return render_to_string("ui/components/pills.html", {"listing": listing})


@register.simple_tag
def pager(listing: Listing[Any]) -> SafeString:
    """Say which rows of how many are shown, and link to the others."""
    return render_to_string("ui/components/pager.html", {"listing": listing})


@register.simple_tag
def download_menu(listing: Listing[Any]) -> SafeString:
    """Offer exactly what is filtered as a file."""
    context = {form: listing.download_url(form) for form in ("csv", "xlsx")}
    return render_to_string(
        "ui/components/download_menu.html", {**context, "total": listing.total}
    )
