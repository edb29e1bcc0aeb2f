"""Which tables of a year are published, and from which number on."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from mosty.infopoint.actions.releases import LEAST, MOST
from mosty.infopoint.releases import everyone
from mosty.infopoint.releases.besides import OPINIONS
from mosty.infopoint.releases.counting import proposed
from mosty.infopoint.tables import EVERY


class ReleaseForm(forms.Form):
    """The tables, their thresholds, and of a correction the reason."""

    tables = forms.MultipleChoiceField(
        label=_("Tables"),
        choices=[
            *((table.slug, table.title) for table in EVERY),
            (OPINIONS, everyone.TITLES[OPINIONS]),
        ],
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "All are protected together: each table more hides more numbers in the others."
        ),
    )
    threshold = forms.IntegerField(
        label=_("Smallest number that is shown"),
        min_value=LEAST,
        max_value=MOST,
        help_text=format_lazy(
            _("From {least} to {most}. Smaller numbers are hidden; 5 is usual."),
            least=LEAST,
            most=MOST,
        ),
    )
    sensitive = forms.IntegerField(
        label=_("The same for sensitive topics"),
        min_value=LEAST,
        max_value=MOST,
        help_text=_("Topics that touch violence are marked so in the code list."),
    )
    higher = forms.MultipleChoiceField(
        label=_("Tables with the higher number throughout"),
        choices=[(table.slug, table.title) for table in EVERY],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("For traits by which people are easily known, such as districts."),
    )
    width = forms.IntegerField(
        label=_("How far a hidden number stays open"),
        min_value=LEAST,
        max_value=MOST,
        required=False,
        help_text=_(
            "Between the smallest and the largest number that it can be, as far as readers can work out. If empty, the smallest number that is shown; never less."
        ),
    )
    wider = forms.MultipleChoiceField(
        label=_("Tables for which this holds"),
        choices=[
            *((table.slug, table.title) for table in EVERY),
            (OPINIONS, everyone.TITLES[OPINIONS]),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("All, if none is chosen."),
    )
    reason = forms.CharField(
        label=_("Why are the published numbers corrected?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("Readers see it in the log. Name no persons."),
    )

    def __init__(self, *args: Any, corrects: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not corrects:
            del self.fields["reason"]

    def rules(self) -> dict[str, Any]:
        """Return the rules as the action takes them."""
        said = self.cleaned_data
        own = dict.fromkeys(said["tables"], said["threshold"])
        high = {
            slug: max(own[slug], said["sensitive"])
            for slug in said["higher"]
            if slug in own
        }
        tables = {**own, **high}
        rules = {"sensitive": said["sensitive"], "tables": tables}
        if width := said["width"]:
            chosen = said["wider"] or tables
            rules["widths"] = {slug: width for slug in tables if slug in chosen}
        return rules

    @staticmethod
    def of(rules: Mapping[str, Any] | None, *, workshops: bool) -> dict[str, Any]:
        """
        Return what the form begins with: the last rules of the year, or those proposed.

        ``workshops`` says that there were any.
        """
        rules = rules or proposed(workshops=workshops)
        least = min(rules["tables"].values())
        widths = rules.get("widths", {})
        return {
            "tables": list(rules["tables"]),
            "threshold": least,
            "sensitive": rules["sensitive"],
            "width": max(widths.values(), default=None),
            "wider": list(widths) if set(widths) != set(rules["tables"]) else [],
            "higher": [
                slug for slug, limit in rules["tables"].items() if limit > least
            ],
        }
