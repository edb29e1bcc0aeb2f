"""
The form in which rules are written, down to what :func:`mosty.nominations.rules.parse` reads.

Whether the rules make sense is not decided here: ``parse`` does, and each of its
mistakes is shown at the field or row that it names.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms.renderers import get_default_renderer
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mosty.directory.models import Department, Level
from mosty.nominations.queries.calls_editor import Choices
from mosty.nominations.rules import BadRules, Balance, Coverage, Memory, Rules, parse
from mosty.nominations.rules.labels import attribute_label, value_label
from mosty.nominations.rules.schema import BALANCED, COVERED, REMEMBERED, VALUES
from mosty.nominations.rules.words import priority_words

MOST_ROWS = 30
# What a new call begins with, where it copies none.
EMPTY = Rules(seats=25, reserve=0, least=1, most=3, members_of="")
OTHERS = "prefer"
# Conditions that calls really have, by the name of their choice.
PRESETS: Mapping[str, tuple[Promise, Mapping[str, list[str]]]] = {
    "prefer-little": (
        _("people from cities with less experience"),
        {"experience": ["little"]},
    ),
    "prefer-new-much": (
        _("new employees of cities with more experience"),
        {"experience": ["much"], "new_in_post": ["yes"]},
    ),
    "prefer-new": (_("new employees of any city"), {"new_in_post": ["yes"]}),
}
Data = Mapping[str, Any]


def _values() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return every attribute with its values, for whom a rule may speak of."""
    return [
        (
            attribute_label(attribute),
            [
                (f"{attribute}={value}", value_label(attribute, value))
                for value in values
            ],
        )
        for attribute, values in VALUES.items()
    ]


def _whom() -> list[tuple[str, Any]]:
    return [("", _("Choose")), *_values()]


def _what() -> list[tuple[str, Any]]:
    """Return the kinds of priorities, each attribute a choice of its own."""
    return [
        ("", _("Choose")),
        *((f"coverage-{key}", _without_stop(Coverage(key))) for key in COVERED),
        (
            str(_("First of all these people")),
            [
                *((key, label) for key, (label, _who) in PRESETS.items()),
                (OTHERS, _("other people, ticked below")),
            ],
        ),
        *((f"memory-{key}", _without_stop(Memory(key))) for key in REMEMBERED),
        *((f"balance-{key}", _without_stop(Balance(key))) for key in BALANCED),
    ]


def _without_stop(priority: Coverage | Balance | Memory) -> str:
    return priority_words(priority, EMPTY).removesuffix(".")


class RulesForm(forms.Form):
    """All rules but the rows of quotas and priorities."""

    seats = forms.IntegerField(label=_("Seats"))
    reserve = forms.IntegerField(
        label=_("Places on the reserve list"), help_text=_("0: none.")
    )
    least = forms.IntegerField(
        label=_("A city nominates at least"), help_text=_("1: no minimum.")
    )
    most = forms.IntegerField(label=_("A city nominates at most"))
    members_of = forms.ChoiceField(
        label=_("Members of this union take part"), required=False
    )
    exceptions = forms.MultipleChoiceField(
        label=_("And besides these cities"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
    )
    levels = forms.MultipleChoiceField(
        label=_("Levels of posts"),
        choices=Level.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        help_text=_("None ticked: all of them."),
    )
    departments = forms.MultipleChoiceField(
        label=_("Kinds of units"),
        choices=Department.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        help_text=_("None ticked: all of them."),
    )
    new_in_post_months = forms.IntegerField(
        label=_("For so many months somebody is new in post")
    )
    must_confirm = forms.BooleanField(
        label=_("The nominated person must confirm"), required=False
    )

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members_of"].choices = [("", _("none")), *choices.unions]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["exceptions"].choices = choices.cities  # type: ignore[attr-defined]  # a ChoiceField


class QuotaRow(forms.Form):
    """How many seats some people have, at least and at most."""

    whom = forms.ChoiceField(label=_("For whom"), choices=_whom, required=False)
    least = forms.IntegerField(label=pgettext_lazy("seats", "At least"), required=False)
    most = forms.IntegerField(label=pgettext_lazy("seats", "At most"), required=False)

    def stored(self) -> dict[str, Any] | None:
        """Return the quota as rules store it, ``None`` where the row is empty."""
        data = self.cleaned_data
        attribute, _equals, value = data.get("whom", "").partition("=")
        least, most = data.get("least"), data.get("most")
        if not attribute and least is None and most is None and not self.errors:
            return None
        return {"attribute": attribute, "value": value, "least": least, "most": most}

    @staticmethod
    def typed(quota: Mapping[str, Any]) -> dict[str, Any]:
        """Return a stored quota as it is typed."""
        return {
            "whom": f"{quota['attribute']}={quota['value']}",
            "least": quota["least"] or None,
            "most": quota["most"],
        }


class PriorityRow(forms.Form):
    """One aim of the selection; those before it come first."""

    what = forms.ChoiceField(label=_("Aim"), choices=_what, required=False)
    who = forms.MultipleChoiceField(
        label=_("Other people"),
        choices=_values,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        help_text=_("One of the values ticked of each kind must be true of a person."),
    )

    def stored(self) -> dict[str, Any] | None:
        """Return the priority as rules store it, ``None`` where the row is empty."""
        what = self.cleaned_data.get("what", "")
        if not what:
            return None if not self.errors else {"kind": ""}
        if what in PRESETS:
            return {"kind": "prefer", "who": dict(PRESETS[what][1])}
        if what == OTHERS:
            who: dict[str, list[str]] = {}
            for ticked in self.cleaned_data.get("who", ()):
                attribute, _equals, value = ticked.partition("=")
                who.setdefault(attribute, []).append(value)
            return {"kind": "prefer", "who": who}
        kind, _dash, attribute = what.partition("-")
        return {"kind": kind, "attribute": attribute}

    @staticmethod
    def typed(priority: Mapping[str, Any]) -> dict[str, Any]:
        """Return a stored priority as it is typed."""
        if priority["kind"] != "prefer":
            return {"what": f"{priority['kind']}-{priority['attribute']}"}
        for key, (_label, who) in PRESETS.items():
            if who == priority["who"]:
                return {"what": key}
        ticked = [
            f"{attribute}={value}"
            for attribute, values in priority["who"].items()
            for value in values
        ]
        return {"what": OTHERS, "who": ticked}

    @property
    def is_other(self) -> bool:
        """Test if the boxes are what counts, so that they are shown at once."""
        return bool(self["what"].value() == OTHERS or self["who"].value())


class Rows(forms.BaseFormSet[Any]):
    """The rows of one kind, as many as there are."""

    extra = min_num = 0
    max_num = absolute_max = MOST_ROWS
    can_order = can_delete = edit_only = False
    can_delete_extra = validate_min = False
    validate_max = True
    called: Promise

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # formset_factory sets it; a class that names its fields itself must, too.
        self.renderer = get_default_renderer()
        super().__init__(*args, **kwargs)

    def add_fields(self, form: Any, index: int | None) -> None:
        """Name the row's first field by its place, which mistakes then speak of."""
        super().add_fields(form, index)
        first = next(iter(form.fields.values()))
        first.label = str(self.called) % {"number": (index or 0) + 1}


class QuotaRows(Rows):
    """The quotas."""

    form = QuotaRow
    called = _("Limit %(number)s, for whom")


class PriorityRows(Rows):
    """The priorities, the first being the strongest."""

    form = PriorityRow
    called = _("Priority %(number)s")


class RulesEditor:
    """
    The whole of rules in one HTML form: the plain fields, and rows in their order.

    Made from what was sent, from rules, or from what was typed after a row was added,
    moved or removed (:meth:`after`): then nothing is checked and nothing is lost.
    """

    def __init__(
        self,
        choices: Choices,
        sent: QueryDict | None = None,
        *,
        plain: Data | None = None,
        quotas: Sequence[Data] = (),
        priorities: Sequence[Data] = (),
    ) -> None:
        self.choices = choices
        self.form = RulesForm(sent, initial=dict(plain or {}), choices=choices)
        self.quotas = QuotaRows(sent, initial=list(quotas), prefix="quotas")
        self.priorities = PriorityRows(
            sent, initial=list(priorities), prefix="priorities"
        )
        # Where in the rows each stored quota and priority was typed.
        self._places: dict[str, forms.Form] = {}

    @classmethod
    def of(cls, choices: Choices, stored: Mapping[str, Any]) -> "RulesEditor":
        """Return the editor filled with stored rules."""
        return cls(
            choices,
            plain=stored,
            quotas=[QuotaRow.typed(quota) for quota in stored["quotas"]],
            priorities=[PriorityRow.typed(one) for one in stored["priorities"]],
        )

    @property
    def forms(self) -> list[Any]:
        """Return everything whose mistakes an error summary lists."""
        return [self.form, self.quotas, self.priorities]

    def stored(self) -> dict[str, Any]:
        """Return what was sent in the form in which rules are stored, right or wrong."""
        self.form.is_valid()
        plain = {name: self.form.cleaned_data.get(name) for name in self.form.fields}
        return {
            **plain,
            "quotas": self._rows("quotas", self.quotas),
            "priorities": self._rows("priorities", self.priorities),
        }

    def _rows(self, name: str, rows: Rows) -> list[dict[str, Any]]:
        rows.is_valid()
        found = []
        for row in rows.forms:
            stored = row.stored()
            if stored is not None:
                found.append(stored)
                self._places[f"{name}.{len(found)}"] = row
        return found

    def rules(self) -> Rules | None:
        """Return the rules that were sent, ``None`` if they make no sense."""
        stored = self.stored()
        try:
            rules = parse(stored)
        except BadRules as bad:
            self.blame({mistake.field: mistake.sentence for mistake in bad.mistakes})
            return None
        wrong = self.form.errors or any(rows.total_error_count() for rows in self.rows)
        return None if wrong else rules

    @property
    def mistakes(self) -> list[str]:
        """Return what is wrong, each with the name of the field, for the preview."""
        rows = [row for part in self.rows for row in part.forms]
        return [
            f"{field.label}: {text}"
            for form in (self.form, *rows)
            for field in form
            for text in field.errors
        ] + [str(text) for text in self.form.non_field_errors()]

    @property
    def rows(self) -> tuple[Rows, Rows]:
        """Return the two sets of rows."""
        return self.quotas, self.priorities

    def blame(self, fields: Mapping[str, object]) -> dict[str, object]:
        """Show each sentence at the rule it names; return those that name none."""
        left = {}
        for name, sentence in fields.items():
            place = self._places.get(name)
            if place is not None:
                # What is no number has been said already.
                if not place.errors:
                    place.add_error(next(iter(place.fields)), str(sentence))
            elif name in ("quotas", "priorities"):
                self.form.add_error(None, str(sentence))
            elif name not in self.form.fields:
                left[name] = sentence
            elif not self.form.has_error(name):
                self.form.add_error(name, str(sentence))
        return left

    def after(self, operation: str) -> "RulesEditor":
        """Return what was typed with one row added, moved or removed, unchecked."""
        name, act, place = f"{operation}..".split(".")[:3]
        rows = {
            "quotas": [typed(row) for row in self.quotas.forms],
            "priorities": [typed(row) for row in self.priorities.forms],
        }
        if name in rows:
            _rearrange(rows[name], act, int(place) if place.isdecimal() else -1)
        return RulesEditor(
            self.choices,
            plain=typed(self.form),
            quotas=rows["quotas"],
            priorities=rows["priorities"],
        )


def _rearrange(rows: list[dict[str, Any]], act: str, place: int) -> None:
    """Add a row, or move or remove the one at ``place``, if there is one."""
    if act == "add" and len(rows) < MOST_ROWS:
        rows.append({})
    if not 0 <= place < len(rows):
        return
    if act == "remove":
        rows.pop(place)
    elif act in {"up", "down"}:
        to = place - 1 if act == "up" else place + 1
        if 0 <= to < len(rows):
            rows[place], rows[to] = rows[to], rows[place]


def typed(form: forms.BaseForm) -> dict[str, Any]:
    """Return what was typed into a form, as it was typed."""
    return {field.name: field.data for field in form}
