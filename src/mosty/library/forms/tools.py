"""Forms of tools, editions and their versions."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mosty.kernel.files import ACCEPT, refusals
from mosty.library.actions.editions import About
from mosty.library.actions.tools import Details, InLanguage
from mosty.library.common.sections import SectionText
from mosty.library.forms.practices import EVERY, in_languages
from mosty.library.models import Area, EditionVersion, Tool
from mosty.programmes.forms.translated import site_languages, translated
from mosty.programmes.models import Course
from mosty.training.actions.materials import Sent
from mosty.training.models import Licence

# Four fields each, in one form.
MOST_SECTIONS = 400
# Empty ones offered below those that are there.
MORE_SECTIONS = 3


class ToolFilter(forms.Form):
    """Which tools are listed."""

    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[EVERY, *Tool.Kind.choices]
    )
    area = forms.ChoiceField(
        label=_("Policy area"), required=False, choices=[EVERY, *Area.choices]
    )
    language = forms.ChoiceField(label=_("Language"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", pgettext_lazy("tools", "in use")),
            ("retired", pgettext_lazy("tools", "retired")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [EVERY, *in_languages()]  # type: ignore[attr-defined]


class ToolForm(forms.Form):
    """What is said of a tool."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Tool.Kind.choices)
    issuer = forms.CharField(
        label=_("Published by"), max_length=300, help_text=_("As it names itself.")
    )
    areas = forms.MultipleChoiceField(
        label=_("Policy areas"),
        choices=Area.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    courses = forms.ModelMultipleChoiceField(
        label=_("Used in these courses"),
        queryset=Course.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, courses: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = site_languages()
        self.fields["name"] = translated(
            pgettext_lazy("tool", "Name"), locales=codes, max_length=200
        )
        self.fields["summary"] = translated(
            _("In short"), locales=codes, long=True, required=False, max_length=3000
        )
        self.fields["courses"].queryset = courses  # type: ignore[attr-defined]
        self.order_fields(["kind", "name", "summary", "issuer", "areas", "courses"])

    @staticmethod
    def of(tool: Tool) -> dict[str, Any]:
        """Return what the form begins with."""
        names = ("kind", "name", "summary", "issuer", "areas", "revision")
        said = {name: getattr(tool, name) for name in names}
        return {**said, "courses": [course.pk for course in tool.courses.all()]}

    def details(self) -> Details:
        """Return what was typed."""
        given = self.cleaned_data
        return Details(
            kind=given["kind"],
            name=given["name"],
            summary=given["summary"],
            issuer=given["issuer"],
            areas=tuple(given["areas"]),
            courses=tuple(given["courses"]),
        )


class EditionForm(forms.Form):
    """What is said of a translation."""

    language = forms.ChoiceField(label=_("Language"))
    translator = forms.CharField(
        label=_("Translated by"),
        max_length=300,
        help_text=_("A person or an organisation, as it should be named."),
    )
    licence = forms.ChoiceField(label=_("Licence"), choices=Licence.choices)
    licence_text = forms.CharField(
        label=_("Which licence"),
        max_length=300,
        required=False,
        help_text=_("Only where you chose “other”."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = in_languages()  # type: ignore[attr-defined]

    def said(self) -> InLanguage:
        """Return what was typed."""
        return _said(self.cleaned_data, is_source=False)


def _said(given: dict[str, Any], *, is_source: bool) -> InLanguage:
    return InLanguage(
        language=given["language"],
        is_source=is_source,
        translator=given.get("translator", ""),
        licence=given["licence"],
        licence_text=given["licence_text"],
    )


class NewToolForm(ToolForm):
    """A tool with the edition in the language in which it was written."""

    language = forms.ChoiceField(label=_("Written in"))
    licence = forms.ChoiceField(label=_("Licence"), choices=Licence.choices)
    licence_text = forms.CharField(
        label=_("Which licence"),
        max_length=300,
        required=False,
        help_text=_("Only where you chose “other”."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = in_languages()  # type: ignore[attr-defined]
        first = ["kind", "name", "summary", "issuer", "language", "licence"]
        self.order_fields([*first, "licence_text", "areas", "courses"])

    def said(self) -> InLanguage:
        """Return what was typed of the edition."""
        return _said(self.cleaned_data, is_source=True)


class VersionForm(forms.Form):
    """What is said of a version, apart from its sections."""

    title = forms.CharField(label=_("Title"), max_length=300)
    label = forms.CharField(
        label=_("Its own version"),
        max_length=100,
        required=False,
        help_text=_("As the publication calls it, such as “2nd edition, 2021”."),
    )
    note = forms.CharField(label=_("What is new"), max_length=500, required=False)
    url = forms.CharField(
        label=_("Where it is published"),
        max_length=1000,
        required=False,
        help_text=_("The whole address, beginning with https://."),
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        help_text=_("Replaces the file that is there."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    @staticmethod
    def of(version: EditionVersion) -> dict[str, Any]:
        """Return what the form begins with."""
        names = ("title", "label", "note", "url", "revision")
        return {name: getattr(version, name) for name in names}

    def clean_file(self) -> UploadedFile[bytes] | None:
        """Refuse a file that is too large."""
        file: UploadedFile[bytes] | None = self.cleaned_data.get("file")
        if file is not None and (file.size or 0) > settings.UPLOAD_LIMIT:
            raise forms.ValidationError(
                str(refusals.TOO_BIG) % {"most": filesizeformat(settings.UPLOAD_LIMIT)}
            )
        return file

    def about(self) -> About:
        """Return what was typed."""
        given = self.cleaned_data
        return About(
            title=given["title"],
            label=given["label"],
            note=given["note"],
            url=given["url"],
        )

    def sent(self) -> Sent | None:
        """Return the file, if one was sent."""
        file = self.cleaned_data.get("file")
        return Sent(file.read(), file.name or "") if file else None


def sections_typed(sent: QueryDict) -> list[SectionText]:
    """
    Return the sections as they were typed, in the order that was chosen.

    Each has a number in the names of its fields; an order that is no number goes last.
    """
    found: list[tuple[int, int, SectionText]] = []
    for number in range(1, MOST_SECTIONS + MORE_SECTIONS + 1):
        if f"section-{number}-text" not in sent:
            break
        order = sent.get(f"section-{number}-order", "")
        place = int(order) if order.isdecimal() and len(order) < 5 else 10_000
        found.append(
            (
                place,
                number,
                SectionText(
                    key=sent.get(f"section-{number}-key", "")[:12],
                    title=sent.get(f"section-{number}-title", ""),
                    text=sent.get(f"section-{number}-text", ""),
                    fits=bool(sent.get(f"section-{number}-fits")),
                ),
            )
        )
    return [one for _place, _number, one in sorted(found, key=lambda row: row[:2])]


class TakeBackForm(forms.Form):
    """The file that a translator has sent."""

    file = forms.FileField(
        label=_("XLIFF file"),
        widget=forms.FileInput(attrs={"accept": ".xlf,.xliff,application/xliff+xml"}),
        help_text=_("XLIFF 2.0, as your translation tool saved it."),
    )
