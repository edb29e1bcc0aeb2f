"""What is typed about concepts and synonyms: one label on a line."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from mosty.engines.search.endings import LANGUAGES
from mosty.library.actions.thesaurus import Said
from mosty.library.models import Concept
from mosty.ui.meanwhile import Meanwhile

MOST = 3000


def language_choices() -> list[tuple[str, str]]:
    """Return the languages of the search, as the reader calls them."""
    return [
        (code, capfirst(get_language_info(code)["name_translated"]))
        for code in LANGUAGES
    ]


def lines(text: str) -> tuple[str, ...]:
    """Return what stands on the lines of ``text``."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


class ConceptForm(Meanwhile):
    """Labels in each language, and where the concept belongs."""

    broader = forms.ModelChoiceField(
        label=_("Part of"),
        queryset=Concept.objects.none(),
        required=False,
        to_field_name="code",
    )
    is_used = forms.BooleanField(
        label=_("In use: helps to find, and is offered as a filter"),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, others: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["broader"].queryset = others  # type: ignore[attr-defined]  # of a ModelChoiceField
        for code, name in language_choices():
            self.fields[code] = forms.CharField(
                label=name,
                required=False,
                max_length=MOST,
                widget=forms.Textarea(attrs={"rows": 5, "lang": code}),
            )
        names = [name for name in self.fields if name not in {"broader", "is_used"}]
        self.order_fields([*names, "broader", "is_used"])

    def said(self) -> Said:
        """Return what was typed."""
        given = self.cleaned_data
        return Said(
            {code: lines(given[code]) for code in LANGUAGES},
            given["broader"],
            is_used=given["is_used"],
        )


class NewConceptForm(ConceptForm):
    """A new concept."""

    code = forms.CharField(
        label=_("Code"),
        max_length=60,
        help_text=_(
            "Stands in addresses and never changes: small letters and hyphens."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["code"])


class SynonymsForm(Meanwhile):
    """Words that mean the same."""

    words = forms.CharField(
        label=_("Words that mean the same, one on each line"),
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def said(self) -> tuple[str, ...]:
        """Return what was typed."""
        return lines(self.cleaned_data["words"])


class NewSynonymsForm(SynonymsForm):
    """A new set."""

    language = forms.ChoiceField(label=_("Language"), choices=language_choices)
    field_order = ("language", "words")
