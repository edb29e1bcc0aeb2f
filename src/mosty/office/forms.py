"""Whether what is typed in the outbox and the ledger is well formed."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mosty.office import kinds, verbs
from mosty.office.batches import Batch
from mosty.outbox.models import Message

EVERY = ("", _("all"))


class MessageFilter(forms.Form):
    """What of the outbox is shown."""

    state = forms.ChoiceField(
        label=_("State"), choices=[EVERY, *Message.State.choices], required=False
    )
    kind = forms.ChoiceField(label=pgettext_lazy("message", "Kind"), required=False)
    scope = forms.ChoiceField(label=_("Call"), required=False)
    language = forms.ChoiceField(
        label=_("Language"), choices=[EVERY, *settings.LANGUAGES], required=False
    )

    def __init__(
        self,
        *args: Any,
        kinds_there: list[str],
        calls: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        known = [(kind, kinds.in_words(kind)) for kind in kinds_there]
        self._choices("kind", sorted(known, key=lambda pair: pair[1]))
        self._choices("scope", calls)

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        field.choices = [EVERY, *choices]  # type: ignore[attr-defined]  # of a ChoiceField


class EraseForm(forms.Form):
    """Why a person's data is erased."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("It stays in the ledger: write no names and no addresses."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class BatchForm(forms.Form):
    """Which messages are to leave: the keys of picked ones, or a kind of a call."""

    message = forms.TypedMultipleChoiceField(coerce=int, required=False)
    kind = forms.CharField(max_length=40, required=False)
    scope = forms.CharField(max_length=120, required=False)
    up_to = forms.IntegerField(required=False)
    count = forms.IntegerField(required=False, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Any whole number is well formed; which of them exist, the action finds out.
        self.fields["message"].valid_value = str.isdecimal  # type: ignore[attr-defined]  # of a ChoiceField

    def batch(self) -> Batch:
        """Return what is asked for."""
        given = self.cleaned_data
        return Batch(
            picked=tuple(given["message"]),
            kind=given["kind"],
            scope=given["scope"],
            up_to=given["up_to"],
        )


class WithdrawForm(forms.Form):
    """Why a message is taken back."""

    reason = forms.CharField(label=_("Why"), max_length=2000, widget=forms.Textarea)


class LedgerFilter(forms.Form):
    """What of the ledger is shown."""

    verb = forms.ChoiceField(label=_("What"), required=False)
    actor = forms.CharField(label=_("Who"), max_length=100, required=False)
    target = forms.CharField(
        label=_("On what"),
        max_length=120,
        required=False,
        help_text=_("A code or address."),
    )
    scope = forms.CharField(label=_("Belongs to"), max_length=120, required=False)
    since = forms.DateField(label=_("From day"), required=False)
    until = forms.DateField(label=_("To day"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["verb"]
        field.choices = [EVERY, *verbs.choices()]  # type: ignore[attr-defined]  # of a ChoiceField
