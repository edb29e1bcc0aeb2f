"""Forms of materials: what is said of one, a file or an address, a reason."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mosty.kernel.files import ACCEPT, refusals
from mosty.programmes import languages
from mosty.programmes.forms.translated import site_languages, translated
from mosty.programmes.models import Course, Session
from mosty.training.actions.materials import Details, Sent
from mosty.training.models import Access, Licence, Material


def too_big() -> str:
    """Return the sentence for a file that is too large, with the limit."""
    return str(refusals.TOO_BIG) % {"most": most()}


def most() -> str:
    """Return the limit of an upload in words."""
    return filesizeformat(settings.UPLOAD_LIMIT)


class MaterialForm(forms.Form):
    """What is said of a material."""

    session = forms.ChoiceField(label=_("Session"), required=False)
    language = forms.ChoiceField(label=_("Language of the material"))
    licence = forms.ChoiceField(label=_("Licence"), choices=Licence.choices)
    licence_text = forms.CharField(
        label=_("Which licence"),
        max_length=300,
        required=False,
        help_text=_("Only where you chose “other”."),
    )
    access = forms.ChoiceField(
        label=_("Who may read it"),
        choices=Access.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "Each choice includes those above it. The city network: contacts of cities, "
            "and participants of the programme's other courses. Partners and the course's "
            "trainers read everything."
        ),
    )
    is_case_study = forms.BooleanField(label=_("It is a case study"), required=False)
    # What the editor read: who saves an older state writes over nothing.
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    field_order = ("file", "url", "title", "session", "language", "licence")

    def __init__(
        self,
        *args: Any,
        course: Course,
        sessions: Sequence[Session],
        material: Material | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = _initial(course, material)
        super().__init__(*args, **kwargs)
        self._sessions = {str(session.pk): session for session in sessions}
        self._choices(
            "session",
            [
                ("", gettext("the whole course")),
                *((key, str(row.title)) for key, row in self._sessions.items()),
            ],
        )
        self._choices(
            "language", [(code, languages.name(code)) for code in languages.CODES]
        )
        self.fields["title"] = translated(
            _("Title"),
            locales=site_languages(course.programme.languages),
            max_length=200,
        )
        self.order_fields(self.field_order)

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def details(self) -> Details:
        """Return what was typed, once it is valid."""
        data = self.cleaned_data
        return Details(
            title=data["title"],
            session=self._sessions.get(data["session"]),
            is_case_study=data["is_case_study"],
            language=data["language"],
            licence=data["licence"],
            licence_text=data["licence_text"],
            access=data["access"],
        )


def _initial(course: Course, material: Material | None) -> dict[str, object]:
    if material is None:
        return {
            "language": course.languages[0] if course.languages else "",
            "access": Access.PARTICIPANTS,
        }
    names = ("title", "language", "licence", "licence_text", "access", "is_case_study")
    return {
        **{name: getattr(material, name) for name in names},
        "session": str(material.session_id or ""),
        "revision": material.revision,
    }


class _WithFile(forms.Form):
    """A file to send."""

    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        error_messages={
            "required": _("Choose a file."),
            "invalid": _("Choose a file."),
            "empty": refusals.EMPTY,
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = gettext(
            "At most %(most)s: PDF, an office document without macros, a picture, a "
            "sound, a short film, or plain text."
        ) % {"most": most()}

    def clean_file(self) -> UploadedFile[bytes]:
        """Refuse a file that is too large before anybody reads it."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > settings.UPLOAD_LIMIT:
            raise forms.ValidationError(too_big())
        return file

    def thing(self) -> Sent:
        """Return what was sent, once it is valid."""
        file = self.cleaned_data["file"]
        return Sent(file.read(), file.name or "")


class _WithAddress(forms.Form):
    """An address of what others publish."""

    url = forms.CharField(
        label=_("Address"),
        max_length=1000,
        help_text=_("Beginning with https://. It is not opened from here."),
        widget=forms.URLInput,
    )

    def thing(self) -> str:
        """Return the address, once it is valid."""
        return str(self.cleaned_data["url"])


class FileForm(_WithFile, MaterialForm):
    """A new material that is a file."""


class LinkForm(_WithAddress, MaterialForm):
    """A new material that is a link."""


class _WithRevision(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class NewFileForm(_WithFile, _WithRevision):
    """The file of a new version."""


class NewLinkForm(_WithAddress, _WithRevision):
    """The address of a new version."""


class WithdrawForm(_WithRevision):
    """Why a material is withdrawn."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Those who keep the materials read it, and the ledger keeps it."),
    )
