"""What is typed about a call: its texts and times, a reason, a new closing time, a seed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from mosty.directory.models import Organisation
from mosty.kernel.refusal import Refusal
from mosty.nominations.actions.calls import CallText, closing_moment
from mosty.nominations.forms.rules import RulesEditor
from mosty.nominations.models import Call
from mosty.programmes.models import Programme

TEXTS = ("costs", "notice", "seed_source")
CLOCK_CHANGE = _(
    "The clocks change at that hour: it does not exist on this day, or comes twice."
)
UNTIL_HELP = _("The whole minute still counts. Without a time: 23:59.")


class CallForm(forms.Form):
    """Everything of a call but its course and its rules."""

    slug = forms.SlugField(
        label=_("Address"),
        max_length=60,
        help_text=_("Small letters, digits and hyphens, such as “part-3”."),
    )
    opens_on = forms.DateField(label=_("Opens on"))
    opens_time = forms.TimeField(
        label=_("From what time"), required=False, help_text=_("Without a time: 0:00.")
    )
    closes_on = forms.DateField(label=_("Last day for nominations"))
    closes_time = forms.TimeField(
        label=_("Until what time"), required=False, help_text=UNTIL_HELP
    )
    channel = forms.ChoiceField(
        label=_("Who passes the call to cities and gathers nominations")
    )
    contact = forms.CharField(
        label=_("Contact"),
        max_length=200,
        help_text=_("Who answers questions: an office rather than a person."),
    )
    contact_email = forms.EmailField(label=_("Contact's e-mail"), required=False)
    casting = forms.ChoiceField(
        label=_("How the lot is cast"),
        choices=Call.Casting.choices,
        initial=Call.Casting.SEED,
        required=False,
        widget=forms.RadioSelect,
        help_text=_(
            "In public: after the call, 1,000 numbered groups are published; three digits "
            "drawn before witnesses decide among them."
        ),
    )

    def __init__(
        self,
        sent: QueryDict | None = None,
        *,
        programme: Programme,
        channels: Sequence[Organisation],
        languages: Sequence[str],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(sent, initial=dict(initial or {}))
        self.zone = programme.zone
        self.languages = tuple(languages)
        self.channels = {str(row.pk): row for row in channels}
        self.fields["channel"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (key, str(row.name)) for key, row in self.channels.items()
        ]
        labels = {
            "costs": _("What is paid by whom (%(language)s)"),
            "notice": _("Privacy notice for nominated people (%(language)s)"),
            "seed_source": _("Source of the draw's seed or number (%(language)s)"),
        }
        for name in TEXTS:
            for code in self.languages:
                self.fields[f"{name}_{code}"] = forms.CharField(
                    label=str(labels[name])
                    % {"language": get_language_info(code)["name_translated"]},
                    required=name == "notice",
                    max_length=20_000 if name == "notice" else 3000,
                    widget=forms.Textarea(
                        attrs={"rows": 6 if name == "notice" else 2, "lang": code}
                    ),
                    help_text=_(
                        "Named before the call closes, drawn after it: such as the "
                        "numbers of a public lottery on a day to come."
                    )
                    if name == "seed_source"
                    else "",
                )

    def clean(self) -> None:
        """Turn days and times into moments on the programme's clocks."""
        data = self.cleaned_data
        if data.get("opens_on") and "opens_time" in data:
            try:
                data["opens_at"] = opening_moment(
                    data["opens_on"], self.zone, data["opens_time"]
                )
            except ValueError:
                self.add_error("opens_time", CLOCK_CHANGE)
        if data.get("closes_on") and "closes_time" in data:
            try:
                data["closes_at"] = closing_moment(
                    data["closes_on"], self.zone, data["closes_time"] or time(23, 59)
                )
            except ValueError:
                self.add_error("closes_time", CLOCK_CHANGE)

    def text(self) -> CallText:
        """Return what was typed, once it is valid."""
        data = self.cleaned_data
        return CallText(
            slug=data["slug"],
            opens_at=data["opens_at"],
            closes_at=data["closes_at"],
            channel=self.channels[data["channel"]],
            contact=data["contact"],
            contact_email=data["contact_email"],
            costs=self._written("costs"),
            notice=self._written("notice"),
            seed_source=self._written("seed_source"),
            casting=data["casting"] or Call.Casting.SEED,
        )

    def _written(self, name: str) -> LazyI18nString:
        return LazyI18nString(
            {code: self.cleaned_data[f"{name}_{code}"] for code in self.languages}
        )

    @property
    def texts(self) -> list[forms.BoundField]:
        """Return the fields of texts, language by language."""
        return [self[f"{name}_{code}"] for name in TEXTS for code in self.languages]

    def typed_seed_source(self, code: str) -> str:
        """Return the source of the seed as typed so far, for the preview."""
        return str(self[f"seed_source_{code}"].value() or "")

    @property
    def opening_day(self) -> date | None:
        """Return the day typed for opening, if it is one."""
        self.is_valid()
        return self.cleaned_data.get("opens_on")


def opening_moment(day: date, zone: ZoneInfo, at: time | None) -> datetime:
    """
    Return when a call opens.

    :raises ValueError: if clocks do not show that time, or show it twice, that day.
    """
    there = datetime.combine(day, at or time(), tzinfo=zone)
    if there.utcoffset() != there.replace(fold=1).utcoffset():
        raise ValueError(at)
    return there


def texts_of(call: Call, languages: Sequence[str]) -> dict[str, Any]:
    """Return the texts of ``call`` as they are typed: all that another call may copy."""
    found: dict[str, Any] = {
        "channel": str(call.channel_id),
        "contact": call.contact,
        "contact_email": call.contact_email,
        "casting": call.casting,
    }
    for name in TEXTS:
        written: LazyI18nString = getattr(call, name)
        for code in languages:
            found[f"{name}_{code}"] = in_language(written, code)
    return found


def in_language(text: LazyI18nString, code: str) -> str:
    """Return ``text`` as written in one language; empty where it is not."""
    if isinstance(text.data, dict):
        return str(text.data.get(code) or "")
    return str(text.data or "")


def typed_call(call: Call, languages: Sequence[str]) -> dict[str, Any]:
    """Return the whole of ``call`` as it is typed."""
    programme = call.course.programme
    opens = programme.local(call.opens_at)
    last = programme.local(call.closes_at - timedelta(minutes=1))
    return {
        **texts_of(call, languages),
        "slug": call.slug,
        "opens_on": opens.date(),
        "opens_time": opens.time().replace(second=0, microsecond=0),
        "closes_on": last.date(),
        "closes_time": last.time().replace(second=0, microsecond=0),
    }


class CallEditor:
    """A call's texts and its rules, in one HTML form."""

    def __init__(self, form: CallForm, rules: RulesEditor) -> None:
        self.form = form
        self.rules = rules

    @property
    def forms(self) -> list[Any]:
        """Return everything whose mistakes the error summary lists."""
        return [self.form, *self.rules.forms]

    def is_valid(self) -> bool:
        """Test if everything is well formed; says all mistakes at once."""
        rules = self.rules.rules()
        return self.form.is_valid() and rules is not None

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal at the fields it names, else above them all."""
        names = {"opens_at": "opens_on", "closes_at": "closes_on"}
        left = self.rules.blame(refusal.fields)
        for name, sentence in left.items():
            field = names.get(name, name)
            self.form.add_error(
                field if field in self.form.fields else None, str(sentence)
            )
        if not refusal.fields:
            self.form.add_error(None, str(refusal))


class CopyForm(forms.Form):
    """Which earlier call a new one starts from."""

    source = forms.ChoiceField(label=_("Start from another call"), required=False)

    def __init__(self, sent: QueryDict, *, calls: Sequence[Call]) -> None:
        super().__init__(sent)
        self.fields["source"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", _("an empty form")),
            *((call.slug, str(call.course)) for call in calls),
        ]


class PhaseForm(forms.Form):
    """The filter of the list of calls."""

    phase = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("all")),
            ("draft", _("draft")),
            ("upcoming", _("opens soon")),
            ("open", _("call open")),
            ("closed", _("call closed")),
            ("cancelled", pgettext_lazy("state", "call cancelled")),
        ],
    )


class ReasonForm(forms.Form):
    """Why something is done that others will ask about."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ClosingForm(ReasonForm):
    """A new closing time, and why."""

    closes_on = forms.DateField(label=_("Last day for nominations"))
    closes_time = forms.TimeField(
        label=_("Until what time"), required=False, help_text=UNTIL_HELP
    )
    field_order = ("closes_on", "closes_time", "reason")

    def __init__(self, *args: Any, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone

    def clean(self) -> None:
        """Turn day and time into the moment of closing."""
        data = self.cleaned_data
        if data.get("closes_on") and "closes_time" in data:
            try:
                data["closes_at"] = closing_moment(
                    data["closes_on"], self.zone, data["closes_time"] or time(23, 59)
                )
            except ValueError:
                self.add_error("closes_time", CLOCK_CHANGE)


class SeedForm(forms.Form):
    """The seed, and again: it cannot be exchanged."""

    seed = forms.CharField(label=_("Seed"), max_length=200)
    again = forms.CharField(label=_("Seed, once more"), max_length=200)

    def clean_again(self) -> str:
        """Refuse a second seed that is not the first."""
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("seed", again):
            raise ValidationError(_("The two are not the same."))
        return again
