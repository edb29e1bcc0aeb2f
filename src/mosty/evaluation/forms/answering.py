"""The form in which a survey is answered: every question on one page."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from mosty.evaluation.actions.answers import Sheet, Words
from mosty.evaluation.questions import Content, Kind, Question
from mosty.evaluation.questions.schema import say

LONGEST_ANSWER = 4_000
LARGEST_NUMBER = 1_000_000
# Forms' own names never begin so, and a question's name never has a dash.
CONSENT, NAMED, SIGN = "-consent", "-named", "-sign"


class AnswerForm(forms.Form):
    """One questionnaire in one language."""

    def __init__(
        self,
        sent: Mapping[str, Any] | None = None,
        *,
        content: Content,
        language: str,
        signed: bool,
        draft: bool = False,
    ) -> None:
        super().__init__(sent)
        self.draft = draft
        self.content = content
        self.language = language
        for question in content.questions:
            self._add(question)
        if signed:
            self.fields[SIGN] = forms.CharField(
                label=_("Your own sign"), required=False, max_length=40
            )

    def _add(self, question: Question) -> None:
        label = say(question.text, self.language)
        common: dict[str, Any] = {
            "label": label,
            # Whoever wrote it is no author of pages: help texts are shown as they are.
            "help_text": escape(say(question.hint, self.language)),
            "required": question.required,
        }
        key = question.key
        match question.kind:
            case Kind.SCALE:
                choices = [(str(step), str(step)) for step in question.steps]
                self.fields[key] = forms.ChoiceField(
                    **common, choices=choices, widget=forms.RadioSelect
                )
            case Kind.ONE:
                self.fields[key] = forms.ChoiceField(
                    **common, choices=self._options(question), widget=forms.RadioSelect
                )
            case Kind.MANY:
                self.fields[key] = forms.MultipleChoiceField(
                    **common,
                    choices=self._options(question),
                    widget=forms.CheckboxSelectMultiple,
                )
            case Kind.NUMBER:
                self.fields[key] = forms.IntegerField(
                    **common, min_value=0, max_value=LARGEST_NUMBER
                )
            case Kind.TEXT | Kind.QUOTE:
                self.fields[key] = forms.CharField(
                    **common,
                    max_length=LONGEST_ANSWER,
                    widget=forms.Textarea(attrs={"rows": 3}),
                )
        if question.kind == Kind.QUOTE:
            self.fields[key + CONSENT] = forms.BooleanField(
                label=_("You may publish these words."), required=False
            )
            self.fields[key + NAMED] = forms.CharField(
                label=_("How shall we name you?"),
                required=False,
                max_length=120,
                help_text=_(
                    "For example “a school counsellor from a large city”, or your name. "
                    "Empty: without a name. It is kept apart from your other answers."
                ),
            )

    def _options(self, question: Question) -> list[tuple[str, str]]:
        return [
            (option.key, say(option.text, self.language)) for option in question.options
        ]

    def rows(self) -> list[tuple[Question, Sequence[forms.BoundField], str, str]]:
        """Return each question, its fields, and the words at the ends of a scale."""
        return [
            (
                question,
                [
                    self[name]
                    for name in (
                        question.key,
                        question.key + CONSENT,
                        question.key + NAMED,
                    )
                    if name in self.fields
                ],
                say(question.low, self.language),
                say(question.high, self.language),
            )
            for question in self.content.questions
        ]

    def sign_field(self) -> forms.BoundField | None:
        """Return the field of the sign, where the survey asks for one."""
        return self[SIGN] if SIGN in self.fields else None

    def full_clean(self) -> None:
        """Find no fault while only another language is asked for."""
        if self.draft:
            self._errors = ErrorDict()
            self.cleaned_data = {}
        else:
            super().full_clean()

    def clean(self) -> None:
        """Refuse a sheet on which nothing is filled in."""
        if not self.errors and not any(
            self.cleaned_data.get(question.key) not in (None, "", [])
            for question in self.content.questions
        ):
            raise forms.ValidationError(_("Please answer at least one question."))

    def sheet(self) -> Sheet:
        """Return what was answered."""
        chosen: dict[str, Any] = {}
        words = []
        for question in self.content.questions:
            value = self.cleaned_data.get(question.key)
            if value in (None, "", []):
                continue
            if question.kind in {Kind.TEXT, Kind.QUOTE}:
                words.append(self._words(question, str(value)))
            elif question.kind == Kind.SCALE:
                chosen[question.key] = int(value)
            else:
                chosen[question.key] = value
        return Sheet(chosen, tuple(words), self.cleaned_data.get(SIGN, ""))

    def _words(self, question: Question, text: str) -> Words:
        may_quote = bool(self.cleaned_data.get(question.key + CONSENT))
        return Words(
            question.key,
            text,
            may_quote,
            self.cleaned_data.get(question.key + NAMED, ""),
        )
