"""A programme in numbers as a document to print or send."""

from pathlib import Path

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from mosty.reports.queries.numbers import Numbers, Share
from mosty.ui import typeset
from mosty.ui.dates import day, day_range

TEMPLATE = Path(__file__).parent / "typst" / "numbers.typ"


def pdf(page: Numbers) -> bytes:
    """Return the page as an accessible PDF, in the reader's language."""
    return typeset.pdf(TEMPLATE, _data(page))


def _data(page: Numbers) -> dict[str, object]:
    breakdowns = (
        (_("City"), page.cities),
        (_("Kind of unit"), page.departments),
        (_("Gender"), page.genders),
    )
    return {
        "language": get_language() or "en",
        "title": _("The programme in numbers"),
        "programme": str(page.programme.name),
        "as_of": _("As of the end of %(day)s") % {"day": day(page.on)},
        "fictional": _("The people in these numbers are fictional.")
        if page.has_fictional
        else "",
        "figures": [
            {
                "value": str(figure.value),
                "label": figure.label,
                "unit": figure.unit,
                "rule": figure.rule,
            }
            for figure in page.figures
        ],
        "rules": _("What each number counts"),
        "rule_columns": [_("Number"), _("Value"), _("Unit"), _("Rule")],
        "courses": {
            "title": _("Courses"),
            "columns": [
                _("Course"),
                _("When"),
                _("Sessions"),
                pgettext("of a course", "Hours"),
                _("Persons"),
                _("Of them returning"),
                _("Attendances"),
                _("Cities"),
            ],
            "rows": [
                [
                    str(row.title),
                    day_range(row.starts_on, row.ends_on)
                    + (
                        f" {pgettext('dates', '(illustrative)')}"
                        if row.is_illustrative
                        else ""
                    ),
                    str(row.sessions),
                    row.hours,
                    str(row.persons),
                    str(row.returning),
                    str(row.attendances),
                    str(row.cities),
                ]
                for row in page.courses
            ],
        },
        "breakdowns": [
            {
                "columns": [heading, _("Persons"), _("Attendances")],
                "rows": [_line(share) for share in shares],
            }
            for heading, shares in breakdowns
        ],
        "cited": {
            "title": _("What has been published"),
            "columns": [_("Number"), _("Value"), _("Unit"), _("Source")],
            "rows": [
                [
                    str(one.label),
                    f"{one.value.normalize():f}",
                    str(one.unit),
                    one.source + (f" ({day(one.as_of)})" if one.as_of else ""),
                ]
                for one in page.cited
            ],
        },
        "page": pgettext("of a document", "page"),
    }


def _line(share: Share) -> list[str]:
    return [share.label, str(share.persons), str(share.attendances)]
