"""What is entered of a nomination, and around it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import cast
from uuid import uuid4

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mosty.directory.models import Department, Gender, Level
from mosty.kernel.names import clean
from mosty.kernel.refusal import Refusal
from mosty.nominations.actions.entries import Person
from mosty.nominations.models import Call, Nomination, PossibleDuplicate
from mosty.nominations.rules import Balance, Prefer, Rules

# Nobody's post began before this day.
FIRST_DAY = date(1950, 1, 1)
NAMES = ("given_name", "family_name")
Choices = Iterable[tuple[str, object]]


class NameField(forms.CharField):
    """A name in any script, without what cannot be seen."""

    def to_python(self, value: object) -> str:
        """Clean first: some letters are written with more signs afterwards."""
        return clean(super().to_python(value) or "")


def blame(form: forms.Form, refusal: Refusal) -> None:
    """Show a refusal in the form: at the fields it names, else above them all."""
    left = not refusal.fields
    for name, sentence in refusal.fields.items():
        if name in form.fields:
            form.add_error(name, str(sentence))
        else:
            form.add_error(None, str(sentence))
    if left:
        form.add_error(None, str(refusal))


def renew(form: forms.Form, name: str, value: object) -> None:
    """Let a form that is shown again send another value of a hidden field."""
    data = QueryDict(mutable=True)
    for key, values in cast("QueryDict", form.data).lists():
        data.setlist(key, values)
    data[name] = str(value)
    form.data = data


def uses_gender(rules: Rules) -> bool:
    """Test if a rule asks for gender; otherwise nobody is asked for it."""
    return any(quota.attribute == "gender" for quota in rules.quotas) or any(
        (isinstance(priority, Balance) and priority.attribute == "gender")
        or (isinstance(priority, Prefer) and "gender" in dict(priority.who))
        for priority in rules.priorities
    )


def _eligible_first(
    choices: Choices, eligible: tuple[str, ...], inside: Promise, outside: Promise
) -> list[tuple[object, object]]:
    """Return a select's choices, those the call is for first, under their own words."""
    known = list(choices)
    blank: tuple[object, object] = ("", _("Choose"))
    if not eligible:
        return [blank, *known]
    return [
        blank,
        (inside, [choice for choice in known if choice[0] in eligible]),
        (outside, [choice for choice in known if choice[0] not in eligible]),
    ]


class NominationForm(forms.Form):
    """
    One person nominated by a city.

    A draft asks for the name only. Fields have no ``maxlength`` for the browser, which
    would cut off pasted text without a word.
    """

    given_name = NameField(label=_("Given name"), max_length=100)
    family_name = NameField(label=_("Family name"), max_length=100)
    email = forms.EmailField(
        label=_("E-mail address at work"),
        max_length=254,
        help_text=_(
            "The person gets a link there, reads the privacy notice and confirms."
        ),
    )
    language = forms.ChoiceField(
        label=_("Language of messages to this person"), choices=settings.LANGUAGES
    )
    department = forms.ChoiceField(label=_("Kind of unit"))
    position = forms.CharField(
        label=_("Position"),
        max_length=200,
        help_text=_("As it is called in your office."),
    )
    level = forms.ChoiceField(label=_("Level of the post"))
    in_post_since = forms.DateField(label=_("In this post since"), required=False)
    gender = forms.ChoiceField(
        label=_("Gender"),
        choices=Gender.choices,
        required=False,
        help_text=_("Asked because a rule of this call speaks of it."),
    )
    motivation = forms.CharField(
        label=_("Why this person"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "What she or he does for the integration of migrants in your city."
        ),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.DateTimeField(
        widget=forms.HiddenInput,
        required=False,
        input_formats=["%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%dT%H:%M:%S%z"],
    )

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        call: Call,
        nomination: Nomination | None = None,
        draft: bool = False,
    ) -> None:
        rules = call.rules
        self.nomination = nomination
        self.draft = draft
        languages = call.course.programme.languages
        known = dict(settings.LANGUAGES)
        initial: dict[str, object] = {
            "language": next((code for code in languages if code in known), "en"),
            "gender": Gender.UNSTATED,
            "key": uuid4(),
        }
        if nomination is not None:
            initial |= {
                name: getattr(nomination, name)
                for name in Person.__dataclass_fields__
                if name in self.base_fields
            }
            initial["seen"] = nomination.changed_at.isoformat()
        super().__init__(data, initial=initial)
        self._choose(
            "department",
            _eligible_first(
                Department.choices,
                rules.departments,
                _("The call is for these"),
                _("The call is not for these"),
            ),
        )
        self._choose(
            "level",
            _eligible_first(
                Level.choices,
                rules.levels,
                _("The call is for these"),
                _("The call is not for these"),
            ),
        )
        if not uses_gender(rules):
            del self.fields["gender"]
        if nomination is None:
            del self.fields["seen"]
        else:
            del self.fields["key"]
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)
        for name in (*NAMES, "email"):
            # These are somebody else's: the browser must not offer the typist's own.
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def _choose(self, name: str, choices: list[tuple[object, object]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = choices

    def full_clean(self) -> None:
        """Ask a draft for the name only; the page still says what is needed later."""
        needed = [
            field
            for name, field in self.fields.items()
            if self.draft and field.required and name not in NAMES
        ]
        for field in needed:
            field.required = False
        super().full_clean()
        for field in needed:
            field.required = True

    def clean_in_post_since(self) -> date | None:
        """Refuse a day that cannot be."""
        day: date | None = self.cleaned_data["in_post_since"]
        if day is not None and day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        if day is not None and day < FIRST_DAY:
            raise forms.ValidationError(_("This day is too long ago."))
        return day

    def person(self) -> Person:
        """Return what was entered; call it after ``is_valid``."""
        given = self.cleaned_data
        kept = self.nomination
        gender = kept.gender if kept else Gender.UNSTATED
        return Person(
            given_name=given["given_name"],
            family_name=given["family_name"],
            email=given["email"],
            department=given["department"],
            level=given["level"],
            gender=given.get("gender") or gender,
            language=given["language"] or str(self.initial["language"]),
            position=given["position"],
            in_post_since=given["in_post_since"],
            motivation=given["motivation"].replace("\r\n", "\n"),
            is_fictional=kept.is_fictional if kept else False,
        )


class ReasonForm(forms.Form):
    """Why something is done that cannot simply be taken back."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)


class DecisionForm(ReasonForm):
    """Whether two nominations are one person."""

    decision = forms.ChoiceField(
        label=_("Are they the same person?"),
        choices=[
            (
                PossibleDuplicate.Decision.DIFFERENT,
                _("No, these are different people."),
            ),
            (
                PossibleDuplicate.Decision.SAME,
                _("Yes. The later nomination is left out of the selection."),
            ),
        ],
        widget=forms.RadioSelect,
    )
    instead_of = forms.ChoiceField(
        choices=PossibleDuplicate.Decision.choices, widget=forms.HiddenInput
    )
    field_order = ("decision", "reason")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("How you know")


class CommentForm(forms.Form):
    """A note on a nomination."""

    text = forms.CharField(
        label=_("Comment"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    for_city = forms.BooleanField(label=_("The city reads it too"), required=False)

    def __init__(
        self, data: Mapping[str, object] | None = None, *, gathers: bool
    ) -> None:
        super().__init__(data)
        self.fields["text"].widget.attrs.pop("maxlength", None)
        if not gathers:
            del self.fields["for_city"]


class AnswerForm(forms.Form):
    """The nominee's own answer, and what she needs."""

    answer = forms.ChoiceField(
        label=_("Do you want to take part?"),
        choices=[
            (Nomination.Answer.CONFIRMED, _("I confirm: I want to take part.")),
            (Nomination.Answer.DECLINED, _("I decline: I will not take part.")),
        ],
        widget=forms.RadioSelect,
    )
    diet = forms.CharField(
        label=_("Diet"),
        max_length=300,
        required=False,
        help_text=_("For example: vegetarian, no nuts."),
    )
    access = forms.CharField(
        label=_("Access"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: no steps, sign language, a quiet room."),
    )
    notice = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)
