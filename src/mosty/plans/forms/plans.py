"""Forms about a whole plan: beginning, signing off, sharing, closing."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mosty.accounts.models import User
from mosty.directory.models import Organisation
from mosty.plans import policies
from mosty.plans.models import Plan, Visibility
from mosty.programmes.models import Programme


class BeginForm(forms.Form):
    """A plan from home."""

    city = forms.ModelChoiceField(label=_("City"), queryset=Organisation.objects.none())
    programme = forms.ModelChoiceField(
        label=_("Programme"), queryset=Programme.objects.none()
    )
    title = forms.CharField(label=_("Title"), max_length=200)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (
            ("city", policies.own_cities(user)),
            ("programme", policies.programmes_of_city(user)),
        ):
            field = cast("forms.ModelChoiceField[Any]", self.fields[name])
            field.queryset = rows
            found = list(rows)
            if len(found) == 1:
                # One is no choice to make.
                field.initial = found[0]
                field.widget = forms.HiddenInput()
            else:
                # Those that were read: the page need not ask for them once more.
                field.choices = [
                    ("", field.empty_label),
                    *((one.pk, one) for one in found),
                ]


class SignForm(forms.Form):
    """What was read before it is signed off."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    """Why a signed plan is opened again."""

    reason = forms.CharField(label=_("Reason"), max_length=500)


class CloseForm(forms.Form):
    """What came of a plan."""

    note = forms.CharField(
        label=pgettext_lazy("plan", "What came of it"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Whoever sees the plan reads it. What failed is worth as much."),
    )


class ShareForm(forms.Form):
    """Who sees a plan."""

    visibility = forms.TypedChoiceField(
        label=_("Who sees the plan"),
        coerce=int,
        widget=forms.RadioSelect,
        help_text=_(
            "Each circle includes those above it. Others see what was signed off last, "
            "and only lines that are open to them."
        ),
    )
    with_lines = forms.BooleanField(
        label=_("Show all lines of the plan as widely"),
        required=False,
        help_text=_(
            "Without this, lines stay as they are, and none is shown more widely."
        ),
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visibility"].choices = [  # type: ignore[attr-defined]  # of a ChoiceField
            (level.value, level.label)
            for level in Visibility
            if level != Visibility.COURSE or plan.course_id is not None
        ]


class LineShareForm(forms.Form):
    """Who sees one line of a signed plan."""

    visibility = forms.TypedChoiceField(
        label=_("Who sees this line"), coerce=int, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visibility"].choices = [  # type: ignore[attr-defined]
            (level.value, level.label)
            for level in Visibility
            if level <= plan.visibility
            and (level != Visibility.COURSE or plan.course_id is not None)
        ]
