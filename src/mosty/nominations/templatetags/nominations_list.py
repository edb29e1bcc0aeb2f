"""The rows of the list of nominations: fifty of them in a template make a page slow."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from mosty.nominations.queries.nominations_list import Row
from mosty.ui.templatetags.ui import tag

register = template.Library()

TICK = (
    '<td><input class="form-check-input" type="checkbox" name="code" value="{}" '
    'aria-label="{}"></td>'
)
ROW = (
    '<tr>{}<th scope="row"><a href="{}{}/">{}</a><br><small class="nowrap">{}{}</small></th><td>{}</td>'
    "<td>{}<br><small>{}</small></td><td>{}</td><td>{}</td><td>{}</td><td>{} {}</td></tr>\n"
)
NOTHING = SafeString("")


@register.simple_tag
def nomination_rows(rows: Iterable[Row], prefix: str, *, tick: bool) -> SafeString:
    """
    Render the rows; ``prefix`` is what the address of a nomination begins with.

    With ``tick``, each has a box to choose it.
    """
    checked, unchecked = _("checked"), _("not checked")
    fictional = format_html(" · {}", _("fictional"))
    twin = tag(_("may be one person twice"), "need")
    return format_html_join(
        "",
        ROW,
        (
            (
                format_html(TICK, row.code, row.name) if tick else NOTHING,
                prefix,
                row.code,
                row.name,
                row.code,
                fictional if row.fictional else NOTHING,
                row.city,
                row.unit,
                row.level,
                tag(row.state, row.state_tag),
                tag(row.answer, row.answer_tag) if row.answer else NOTHING,
                checked if row.checked else unchecked,
                row.lacks,
                twin if row.twin else NOTHING,
            )
            for row in rows
        ),
    )
