"""What is typed about an agreement."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mosty.accounts.models import User
from mosty.directory.models import Organisation
from mosty.kernel.files import refusals
from mosty.partnerships.actions.agreements import FIELDS, Details
from mosty.partnerships.models import Agreement
from mosty.partnerships.queries.maps import cities_to_choose


def _long(label: object, help_text: object = "") -> forms.CharField:
    return forms.CharField(
        label=label,  # type: ignore[arg-type]  # a sentence for later
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=help_text,  # type: ignore[arg-type]  # a sentence for later
    )


class AgreementForm(forms.Form):
    """What an agreement says."""

    title = forms.CharField(label=_("Title"), max_length=200)
    parties = forms.CharField(
        label=_("The other parties"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Organisations, one on each line. Your city is a party anyway."),
    )
    scope = _long(_("What is agreed"))
    roles = _long(_("Who does what"))
    resources = _long(_("Resources"), _("People, rooms, money: who brings what."))
    data_sharing = _long(
        _("Data sharing clause"),
        _("Which data go from whom to whom, why, on what basis, and for how long."),
    )
    starts_on = forms.DateField(label=_("Start"), required=False)
    ends_on = forms.DateField(label=pgettext_lazy("date", "End"), required=False)
    review_on = forms.DateField(
        label=_("Next review"),
        required=False,
        help_text=_("Your city's contacts are reminded 30 days before."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, user: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cities = cities_to_choose(user) if user else Organisation.objects.none()
        self.only = cities[0] if user and cities.count() == 1 else None
        if user and self.only is None:
            self.fields["city"] = forms.ModelChoiceField(
                label=_("City"), queryset=cities
            )

    @staticmethod
    def of(found: Agreement) -> dict[str, Any]:
        """Return what the form begins with."""
        said = {name: getattr(found, name) for name in FIELDS}
        return {**said, "parties": "\n".join(found.parties), "seen": found.revision}

    def city(self) -> Organisation:
        """Return whose agreement it is to be."""
        return self.only or self.cleaned_data["city"]

    def clean_parties(self) -> tuple[str, ...]:
        """Return the parties, one for each line."""
        lines = (line.strip() for line in self.cleaned_data["parties"].splitlines())
        parties = tuple(dict.fromkeys(filter(None, lines)))
        if any(len(party) > 200 for party in parties):
            raise forms.ValidationError(_("A name has at most 200 letters."))
        return parties

    def details(self) -> Details:
        """Return what was typed."""
        return Details(**{name: self.cleaned_data[name] for name in FIELDS})


class ReviewForm(forms.Form):
    """That it was reviewed, and when it is next."""

    next_on = forms.DateField(label=_("Next review"), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput)


class EndForm(forms.Form):
    """Why it ends."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, help_text=_("It stays in your city.")
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)


class DocumentForm(forms.Form):
    """A document to send."""

    file = forms.FileField(
        label=_("Document"),
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.odt"}),
        help_text=_("PDF, DOCX or ODT. Older documents stay."),
        error_messages={
            "required": _("Choose a file."),
            "invalid": _("Choose a file."),
            "empty": refusals.EMPTY,
        },
    )

    def clean_file(self) -> UploadedFile[bytes]:
        """Refuse a file that is too large before anybody reads it."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > settings.UPLOAD_LIMIT:
            raise forms.ValidationError(_("The file is too large."))
        return file
