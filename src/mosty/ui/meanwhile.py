"""
Forms that two people may have open at once: nobody writes over what she has not seen.

The form carries what its fields said when it was opened, a few letters of a digest for
each. Where somebody else has saved meanwhile, it is refused once and says what stands
there now; what was typed stays, and may be sent again.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from hashlib import blake2s
from typing import Any, Concatenate, ParamSpec, TypeVar

from django import forms
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from i18nfield.strings import LazyI18nString

from mosty.kernel.locks import alone

_SEEN = "stood"
# What is longer is not repeated beside its field.
_MOST = 200
TOLD = gettext_lazy(
    "Somebody else has changed this meanwhile. What you typed is still here: compare, "
    "then save again."
)
Asked = TypeVar("Asked", bound=HttpRequest)
P = ParamSpec("P")
View = Callable[Concatenate[Asked, P], HttpResponse]


def one_at_a_time(view: View[Asked, P]) -> View[Asked, P]:
    """
    Let whoever sends this page's form wait until others who send it are through.

    Only then does the page read what is there; so of two who save in one moment the
    second is told, too. Pages in all languages are one page, of one thing.
    """

    @wraps(view)
    def waits(request: Asked, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method != "POST" or request.resolver_match is None:
            return view(request, *args, **kwargs)
        page = request.resolver_match.view_name
        with alone("ui.form", page, args, sorted(kwargs.items())):
            return view(request, *args, **kwargs)

    # For the test that finds forms which do not wait.
    waits.waits_for_others = True  # type: ignore[attr-defined]  # a function's own
    return waits


def it_now_says(value: str) -> str:
    """Return what stands there now, to be shown beside what was typed."""
    return _("It now says: %(value)s") % {"value": value}


def rows_changed(sent: Mapping[str, Any], now: str) -> bool:
    """Test if a form of rows was sent that stood on other rows than there are ``now``."""
    return bool(sent.get(_SEEN, now) != now)


def rows_digest(rows: Iterable[object]) -> str:
    """Return what a form of ``rows`` stands on, in their order."""
    return _digest([[number, row] for number, row in enumerate(rows)])


class Meanwhile(forms.Form):
    """A form of what is there already: its ``initial`` is what is kept at this moment."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.initial:
            # Something new, which nobody else has open.
            return
        self.fields[_SEEN] = forms.CharField(
            required=False,
            max_length=4000,
            widget=forms.HiddenInput,
            # Asked for when the form is shown: some forms add fields after this.
            initial=self._kept_now,
        )

    def _kept_now(self) -> str:
        return json.dumps(self._as_kept(), separators=(",", ":"))

    def full_clean(self) -> None:
        """Look at what was typed, then at whether it stands on what is there now."""
        super().full_clean()
        if not self.is_bound or _SEEN not in self.fields:
            return
        # Nothing that actions are given.
        self.cleaned_data.pop(_SEEN, None)
        changed = self._changed_meanwhile()
        if not changed:
            return
        self.add_error(
            None,
            TOLD,
        )
        for name in changed:
            shown = _shown(self.get_initial_for_field(self.fields[name], name))
            if shown:
                self.add_error(name, it_now_says(shown))
        # She has been told: the next time her own words stand.
        data = QueryDict(mutable=True)
        data.update(self.data)
        data[self.add_prefix(_SEEN)] = self._kept_now()
        self.data = data

    def _as_kept(self) -> dict[str, str]:
        return {
            name: _digest(self.get_initial_for_field(field, name))
            for name, field in self.fields.items()
            if name != _SEEN and name in self.initial
        }

    def _changed_meanwhile(self) -> list[str]:
        """Return the fields that say something else now than she saw, and than she says."""
        try:
            seen = json.loads(self.data.get(self.add_prefix(_SEEN), "") or "{}")
        except ValueError:
            return []
        if not isinstance(seen, dict):
            return []
        return [
            name
            for name, now in self._as_kept().items()
            if seen.get(name, now) != now
            and (name in self.errors or _digest(self.cleaned_data.get(name)) != now)
        ]


def _digest(value: object) -> str:
    text = json.dumps(_plain(value), sort_keys=True, ensure_ascii=False)
    return blake2s(text.encode(), digest_size=6).hexdigest()


def _plain(value: object) -> object:
    """Return what stays the same however a field keeps it: typed, or from the database."""
    match value:
        case None | "" | False:
            return ""
        case LazyI18nString(data=dict(said)):
            return {code: text for code, text in said.items() if text}
        case Model():
            return str(value.pk)
        case str():
            return value
        case dict():
            return {str(key): _plain(one) for key, one in value.items()}
        case Iterable():
            return sorted(json.dumps(_plain(one)) for one in value)
    return str(value)


def _shown(value: object) -> str:
    """Return what stands there now, if it is short and means something to a reader."""
    if isinstance(value, (bool, Model)) or value is None:
        return ""
    if not isinstance(value, (str, LazyI18nString)) and isinstance(value, Iterable):
        return ""
    text = str(localize(value))
    return text if len(text) <= _MOST else f"{text[:_MOST]}…"
