"""The table that comes back, and what was looked at before it is taken over."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from mosty.kernel.files import refusals as files

# What the page carries between looking and taking over: far more than 200 lines.
MOST_BYTES = 1024**2


class FileForm(forms.Form):
    """A table."""

    file = forms.FileField(
        label=_("Table (XLSX or CSV)"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=_(
            "As you downloaded it here, with your changes. First you see what would "
            "change; nothing is taken over yet."
        ),
        error_messages={
            "required": _("Choose a file."),
            "invalid": _("Choose a file."),
            "empty": files.EMPTY,
        },
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        """Refuse a file that is too large before anybody reads it."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(
                str(files.TOO_BIG) % {"most": filesizeformat(MOST_BYTES)}
            )
        return file


class ApplyForm(forms.Form):
    """What was looked at."""

    content = forms.CharField(max_length=MOST_BYTES * 2, strip=True)
    name = forms.CharField(max_length=300)
    seen = forms.CharField(max_length=64)
