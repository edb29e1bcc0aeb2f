"""Forms about a course itself."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mosty.programmes.actions import CourseDetails
from mosty.programmes.forms.programmes import TwoDays, language_choices
from mosty.programmes.forms.translated import site_languages, translated
from mosty.programmes.models import Course, Programme

SLUG_HELP = _("Small letters, digits and hyphens, such as “good-practices”.")


class CourseForm(TwoDays):
    """What is said of a course."""

    slug = forms.SlugField(label=_("Address"), max_length=60, help_text=SLUG_HELP)
    part = forms.IntegerField(
        label=_("Part"),
        required=False,
        min_value=1,
        max_value=99,
        help_text=_("Only where the courses of a programme are numbered."),
    )
    starts_on = forms.DateField(label=_("First day"), required=False)
    ends_on = forms.DateField(label=_("Last day"), required=False)
    is_illustrative = forms.BooleanField(
        label=_("Days, place and timetable are illustrative: no source gives them"),
        required=False,
    )
    capacity = forms.IntegerField(
        label=_("Participants, at most"), required=False, min_value=1, max_value=1000
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages of the course"),
        choices=language_choices,
        widget=forms.CheckboxSelectMultiple,
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=400,
        required=False,
        help_text=_("Where these facts are published, if they are."),
    )
    field_order = (
        "title",
        "part",
        "slug",
        "summary",
        "starts_on",
        "ends_on",
        "place",
        "is_illustrative",
    )

    def __init__(
        self,
        *args: Any,
        programme: Programme,
        course: Course | None = None,
        **kwargs: Any,
    ) -> None:
        names = CourseDetails.__dataclass_fields__
        kwargs["initial"] = (
            {name: getattr(course, name) for name in names}
            if course is not None
            else {"languages": programme.languages[:1]}
        )
        super().__init__(*args, **kwargs)
        locales: Sequence[str] = site_languages(programme.languages)
        self.fields["title"] = translated(_("Title"), locales=locales, max_length=250)
        self.fields["summary"] = translated(
            _("In short"), locales=locales, long=True, max_length=2000, required=False
        )
        self.fields["place"] = translated(
            _("Place"), locales=locales, max_length=150, required=False
        )
        self.order_fields(self.field_order)

    def details(self) -> CourseDetails:
        """Return what was typed, once it is valid."""
        data = {
            name: self.cleaned_data[name] for name in CourseDetails.__dataclass_fields__
        }
        return CourseDetails(**{**data, "languages": tuple(data["languages"])})


class CloneForm(forms.Form):
    """Where and when a course is held again."""

    into = forms.ChoiceField(label=_("Programme"))
    slug = forms.SlugField(label=_("Address"), max_length=60, help_text=SLUG_HELP)
    starts_on = forms.DateField(label=_("First day"))

    def __init__(
        self, *args: Any, programmes: Sequence[Programme], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.programmes = {str(row.pk): row for row in programmes}
        self.fields["into"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (key, str(row)) for key, row in self.programmes.items()
        ]

    def programme_chosen(self) -> Programme:
        """Return the programme that was chosen."""
        return self.programmes[self.cleaned_data["into"]]
