"""
The questions of a questionnaire as rows that work without a script.

A button sends the form to be shown again with one more row; a box marks a row that goes.
Answers to choose from stand one to a line, in the same order in every language; a star
before one marks it as right.
"""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.forms.formsets import DELETION_FIELD_NAME, ORDERING_FIELD_NAME
from django.forms.renderers import get_default_renderer
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from i18nfield.forms import I18nFormField, I18nTextarea, I18nTextInput
from i18nfield.strings import LazyI18nString

from mosty.evaluation.questions import Content, Kind, Option, Question
from mosty.evaluation.questions.schema import (
    CHOICES,
    LONGEST_TEXT,
    MOST_QUESTIONS,
    QUOTE,
    Text,
)

ADD = "add"
_RIGHT = "*"


def _written(
    label: object, codes: Sequence[str], *, lines: int = 1, **options: Any
) -> forms.Field:
    """Return a field for a text in the languages ``codes``."""
    field: forms.Field = I18nFormField(
        label=label,
        locales=list(codes),
        widget=I18nTextarea if lines > 1 else I18nTextInput,
        widget_kwargs={"attrs": {"rows": lines} if lines > 1 else {}},
        **options,
    )
    # i18nfield calls every field optional, since no single language is required.
    field.required = options.get("required", True)
    return field


def as_text(value: object) -> Text:
    """Return what a field for several languages was given."""
    data: Any = value.data if isinstance(value, LazyI18nString) else value
    if isinstance(data, str):
        return {settings.LANGUAGES[0][0]: data} if data else {}
    return {code: text for code, text in (data or {}).items() if text and text.strip()}


class Head(forms.Form):
    """What a questionnaire is called."""

    name = forms.CharField(
        label=_("Name for your own use"),
        max_length=200,
        help_text=_("Those who answer do not see it."),
    )

    def __init__(
        self, *args: Any, codes: Sequence[str], named: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if named:
            del self.fields["name"]
        self.fields["title"] = _written(
            _("Title"),
            codes,
            max_length=LONGEST_TEXT,
            help_text=_("The languages of the title are those of the questionnaire."),
        )


class ImportForm(forms.Form):
    """An XLSForm, and what the questionnaire made from it is called."""

    name = forms.CharField(label=_("Name for your own use"), max_length=200)
    file = forms.FileField(
        label=_("XLSForm (XLSX)"),
        help_text=_("As ODK, Kobo and other survey tools write it; at most 10 MB."),
    )


class QuestionRow(forms.Form):
    """One question."""

    key = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    keys = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("Kind of answer"), choices=[("", "–"), *Kind.choices]
    )
    required = forms.BooleanField(label=_("Must be answered"), required=False)
    least = forms.IntegerField(
        label=_("From"), required=False, min_value=0, max_value=10
    )
    most = forms.IntegerField(label=_("To"), required=False, min_value=1, max_value=11)
    # By what they are for, so that the page can fold what a kind does not need.
    asked: ClassVar = ("kind", "text", "hint", "required")
    scale: ClassVar = ("least", "most", "low", "high")

    def __init__(
        self, *args: Any, codes: Sequence[str], draft: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.draft = draft
        self.fields["text"] = _written(_("Question"), codes, max_length=LONGEST_TEXT)
        for name, label in (
            ("hint", _("Explanation")),
            ("low", _("Words at the lower end")),
            ("high", _("Words at the upper end")),
        ):
            self.fields[name] = _written(
                label, codes, max_length=LONGEST_TEXT, required=False
            )
        self.fields["options"] = _written(
            _("Answers to choose from"),
            codes,
            lines=4,
            required=False,
            help_text=_(
                "One to a line, in the same order in every language. A star before an "
                "answer marks it as right in a test."
            ),
        )

    def part(self, name: str) -> list[forms.BoundField]:
        """Return the fields of one part of the row."""
        return [self[field] for field in getattr(self, name)]

    @property
    def asked_fields(self) -> list[forms.BoundField]:
        return self.part("asked")

    @property
    def scale_fields(self) -> list[forms.BoundField]:
        return self.part("scale")

    @property
    def kind_now(self) -> str:
        """Return the kind as it was sent, or as it stands."""
        return str(self["kind"].value() or "")

    def full_clean(self) -> None:
        """Find no fault while rows are still being added."""
        if self.draft:
            self._errors = ErrorDict()
            self.cleaned_data = {}
        else:
            super().full_clean()

    def clean(self) -> None:
        """Look that every language has as many answers to choose from."""
        lines = {code: len(text.split("\n")) for code, text in self._options().items()}
        if self.cleaned_data.get("kind") in CHOICES and len(set(lines.values())) > 1:
            self.add_error(
                "options", _("Give as many answers in every language, one to a line.")
            )

    def _options(self) -> dict[str, str]:
        return {
            code: "\n".join(line.strip() for line in text.splitlines() if line.strip())
            for code, text in as_text(self.cleaned_data.get("options")).items()
        }

    def question(self, free: str) -> Question:
        """Return what was typed; ``free`` is a name that no other question has."""
        data = self.cleaned_data
        kind = Kind(data["kind"])
        key = data["key"] or free
        if key.startswith(QUOTE) != (kind == Kind.QUOTE):
            key = f"{QUOTE}_{free}" if kind == Kind.QUOTE else free
        is_scale = kind == Kind.SCALE
        return Question(
            key=key,
            kind=kind,
            text=as_text(data["text"]),
            hint=as_text(data["hint"]),
            required=data["required"] and kind != Kind.NOTE,
            least=data["least"] if is_scale and data["least"] is not None else 1,
            most=data["most"] if is_scale and data["most"] is not None else 5,
            low=as_text(data["low"]) if is_scale else {},
            high=as_text(data["high"]) if is_scale else {},
            options=self._made_options() if kind in CHOICES else (),
        )

    def _made_options(self) -> tuple[Option, ...]:
        lines = {code: text.split("\n") for code, text in self._options().items()}
        count = max((len(one) for one in lines.values()), default=0)
        keys = [key for key in self.cleaned_data["keys"].split(" ") if key][:count]
        number = 0
        while len(keys) < count:
            number += 1
            if f"a{number}" not in keys:
                keys.append(f"a{number}")
        return tuple(
            Option(
                key,
                {
                    code: one[at].removeprefix(_RIGHT).strip()
                    for code, one in lines.items()
                    if at < len(one)
                },
                any(
                    one[at].startswith(_RIGHT)
                    for one in lines.values()
                    if at < len(one)
                ),
            )
            for at, key in enumerate(keys)
        )


class QuestionRows(forms.BaseFormSet[QuestionRow]):
    """The questions as they stand, and room for one more."""

    form = QuestionRow
    extra = 1
    can_order = can_delete = can_delete_extra = True
    edit_only = validate_min = False
    validate_max = True
    min_num = 0
    max_num = absolute_max = MOST_QUESTIONS

    def __init__(
        self,
        sent: QueryDict | None = None,
        *,
        codes: Sequence[str],
        content: Content | None = None,
    ) -> None:
        draft = sent is not None and ADD in sent
        # formset_factory sets it; a class that names its fields itself must, too.
        self.renderer = get_default_renderer()
        super().__init__(
            data=_with_one_more(sent) if sent is not None and draft else sent,
            initial=[_initial(one) for one in content.questions] if content else [],
            prefix="rows",
            form_kwargs={"codes": codes, "draft": draft},
        )

    def add_fields(self, form: QuestionRow, index: int | None) -> None:
        """Name the fields that order and remove rows."""
        super().add_fields(form, index)
        form.fields[DELETION_FIELD_NAME].label = _("Remove")
        form.fields[ORDERING_FIELD_NAME].label = _("Place in the order")

    def questions(self) -> tuple[Question, ...]:
        """Return what was typed, in its order, once all are valid."""
        rows: list[QuestionRow] = list(self.ordered_forms)
        taken = {row.cleaned_data["key"] for row in rows}
        free = (f"q{number}" for number in range(1, 1000))
        names = (name for name in free if name not in taken)
        return tuple(row.question(next(names)) for row in rows)


def _initial(question: Question) -> dict[str, Any]:
    codes = question.text.keys()
    lines = {
        code: "\n".join(
            f"{_RIGHT} {option.text.get(code, '')}"
            if option.is_right
            else option.text.get(code, "")
            for option in question.options
        )
        for code in codes
    }
    return {
        "key": question.key,
        "keys": " ".join(option.key for option in question.options),
        "kind": question.kind,
        "required": question.required,
        "least": question.least,
        "most": question.most,
        **{
            name: LazyI18nString(dict(text))
            for name, text in (
                ("text", question.text),
                ("hint", question.hint),
                ("low", question.low),
                ("high", question.high),
                ("options", lines),
            )
        },
    }


def _with_one_more(sent: QueryDict) -> QueryDict:
    """Return what was sent, with room for one more row."""
    data = sent.copy()
    count = sent.get("rows-TOTAL_FORMS", "0")
    data["rows-TOTAL_FORMS"] = str(
        min(MOST_QUESTIONS, int(count if count.isdecimal() else 0) + 1)
    )
    return data
