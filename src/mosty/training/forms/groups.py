"""
What is asked of groups, and who changes places.

Pairs that sit together or apart are rows: a button sends the form to be shown again
with one more, so that no script is needed.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import get_default_renderer
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mosty.engines.grouping.model import Pair
from mosty.programmes.models import Session
from mosty.training import mixing
from mosty.training.actions.groups import Wanted
from mosty.training.mixing import Settings

Choices = Sequence[tuple[str, str]]
ADD = "add"
MOST_PAIRS = 40
NOTHING = ("", "–")
SPREADS = (
    ("city", _("city")),
    ("department", _("kind of unit")),
    ("level", _("level of position")),
)


class PlanForm(forms.Form):
    """Groups, rounds, and what is mixed."""

    groups = forms.IntegerField(
        label=_("Groups"),
        min_value=1,
        max_value=mixing.MOST_GROUPS,
        help_text=_("Proposed: four or five people in each."),
    )
    rounds = forms.IntegerField(
        label=_("Rounds"),
        min_value=1,
        max_value=mixing.MOST_ROUNDS,
        help_text=_("In each round people sit in other groups."),
    )
    sessions = forms.MultipleChoiceField(
        label=_("Sessions of group work"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Rounds are shared out over them in order."),
    )
    first = forms.ChoiceField(
        label=_("Mix first by"), choices=[NOTHING, *SPREADS], required=False
    )
    second = forms.ChoiceField(
        label=_("Then by"), choices=[NOTHING, *SPREADS], required=False
    )
    language = forms.BooleanField(
        label=_("Only people with the same language of messages in a group"),
        required=False,
    )
    level = forms.BooleanField(
        label=_("Somebody of each level of position in every group"), required=False
    )
    seed = forms.CharField(
        label=_("Text from which chance is drawn"),
        max_length=200,
        help_text=_("The same text and people give the same groups again."),
    )
    reason = forms.CharField(
        label=_("Why the groups are made anew"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        sessions: Sequence[Session],
        choices: Choices,
        anew: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.all_sessions = sessions
        self.fields["sessions"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        if not choices:
            del self.fields["sessions"]
        if not anew:
            del self.fields["reason"]

    def clean(self) -> None:
        """
        Refuse what is to be mixed twice.

        :raises ValidationError: if both fields name the same.
        """
        first = self.cleaned_data.get("first")
        if first and first == self.cleaned_data.get("second"):
            raise ValidationError({"second": _("Choose something else than before.")})

    def wanted(self, pairs: "PairRows") -> Wanted:
        """Return what is asked of the plan."""
        data = self.cleaned_data
        spread = tuple(name for name in (data["first"], data["second"]) if name)
        chosen = {int(key) for key in data.get("sessions", ())}
        return Wanted(
            groups=data["groups"],
            rounds=data["rounds"],
            seed=data["seed"],
            settings=Settings(
                spread=spread,
                together=pairs.of("together"),
                apart=pairs.of("apart"),
                language=data["language"],
                level=data["level"],
            ),
            sessions=tuple(one for one in self.all_sessions if one.pk in chosen),
        )


class PairRow(forms.Form):
    """Two people who are to sit together, or apart."""

    KINDS = (
        NOTHING,
        ("together", pgettext_lazy("pair", "sit together")),
        ("apart", pgettext_lazy("pair", "sit apart")),
    )
    first = forms.ChoiceField(label=_("One person"), required=False)
    second = forms.ChoiceField(label=_("The other person"), required=False)
    kind = forms.ChoiceField(label=_("They"), choices=KINDS, required=False)

    def __init__(self, *args: Any, people: Choices, draft: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.draft = draft
        for name in ("first", "second"):
            self.fields[name].choices = [NOTHING, *people]  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> None:
        """
        Ask for a whole pair, or none.

        :raises ValidationError: if something is missing, or both are one person.
        """
        if self.draft or self.errors:
            return
        given = [self.cleaned_data.get(name) for name in ("first", "second", "kind")]
        if any(given) and not all(given):
            raise ValidationError(_("Choose two people and how they sit, or nothing."))
        if given[0] and given[0] == given[1]:
            raise ValidationError({"second": _("Choose another person.")})


class PairRows(forms.BaseFormSet[PairRow]):
    """The pairs, and room for one more."""

    form = PairRow
    extra = 1
    can_order = False
    can_delete = False
    can_delete_extra = False
    edit_only = False
    min_num = 0
    max_num = MOST_PAIRS
    absolute_max = MOST_PAIRS
    validate_min = False
    validate_max = True

    def __init__(
        self,
        sent: QueryDict | None = None,
        *,
        people: Choices,
        settings: Settings | None = None,
    ) -> None:
        draft = sent is not None and ADD in sent
        data = _with_one_more(sent) if sent is not None and draft else sent
        # formset_factory sets it; a class that names its fields itself must, too.
        self.renderer = get_default_renderer()
        super().__init__(
            data=data,
            initial=_initial(settings, {code for code, _name in people}),
            prefix="pairs",
            form_kwargs={"people": people, "draft": draft},
        )

    def of(self, kind: str) -> tuple[Pair, ...]:
        """Return the pairs of one kind."""
        return tuple(
            (row.cleaned_data["first"], row.cleaned_data["second"])
            for row in self.forms
            if row.cleaned_data.get("kind") == kind
        )


def _initial(settings: Settings | None, known: Iterable[str]) -> list[dict[str, str]]:
    """Return the pairs of an earlier plan whose people are still here."""
    if settings is None:
        return []
    here = frozenset(known)
    return [
        {"first": a, "second": b, "kind": kind}
        for kind, pairs in (
            ("together", settings.together),
            ("apart", settings.apart),
        )
        for a, b in pairs
        if {a, b} <= here
    ]


def _with_one_more(sent: QueryDict) -> QueryDict:
    """Return what was sent, with room for one more pair."""
    data = sent.copy()
    count = sent.get("pairs-TOTAL_FORMS", "0")
    data["pairs-TOTAL_FORMS"] = str(
        min(MOST_PAIRS, int(count if count.isdecimal() else 0) + 1)
    )
    return data


class ChangeForm(forms.Form):
    """Who changes places with whom, or moves where."""

    round = forms.IntegerField(widget=forms.HiddenInput)
    first = forms.ChoiceField(label=_("Who"))
    target = forms.ChoiceField(label=_("With whom, or where to"))

    def __init__(
        self,
        *args: Any,
        people: Choices,
        targets: Mapping[str, Choices],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first"].choices = [NOTHING, *people]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["target"].choices = [NOTHING, *targets.items()]  # type: ignore[attr-defined]  # a ChoiceField


class PresentForm(forms.Form):
    """Who is here for the rounds to come."""

    present = forms.MultipleChoiceField(
        label=_("Who is here"), widget=forms.CheckboxSelectMultiple
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["present"].choices = people  # type: ignore[attr-defined]  # a ChoiceField
