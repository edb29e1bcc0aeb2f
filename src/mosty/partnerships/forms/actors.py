"""What is typed about an actor, and about a tie."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mosty.partnerships.actions import actors, ties
from mosty.partnerships.forms.writing import SharedForm
from mosty.partnerships.models import Function, Grade, Level, TargetGroup, Tie, TieKind

_GRADES = [("", pgettext_lazy("grade", "open")), *Grade.choices]


def _text(label: object, length: int, help_text: object = "") -> forms.CharField:
    return forms.CharField(
        label=label,  # type: ignore[arg-type]  # a sentence for later
        max_length=length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=help_text,  # type: ignore[arg-type]  # a sentence for later
    )


class ActorForm(SharedForm):
    """What is said of an actor."""

    name = forms.CharField(
        label=pgettext_lazy("actor", "Name"),
        max_length=200,
        help_text=_("Of an organisation or a group, never of a private person."),
    )
    function = forms.ChoiceField(
        label=_("Function"), choices=Function.choices, widget=forms.RadioSelect
    )
    level = forms.ChoiceField(
        label=pgettext_lazy("actor", "Level"),
        choices=Level.choices,
        initial=Level.LOCAL,
    )
    target_groups = forms.MultipleChoiceField(
        label=_("For whom it works"),
        choices=TargetGroup.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    services = _text(_("Services"), 500)
    interest = forms.ChoiceField(
        label=_("Interest in the topic"),
        choices=_GRADES,
        widget=forms.RadioSelect,
        required=False,
    )
    influence = forms.ChoiceField(
        label=_("Influence on the topic"),
        choices=_GRADES,
        widget=forms.RadioSelect,
        required=False,
    )
    contribution = _text(_("What it can contribute"), 500)
    hindrance = _text(_("How it might hinder"), 500)
    engagement = _text(_("How to engage it"), 500)
    contact = forms.CharField(
        label=_("Contact"),
        max_length=300,
        required=False,
        help_text=_(
            "Of an office: its address, its general e-mail or telephone. No private "
            "addresses or numbers of people."
        ),
    )

    def details(self) -> actors.Details:
        """Return what was typed."""
        given = self.cleaned_data
        said = {name: given[name] for name in actors.FIELDS}
        return actors.Details(**{**said, "target_groups": tuple(said["target_groups"])})


class TieForm(SharedForm):
    """What a tie is."""

    source = forms.TypedChoiceField(label=_("From"), coerce=int)
    kind = forms.ChoiceField(label=_("What ties them"), choices=TieKind.choices)
    target = forms.TypedChoiceField(label=_("To"), coerce=int)
    directed = forms.BooleanField(
        label=_("It goes one way, from the first to the second"), required=False
    )
    strength = forms.TypedChoiceField(
        label=_("Strength"),
        choices=Tie.Strength.choices,
        coerce=int,
        initial=Tie.Strength.MEDIUM,
        widget=forms.RadioSelect,
    )
    agreement = forms.TypedChoiceField(
        label=_("Rests on the agreement"), coerce=int, empty_value=None, required=False
    )

    def __init__(
        self,
        *args: Any,
        choices: Sequence[tuple[int, str]],
        agreements: Sequence[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in ("source", "target"):
            self.fields[name].choices = [("", "–"), *choices]  # type: ignore[attr-defined]
        self.fields["agreement"].choices = [("", "–"), *agreements]  # type: ignore[attr-defined]

    def details(self) -> ties.Details:
        """Return what was typed."""
        given = self.cleaned_data
        return ties.Details(
            source=given["source"],
            target=given["target"],
            kind=given["kind"],
            strength=given["strength"],
            directed=given["directed"],
            agreement=given["agreement"],
        )
