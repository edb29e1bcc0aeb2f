"""How even a cohort is: nominated and seated, side by side, in numbers and as a chart."""

from collections.abc import Mapping, Sequence

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from mosty.directory.models import Gender, Organisation
from mosty.nominations.rules.labels import value_label
from mosty.selection.models import Decision, Run
from mosty.ui.charts import Figure

# What a chart is about -> where a decision finds it.
FIELDS: Mapping[str, str] = {
    "city": "nomination__organisation",
    "department": "nomination__department",
    "gender": "nomination__gender",
}
# More rows than this are no picture any more; the rest stand together in the last.
MOST_ROWS = 24
Row = tuple[str, int, int]


def figure(run: Run, attribute: str) -> Figure:
    """
    Return the chart of one attribute of :data:`FIELDS`; two queries at most.

    Counts everybody eligible, and those with a seat.
    """
    title, rows = _titles()[attribute], _rows(run, attribute)
    return Figure(
        title=title,
        unit=_("people"),
        series=(_("in the pool"), _("with a seat")),
        rows=tuple((label, (pool, cohort)) for label, pool, cohort in rows),
    )


def figures(run: Run) -> list[tuple[str, Figure]]:
    """Return the charts that say something: gender only where somebody stated it."""
    found = [(name, figure(run, name)) for name in FIELDS]
    unstated = value_label("gender", Gender.UNSTATED)
    return [
        (name, drawn)
        for name, drawn in found
        if drawn.rows
        and not (name == "gender" and [row[0] for row in drawn.rows] == [unstated])
    ]


def _titles() -> Mapping[str, str]:
    return {
        "city": _("Balance by city"),
        "department": _("Balance by kind of unit"),
        "gender": _("Balance by gender"),
    }


def _rows(run: Run, attribute: str) -> Sequence[Row]:
    field = FIELDS[attribute]
    counted = list(
        Decision.objects.filter(run=run)
        .exclude(outcome=Decision.Outcome.NOT_ELIGIBLE)
        .order_by()
        .values_list(field)
        .annotate(
            pool=Count("pk"),
            cohort=Count("pk", filter=Q(outcome=Decision.Outcome.SELECTED)),
        )
    )
    if attribute == "city":
        names = {
            pk: str(name)
            for pk, name in Organisation.objects.filter(
                pk__in=[row[0] for row in counted]
            ).values_list("pk", "short_name")
        }
        rows = [(names[key], pool, cohort) for key, pool, cohort in counted]
    else:
        rows = [
            (value_label(attribute, key), pool, cohort) for key, pool, cohort in counted
        ]
    rows.sort(key=lambda row: (-row[1], -row[2], row[0]))
    if len(rows) <= MOST_ROWS:
        return rows
    rest = rows[MOST_ROWS - 1 :]
    together = (
        _("others together"),
        sum(row[1] for row in rest),
        sum(row[2] for row in rest),
    )
    return [*rows[: MOST_ROWS - 1], together]
