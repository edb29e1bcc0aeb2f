"""Forms of rows on which several people write at once: what they began from, who was faster."""

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from mosty.partnerships.actions.writing import AtOdds


class SharedForm(forms.Form):
    """
    A form that knows what stood in it before anything was typed.

    ``seen`` is the row's revision, ``was`` what the form began with, as JSON. Neither is
    trusted: they decide only what becomes of the sender's own changes.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    was = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20_000)

    @classmethod
    def begun(cls, said: Mapping[str, object], revision: int) -> dict[str, Any]:
        """Return what the form of a row begins with."""
        return {**said, "seen": revision, "was": json.dumps(_plain(said))}

    def base(self) -> dict[str, object]:
        """Return what the form began with; of what cannot be read, nothing."""
        try:
            read = json.loads(self.cleaned_data["was"] or "{}")
        except ValueError:
            return {}
        if not isinstance(read, dict):
            return {}
        return {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in read.items()
            if name in self.fields
        }

    def revision(self) -> int:
        """Return the revision that was seen; 0 if it is not said."""
        return self.cleaned_data.get("seen") or 0


def after(refusal: AtOdds, data: QueryDict, form: SharedForm) -> SharedForm:
    """
    Return the form as it is to be decided on: with what others wrote, beside each field.

    What only they changed is taken over; sending it again is then meant.
    """
    sent = data.copy()
    for name, value in refusal.values.items():
        if name in refusal.at_odds:
            continue
        if isinstance(value, tuple):
            sent.setlist(name, [str(one) for one in value])
        elif value is True:
            sent[name] = "on"
        elif value is False:
            sent.pop(name, None)
        else:
            sent[name] = "" if value is None else str(value)
    sent["seen"] = str(refusal.revision)
    sent["was"] = json.dumps(_plain(refusal.theirs))
    # A form of the same kind, over what is now known.
    form.data = sent
    form.full_clean()
    for name in refusal.at_odds:
        text = _("Somebody else wrote: %(value)s") % {
            "value": _in_words(form.fields[name], refusal.theirs[name])
        }
        form.add_error(name, text)
    form.add_error(None, str(refusal))
    return form


def in_words(form: forms.Form, names: tuple[str, ...]) -> str:
    """Return the labels of fields, for a sentence."""
    return ", ".join(str(form.fields[name].label) for name in names)


def _plain(said: Mapping[str, object]) -> dict[str, object]:
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in said.items()
    }


def _in_words(field: forms.Field, value: object) -> str:
    choices = {str(key): str(label) for key, label in getattr(field, "choices", ())}
    if isinstance(value, tuple):
        return ", ".join(choices.get(str(one), str(one)) for one in value) or "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    text = "" if value is None else str(value)
    return choices.get(text, text) or "–"
