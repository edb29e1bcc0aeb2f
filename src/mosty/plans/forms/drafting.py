"""Forms of the draft: the head, an objective, an action."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mosty.plans.models import LINKS, Action, Objective, Plan, Visibility
from mosty.plans.queries.links import Offered
from mosty.plans.queries.topics import Topic, key_of


class RowForm(forms.Form):
    """One row, with the version that its writer read."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def values(self) -> dict[str, Any]:
        """Return what was typed, once it is valid."""
        return {
            name: value.strip() if isinstance(value, str) else value
            for name, value in self.cleaned_data.items()
            if name not in {"seen", "visibility"}
        }

    @property
    def version(self) -> int:
        """Return which version was read; 0: none."""
        return self.cleaned_data.get("seen") or 0


class HeadForm(RowForm):
    """What the plan is called, and where the city stands."""

    title = forms.CharField(label=_("Title"), max_length=200)
    context = forms.CharField(
        label=_("Context"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Where your city stands, and why this plan: a few sentences."),
    )


class ObjectiveForm(RowForm):
    """What is to be reached."""

    text = forms.CharField(
        label=_("Objective"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What will be different in your city, for whom."),
    )


def _number(label: object) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,  # type: ignore[arg-type]  # a lazy text is one
        max_digits=12,
        decimal_places=2,
        required=False,
        localize=True,
    )


def _text(
    label: object, most: int, *, rows: int = 1, help_text: object = ""
) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows > 1 else forms.TextInput()
    return forms.CharField(
        label=label,  # type: ignore[arg-type]  # a lazy text is one
        max_length=most,
        required=False,
        widget=widget,
        help_text=help_text,  # type: ignore[arg-type]
    )


def _picks(label: object, help_text: object) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,  # type: ignore[arg-type]  # a lazy text is one
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=help_text,  # type: ignore[arg-type]
    )


class ActionForm(RowForm):
    """One action."""

    what = forms.CharField(
        label=pgettext_lazy("plan", "Action"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    lead = _text(_("Who leads"), 200)
    partners = _text(_("Partners"), 500)
    starts_on = forms.DateField(label=_("From"), required=False)
    ends_on = forms.DateField(label=_("Until"), required=False)
    output = _text(
        _("Output indicator: what is done"),
        300,
        help_text=_("For example: workshops held."),
    )
    output_unit = _text(_("Unit of the output"), 60)
    output_baseline = _number(_("Output: baseline"))
    output_target = _number(_("Output: target"))
    result = _text(
        _("Result indicator: what changes"),
        300,
        help_text=_("For example: people who know where to ask."),
    )
    result_unit = _text(_("Unit of the result"), 60)
    result_baseline = _number(_("Result: baseline"))
    result_target = _number(_("Result: target"))
    resources = _text(_("Resources"), 1000, rows=2)
    risk = _text(_("Risk"), 1000, rows=2)
    topic = forms.ChoiceField(
        label=_("Topic"),
        required=False,
        help_text=_("By it, cities that ask and cities that can help find each other."),
    )
    practices = _picks(
        _("Good practices it builds on"),
        _("Their pages then name your plan to whoever sees it."),
    )
    stakeholders = _picks(
        _("Partners on our map"),
        _(
            "Your city alone sees these names, and whoever it shows the map to. What is "
            "thought of a partner stays on the map."
        ),
    )
    needs = _picks(
        _("Needs it answers"),
        _("What residents ask about, by the list of the information points."),
    )
    visibility = forms.TypedChoiceField(label=_("Who sees it"), coerce=int)

    def __init__(
        self,
        *args: Any,
        plan: Plan,
        topics: Sequence[Topic],
        offered: Offered,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in LINKS:
            choices = offered.of(name)
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # of a choice
            if not choices:
                del self.fields[name]
        self.topics = {topic.key: topic for topic in topics}
        kept = kwargs.get("initial", {}).get("kept_topic")
        # A topic that the course has dropped since stays what the action says.
        if kept is not None and kept.key and kept.key not in self.topics:
            self.topics[kept.key] = kept
        self.fields["topic"].choices = [  # type: ignore[attr-defined]  # of a ChoiceField
            ("", "–"),
            *((topic.key, str(topic)) for topic in self.topics.values()),
        ]
        self.fields["visibility"].choices = [  # type: ignore[attr-defined]
            (level.value, level.label)
            for level in Visibility
            if level <= plan.visibility
            and (level != Visibility.COURSE or plan.course_id is not None)
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse days the wrong way round and numbers of nothing."""
        given = super().clean() or {}
        starts, ends = given.get("starts_on"), given.get("ends_on")
        if isinstance(starts, date) and isinstance(ends, date) and ends < starts:
            self.add_error("ends_on", _("The action ends before it starts."))
        return given

    def values(self) -> dict[str, Any]:
        """Return what was typed; the topic as a topic."""
        given = super().values()
        if "needs" in given:
            given["needs"] = [int(key) for key in given["needs"]]
        return {**given, "topic": self.topics.get(given["topic"]) or ""}

    @property
    def picks(self) -> list[BoundField]:
        """Return the fields of links, those of which there is something to choose."""
        return [self[name] for name in LINKS if name in self.fields]

    @property
    def circle(self) -> int:
        """Return who is to see the line."""
        return int(self.cleaned_data["visibility"])


def initial_of(row: Plan | Objective | Action) -> Mapping[str, Any]:
    """Return what a form of ``row`` shows at first."""
    if isinstance(row, Plan):
        return {"title": row.title, "context": row.context, "seen": row.version}
    if isinstance(row, Objective):
        return {"text": row.text, "seen": row.version}
    names = [
        field.name
        for field in Action._meta.concrete_fields
        if field.name in ActionForm.base_fields
    ]
    initial = {name: getattr(row, name) for name in names}
    for name in list(initial):
        if name.endswith(("_baseline", "_target")) and initial[name] is not None:
            # 5 and not 5.00, which nobody typed.
            plain = initial[name].normalize()
            initial[name] = plain.quantize(1) if plain == plain.to_integral() else plain
    return {
        **initial,
        **{name: [str(key) for key in getattr(row, name)] for name in LINKS},
        "topic": row.topic_key,
        "kept_topic": Topic(key_of(row.topic), row.topic) if row.topic_key else None,
        "seen": row.version,
    }
