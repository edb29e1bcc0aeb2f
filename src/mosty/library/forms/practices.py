"""Forms of practices: what one says, reviews, decisions, adoptions, answers."""

from datetime import date
from typing import Any

from django import forms
from django.core import validators
from django.forms.boundfield import BoundField
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from mosty.accounts.models import User
from mosty.directory.models import Organisation
from mosty.library.actions.adoptions import Told
from mosty.library.actions.practices import FACTS, Content
from mosty.library.common import template
from mosty.library.models import (
    CRITERIA,
    Adoption,
    AdoptionReport,
    Area,
    Confirmation,
    Evidence,
    Group,
    PracticeVersion,
    Review,
    label_of,
)
from mosty.programmes import languages

EVERY = ("", _("all"))
HELP = {
    "summary": _("What it is, for whom, and what came of it."),
    "issue": _("What was the matter, and what should be different?"),
    "how": _("What is done, by whom, how often, with what?"),
    "results": _("What changed? Give figures with their source where you have them."),
    "evaluation": _("Who looked at it, how, and what did they find?"),
    "beneficiaries": _("Who, and how many?"),
    "funding": _("What does it cost, and who pays? Whose time does it take?"),
}
SCORES = [(str(score), str(score)) for score in range(1, 6)]


def in_languages() -> list[tuple[str, str]]:
    """Return the languages in which texts are written, with their names."""
    return [(code, languages.name(code)) for code in languages.CODES]


def counted(part: template.Part) -> dict[str, Any]:
    """Return what words.js needs to count the words of a text as they are typed."""
    return {
        "data-words-least": part.least,
        "data-words-most": part.most,
        "data-words": _("Words: {n}"),
    }


class _Later:
    """A field that is needed when the practice is submitted, not yet when it is saved."""

    def validate(self, value: Any) -> None:
        """Accept that nothing is said yet."""
        if value not in validators.EMPTY_VALUES:
            super().validate(value)  # type: ignore[misc]  # the field's own


class LaterText(_Later, forms.CharField):
    """A text."""


class LaterDay(_Later, forms.DateField):
    """A day."""


class LaterChoices(_Later, forms.MultipleChoiceField):
    """Some of a list."""


class PracticeForm(forms.Form):
    """What a version of a practice says. Lengths are asked for when it is submitted."""

    # A draft may lack what is marked as needed: so the browser asks for nothing.
    use_required_attribute = False

    language = forms.ChoiceField(label=_("Language of the description"))
    areas = LaterChoices(
        label=_("Policy areas"),
        choices=Area.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    groups = LaterChoices(
        label=_("Target groups"),
        choices=Group.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    place = LaterText(
        label=_("Place"),
        max_length=200,
        help_text=_("The city, or the part of it."),
    )
    started_on = LaterDay(
        label=_("Since"),
        help_text=_("At least one year ago, unless it is in trial."),
    )
    ended_on = forms.DateField(
        label=_("Until"), required=False, help_text=_("Empty while it goes on.")
    )
    in_trial = forms.BooleanField(label=_("It is in trial"), required=False)
    evidence = forms.ChoiceField(
        label=_("How do you know that it works?"),
        choices=Evidence.choices,
        widget=forms.RadioSelect,
        initial=Evidence.DESCRIBED,
    )
    link = forms.CharField(
        label=_("Page of the city about it"),
        max_length=500,
        required=False,
        help_text=_("The whole address, beginning with https://."),
    )
    # What the writer read: who saves an older state writes over nothing.
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = in_languages()  # type: ignore[attr-defined]
        self.fields["language"].initial = get_language()
        for name, part in template.PARTS.items():
            asked = template.asked(part)
            kind = forms.CharField if name == "title" else LaterText
            self.fields[name] = kind(
                label=str(part.label),
                max_length=400 if name == "title" else 20_000,
                required=part.required,
                strip=False,
                help_text=f"{HELP[name]} ({asked})" if name in HELP else asked,
                widget=forms.TextInput(attrs=counted(part))
                if name == "title"
                else forms.Textarea(attrs={"rows": 6, **counted(part)}),
            )
        facts = ["language", "areas", "groups", "place", "started_on", "ended_on"]
        facts += ["in_trial", "evidence", "link"]
        self.order_fields(["city", *template.PARTS, *facts])

    @staticmethod
    def of(version: PracticeVersion) -> dict[str, Any]:
        """Return what the form begins with."""
        names = (*template.PARTS, *FACTS, "revision")
        return {name: getattr(version, name) for name in names}

    def content(self) -> Content:
        """Return what was typed."""
        given = self.cleaned_data
        return Content(
            texts={name: given[name] for name in template.PARTS},
            language=given["language"],
            areas=tuple(given["areas"]),
            groups=tuple(given["groups"]),
            place=given["place"],
            started_on=given["started_on"],
            ended_on=given["ended_on"],
            in_trial=given["in_trial"],
            evidence=given["evidence"],
            link=given["link"].strip(),
        )


class NewPracticeForm(PracticeForm):
    """A practice of one of her cities; the first save begins it."""

    city = forms.ModelChoiceField(label=_("City"), queryset=Organisation.objects.none())

    def __init__(self, *args: Any, cities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["city"].queryset = cities  # type: ignore[attr-defined]
        found = list(cities[:2])
        if len(found) == 1:
            self.fields["city"].initial = found[0].pk


class PracticeFilter(forms.Form):
    """Which practices are listed."""

    area = forms.ChoiceField(
        label=_("Policy area"), required=False, choices=[EVERY, *Area.choices]
    )
    group = forms.ChoiceField(
        label=_("Target group"), required=False, choices=[EVERY, *Group.choices]
    )
    city = forms.ChoiceField(label=_("City"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", pgettext_lazy("practices", "in use")),
            ("settled", _("at least one year old")),
            ("trial", _("in trial")),
            ("retired", pgettext_lazy("practices", "retired")),
        ],
    )

    def __init__(
        self, *args: Any, cities: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["city"].choices = [EVERY, *cities]  # type: ignore[attr-defined]
        self.fields["language"].choices = [EVERY, *in_languages()]  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(label=_("Reason"), max_length=500)


class PublishForm(forms.Form):
    """Why it is published though somebody advises otherwise."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,
        help_text=_("Needed only if a reviewer advises otherwise."),
    )


class ReturnForm(forms.Form):
    """What should change."""

    reason = forms.CharField(
        label=_("What should change"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("The city reads it, with the reviewers' comments."),
    )


class AskForm(forms.Form):
    """Whom to ask for a review: nobody with a stake in it is offered."""

    reviewer = forms.ModelChoiceField(
        label=_("Reviewer"),
        queryset=User.objects.none(),
        help_text=_(
            "Authors of the practice and people of its city are not in the list."
        ),
    )

    def __init__(self, *args: Any, reviewers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reviewer"].queryset = reviewers.order_by("sort_name")  # type: ignore[attr-defined]


class ReviewForm(forms.Form):
    """A review: five scores, an advice, a comment, and that she has no stake in it."""

    advice = forms.ChoiceField(
        label=_("What do you advise?"),
        choices=Review.Advice.choices,
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(
        label=_("Comment for the city"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "What is good, and what should be clearer? Your name is not shown."
        ),
    )
    no_stake = forms.BooleanField(
        label=_("I had no part in this practice, and do not belong to its city.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in CRITERIA:
            self.fields[name] = forms.TypedChoiceField(
                label=label_of(Review, name),
                choices=SCORES,
                coerce=int,
                widget=forms.RadioSelect,
                help_text=_("1: not at all, 5: fully"),
            )
        self.order_fields([*CRITERIA, "advice", "comment", "no_stake"])

    def scored(self) -> list[BoundField]:
        """Return the fields of the five scores, which stand in lines."""
        return [self[name] for name in CRITERIA]

    def rest(self) -> list[BoundField]:
        """Return the other fields."""
        return [self[name] for name in self.fields if name not in CRITERIA]

    def scores(self) -> dict[str, int]:
        """Return the five scores."""
        return {name: self.cleaned_data[name] for name in CRITERIA}


class ReportForm(forms.Form):
    """What came of an adoption."""

    outcome = forms.ChoiceField(
        label=_("How does it go?"),
        choices=AdoptionReport.Outcome.choices,
        widget=forms.RadioSelect,
        help_text=_("What did not work helps other cities as much as what did."),
    )
    changed = forms.CharField(
        label=_("What did you change?"),
        max_length=10_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, **counted(template.REPORT)}),
    )
    came = forms.CharField(
        label=_("What came of it?"),
        max_length=10_000,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, **counted(template.REPORT)}),
        help_text=_("May stay empty while it is being tried."),
    )
    language = forms.ChoiceField(label=_("Language of your text"))
    # What the writer saw: the number of the last report.
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = in_languages()  # type: ignore[attr-defined]
        self.fields["language"].initial = get_language()

    def told(self) -> Told:
        """Return what was typed."""
        given = self.cleaned_data
        return Told(
            outcome=given["outcome"],
            changed=given["changed"],
            came=given["came"],
            language=given["language"],
        )


class AdoptForm(ReportForm):
    """That one of her cities has taken a practice up, and from whom."""

    city = forms.ModelChoiceField(
        label=_("Your city"), queryset=Organisation.objects.none()
    )
    source = forms.ChoiceField(label=_("Learned from"), required=False)
    since = forms.DateField(label=_("Since"), initial=date.today)
    field_order = ("city", "source", "since")

    def __init__(
        self, *args: Any, cities: Any, owner: str, others: list[Adoption], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["city"].queryset = cities  # type: ignore[attr-defined]
        found = list(cities[:2])
        if len(found) == 1:
            self.fields["city"].initial = found[0].pk
        self._others = {str(one.pk): one for one in others}
        self.fields["source"].choices = [  # type: ignore[attr-defined]
            ("", owner),
            *((key, str(one.city)) for key, one in self._others.items()),
        ]

    def learned_from(self) -> Adoption | None:
        """Return the adoption from which it was learned; None: from the owner."""
        return self._others.get(self.cleaned_data["source"])


class AnswerForm(forms.Form):
    """Whether a practice still holds."""

    answer = forms.ChoiceField(
        label=_("Does it still hold?"),
        choices=Confirmation.Answer.choices,
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(
        label=_("In a sentence"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed if it has changed or ended. It is shown to everybody."),
    )
