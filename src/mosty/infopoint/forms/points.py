"""What is typed about a point, and about who runs it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mosty.accounts.models import User
from mosty.directory.models import Organisation
from mosty.infopoint.actions.points import Details
from mosty.infopoint.models import Point
from mosty.infopoint.policies import cities_led_by
from mosty.infopoint.queries.points import operators_to_choose
from mosty.kernel.languages import EVERYONE
from mosty.programmes.forms.translated import translated
from mosty.programmes.languages import CODES, name
from mosty.ui.meanwhile import Meanwhile


class PointForm(Meanwhile):
    """What a point is."""

    name = translated(pgettext_lazy("information point", "Name"), locales=EVERYONE)
    languages = forms.MultipleChoiceField(
        label=_("Languages of advice"), widget=forms.CheckboxSelectMultiple
    )
    reach = translated(
        _("How to reach it"),
        locales=EVERYONE,
        long=True,
        required=False,
        help_text=_(
            "Address, hours, telephone: everybody reads it on the public page."
        ),
    )
    opened_on = forms.DateField(label=_("Open since"))
    closed_on = forms.DateField(label=_("Last day"), required=False)
    notes_allowed = forms.BooleanField(
        label=_("A record may have a note"),
        required=False,
        help_text=_(
            "Off is better. Notes with e-mail addresses, phone or PESEL numbers are "
            "refused, but names are not found."
        ),
    )

    pseudonyms = forms.BooleanField(
        label=_("Know visitors again within a year"),
        required=False,
        help_text=_(
            "Off is better. Staff then type a sign of each visitor. It is not kept: only "
            "a number that nobody can turn back, until the end of the year."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["languages"].choices = [  # type: ignore[attr-defined]
            (code, name(code)) for code in CODES
        ]

    @staticmethod
    def of(point: Point) -> dict[str, Any]:
        """Return what the form begins with."""
        return {
            "name": point.name,
            "languages": point.languages,
            "reach": point.reach,
            "opened_on": point.opened_on,
            "closed_on": point.closed_on,
            "notes_allowed": point.notes_allowed,
            "pseudonyms": point.pseudonyms,
        }

    def details(self) -> Details:
        """Return what was typed."""
        given = self.cleaned_data
        return Details(
            name=given["name"],
            languages=tuple(given["languages"]),
            reach=given.get("reach") or "",
            opened_on=given["opened_on"],
            closed_on=given.get("closed_on"),
            notes_allowed=given.get("notes_allowed", False),
            pseudonyms=given.get("pseudonyms", False),
        )


class OpenForm(PointForm):
    """A new point, and who runs it first."""

    slug = forms.SlugField(label=_("Address"), max_length=60)
    city = forms.ModelChoiceField(label=_("City"), queryset=Organisation.objects.none())
    operator = forms.ModelChoiceField(
        label=_("Run by"), queryset=Organisation.objects.none()
    )
    field_order = ("city", "name", "slug", "operator")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cities = cities_led_by(user)
        self.fields["city"].queryset = cities  # type: ignore[attr-defined]
        self.fields["operator"].queryset = operators_to_choose()  # type: ignore[attr-defined]
        del self.fields["closed_on"]


class StartForm(forms.Form):
    """Who runs a point from when."""

    operator = forms.ModelChoiceField(
        label=_("Run by"), queryset=Organisation.objects.none()
    )
    since = forms.DateField(label=_("From"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["operator"].queryset = operators_to_choose()  # type: ignore[attr-defined]
