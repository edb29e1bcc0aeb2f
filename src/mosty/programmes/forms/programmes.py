"""Forms about a programme itself."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mosty.directory.models import Organisation
from mosty.programmes import languages
from mosty.programmes.actions import ProgrammeDetails
from mosty.programmes.forms.translated import site_languages, translated
from mosty.programmes.models import Programme
from mosty.programmes.models.programmes import is_free_address
from mosty.ui.meanwhile import Meanwhile

SLUG_HELP = _("Small letters, digits and hyphens, such as “poland-2027”.")


def _zones() -> list[tuple[str, str]]:
    """Return the time zones of Europe, which are all a programme has needed, and UTC."""
    names = sorted(name for name in available_timezones() if name.startswith("Europe/"))
    return [(name, name.replace("_", " ")) for name in [*names, "UTC"]]


def language_choices() -> list[tuple[str, str]]:
    """Return the languages a programme may be run in, by name."""
    return [(code, languages.name(code)) for code in languages.CODES]


class TwoDays(Meanwhile):
    """What begins on a day and ends on one, ``starts_on`` and ``ends_on``."""

    def clean(self) -> None:
        """Refuse a last day before the first."""
        first, last = (
            self.cleaned_data.get("starts_on"),
            self.cleaned_data.get("ends_on"),
        )
        if first and last and last < first:
            self.add_error("ends_on", _("The last day must not be before the first."))


class ProgrammeForm(TwoDays):
    """What is said of a programme."""

    slug = forms.SlugField(
        label=_("Address"),
        max_length=60,
        help_text=SLUG_HELP,
        validators=[is_free_address],
    )
    starts_on = forms.DateField(label=_("First day"))
    ends_on = forms.DateField(label=_("Last day"))
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=language_choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Every public text must be written in all of them."),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=_zones, initial="Europe/Warsaw"
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=400,
        required=False,
        help_text=_("Where these facts are published, if they are."),
    )
    field_order = ("coordinator", "name", "short_name", "slug", "summary")

    def __init__(
        self, *args: Any, programme: Programme | None = None, **kwargs: Any
    ) -> None:
        if programme is not None:
            names = ProgrammeDetails.__dataclass_fields__
            kwargs["initial"] = {name: getattr(programme, name) for name in names}
        super().__init__(*args, **kwargs)
        locales = site_languages(programme.languages if programme else ())
        self.fields["name"] = translated(
            pgettext_lazy("of a programme", "Name"), locales=locales, max_length=250
        )
        self.fields["short_name"] = translated(
            _("Short name"),
            locales=locales,
            max_length=80,
            help_text=_("What people say, for lists and headings."),
        )
        self.fields["summary"] = translated(
            _("In short"), locales=locales, long=True, max_length=2000
        )
        self.order_fields(self.field_order)

    def details(self) -> ProgrammeDetails:
        """Return what was typed, once it is valid."""
        data = {
            name: self.cleaned_data[name]
            for name in ProgrammeDetails.__dataclass_fields__
        }
        return ProgrammeDetails(**{**data, "languages": tuple(data["languages"])})


class NewProgrammeForm(ProgrammeForm):
    """Besides, the organisation that coordinates the new programme."""

    coordinator = forms.ChoiceField(label=_("Coordinated by"))

    def __init__(
        self, *args: Any, coordinators: Sequence[Organisation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.coordinators = {str(row.pk): row for row in coordinators}
        self.fields["coordinator"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (key, str(row)) for key, row in self.coordinators.items()
        ]

    def coordinator_chosen(self) -> Organisation:
        """Return the organisation that was chosen."""
        return self.coordinators[self.cleaned_data["coordinator"]]


class ReasonForm(forms.Form):
    """Why something is hidden or deleted."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stays in the ledger, which partners and auditors can read."),
    )
