"""What is typed about the cities of a call: filters, contacts, whom to remind."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.forms.renderers import get_default_renderer
from django.utils.translation import gettext_lazy as _

from mosty.directory.models import Organisation
from mosty.nominations.actions.invitations import Contact
from mosty.nominations.queries.calls_contacts import Address


class CityFilters(forms.Form):
    """The filter of the list of cities."""

    state = forms.ChoiceField(
        label=_("Answer"),
        required=False,
        choices=[
            ("", _("all")),
            ("not_sent", _("not written to")),
            ("unanswered", _("no answer yet")),
            ("answered", _("has nominated")),
            ("below", _("below the minimum")),
            ("declined", _("nominates nobody")),
        ],
    )


class ContactForm(forms.Form):
    """Whether a city is written to, to whom, and in which language."""

    write = forms.BooleanField(label=_("Write to this city"), required=False)
    name = forms.CharField(label=_("Contact"), max_length=200, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, city: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.city = city

    def clean(self) -> None:
        """Ask for an address only where the city is written to."""
        data = self.cleaned_data
        if data.get("write") and "email" in data and not data["email"]:
            self.add_error("email", _("Enter the address to write to."))


class ContactForms(forms.BaseFormSet[ContactForm]):
    """One row for each city that may be written to."""

    form = ContactForm
    extra = min_num = 0
    max_num = absolute_max = 1000
    can_order = can_delete = can_delete_extra = edit_only = False
    validate_min = validate_max = False

    def __init__(
        self,
        sent: Any = None,
        *,
        cities: Sequence[Organisation],
        suggested: Mapping[int, Address],
        chosen: frozenset[int],
    ) -> None:
        # formset_factory sets it; a class that names its fields itself must, too.
        self.renderer = get_default_renderer()
        self.cities = cities
        super().__init__(
            sent,
            prefix="contacts",
            initial=[
                # A city without a known address waits until somebody finds one.
                _typed(
                    suggested.get(city.pk),
                    write=city.pk in chosen or city.pk in suggested,
                )
                for city in cities
            ],
        )

    def total_form_count(self) -> int:
        """Return the number of cities, whatever is sent: they are known here."""
        return len(self.cities)

    def initial_form_count(self) -> int:
        """Return the number of cities: no row is extra."""
        return len(self.cities)

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """Give each row its city."""
        return {"city": self.cities[index or 0]}

    def contacts(self) -> list[Contact]:
        """Return whom to write to, once all rows are valid."""
        return [
            Contact(
                row.city,
                row.cleaned_data["name"],
                row.cleaned_data["email"],
                row.cleaned_data["language"],
            )
            for row in self.forms
            if row.cleaned_data["write"]
        ]


def _typed(address: Address | None, *, write: bool) -> dict[str, Any]:
    first = settings.LANGUAGES[0][0]
    if address is None:
        return {"write": write, "language": first}
    known = address.language in dict(settings.LANGUAGES)
    return {
        "write": write,
        "name": address.name,
        "email": address.email,
        "language": address.language if known else first,
    }
