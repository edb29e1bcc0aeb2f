"""What is entered around a selection."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mosty.kernel.refusal import Refusal
from mosty.nominations.rules import Rules
from mosty.selection.models import Decision
from mosty.selection.queries.people import Filters

Choices = Iterable[tuple[str, object]]
ALL = ("", _("all"))


def blame(form: forms.Form, refusal: Refusal) -> None:
    """Show a refusal in the form: at the fields it names, else above them all."""
    known = {
        name: sentence
        for name, sentence in refusal.fields.items()
        if name in form.fields
    }
    for name, sentence in known.items():
        form.add_error(name, str(sentence))
    for name, sentence in refusal.fields.items():
        if name not in known:
            form.add_error(None, str(sentence))
    if not refusal.fields:
        form.add_error(None, str(refusal))


class PeopleFilters(forms.Form):
    """What the table of a run is narrowed to."""

    q = forms.CharField(
        label=pgettext_lazy("of a person", "Name or code"),
        max_length=200,
        required=False,
    )
    result = forms.ChoiceField(
        label=_("Result"), choices=[ALL, *Decision.Outcome.choices], required=False
    )
    city = forms.ChoiceField(label=_("City"), required=False)

    def __init__(self, *args: Any, cities: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["city"].choices = [ALL, *cities]  # type: ignore[attr-defined]  # a ChoiceField

    def filters(self) -> Filters:
        """Return what is asked for; what is not understood narrows nothing."""
        self.is_valid()
        return Filters(
            **{
                name: self.cleaned_data.get(name, "")
                for name in ("q", "result", "city")
            }
        )


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(
        label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class RepairForm(ReasonForm):
    """Why rules that cannot be kept are changed, and which version of them was read."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _(
            "Everybody who nominated reads it in the message about the change."
        )


class TrialForm(forms.Form):
    """Other rules to try: seats, most of a city, and the priorities in another order."""

    seats = forms.IntegerField(label=_("Seats"), min_value=1)
    most = forms.IntegerField(
        label=_("At most from one city"),
        min_value=1,
        help_text=_("So many seats can one city get."),
    )
    # The places of the priorities in the rules in force, in the order to try.
    order = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, *, rules: Rules, tried: Mapping[str, Any] | None = None
    ) -> None:
        self.rules = rules
        own = rules.as_json()
        # What was tried before is filled in, as far as it is still of these rules.
        shown = tried or own
        given = {
            "seats": shown["seats"],
            "most": shown["most"],
            "order": _joined(
                own["priorities"].index(item)
                for item in shown["priorities"]
                if item in own["priorities"]
            ),
        }
        super().__init__(data, initial=given)

    def clean_order(self) -> list[int]:
        """Read the order; one that is not of these rules becomes theirs."""
        return self._order_in(self.cleaned_data["order"])

    def _order_in(self, text: str) -> list[int]:
        own = list(range(len(self.rules.priorities)))
        try:
            order = [int(part) for part in text.split(",") if part]
        except ValueError:
            return own
        return order if sorted(order) == own else own

    def order_now(self) -> list[int]:
        """Return the order that the form shows."""
        return self._order_in(str(self["order"].value() or ""))

    def tried(self) -> dict[str, Any]:
        """Return the rules in force with what was changed here."""
        stored = self.rules.as_json()
        return {
            **stored,
            "seats": self.cleaned_data["seats"],
            "most": self.cleaned_data["most"],
            "least": min(stored["least"], self.cleaned_data["most"]),
            "priorities": [
                stored["priorities"][place] for place in self.cleaned_data["order"]
            ],
        }


def moved(order: Sequence[int], move: str) -> str:
    """Return ``order`` with one place moved, as in "up-2"; anything else changes nothing."""
    way, _dash, text = move.partition("-")
    new = list(order)
    if text.isdecimal() and way in {"up", "down"} and len(text) < 5:
        place = int(text)
        other = place - 1 if way == "up" else place + 1
        if 0 <= place < len(new) and 0 <= other < len(new):
            new[place], new[other] = new[other], new[place]
    return _joined(new)


def _joined(order: Iterable[int]) -> str:
    return ",".join(str(place) for place in order)


class ExchangeForm(ReasonForm):
    """One person instead of another."""

    leaves = forms.ChoiceField(label=_("Gives up the seat"))
    enters = forms.ChoiceField(label=_("Gets the seat"))
    field_order = ("leaves", "enters", "reason")

    def __init__(
        self, *args: Any, leaving: Choices, entering: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        blank = ("", _("Choose"))
        self.fields["leaves"].choices = [blank, *leaving]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["enters"].choices = [blank, *entering]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["reason"].help_text = _(
            "It is kept, and both people read it on their pages and in their letters."
        )


class NumberForm(forms.Form):
    """The three digits drawn in public, and again: they cannot be exchanged."""

    number = forms.RegexField(
        r"^[0-9]{3}$",
        label=_("Number drawn"),
        strip=True,
        help_text=_("Three digits, 000 to 999."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 3}),
    )
    again = forms.CharField(
        label=_("Number drawn, once more"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 3}),
    )

    def clean_again(self) -> str:
        """Refuse a second number that is not the first."""
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("number", again):
            raise ValidationError(_("The two are not the same."))
        return again


class AnnounceForm(forms.Form):
    """Until when people answer, on the programme's clocks."""

    answer_by = forms.DateTimeField(label=_("Answer by"))

    def __init__(self, *args: Any, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone

    def clean_answer_by(self) -> datetime:
        """Return the moment that was meant: as the programme's clocks show it."""
        entered: datetime = self.cleaned_data["answer_by"]
        return timezone.make_naive(entered).replace(tzinfo=self.zone)
