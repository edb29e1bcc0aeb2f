"""What a point asks everyone, and the sheet of answers."""

from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from mosty.infopoint.actions.opinions import Opinion
from mosty.infopoint.everyone import QUESTIONS
from mosty.infopoint.models import Poster


class PosterForm(forms.Form):
    """Whether the point asks for opinions, and what besides the rating."""

    is_open = forms.BooleanField(label=_("Ask for opinions"), required=False)
    asks_found = forms.BooleanField(
        label=format_lazy("{}: {}", _("Also ask"), QUESTIONS["found"]),
        required=False,
    )
    asks_language = forms.BooleanField(
        label=format_lazy("{}: {}", _("Also ask"), QUESTIONS["language"]),
        required=False,
    )
    renew = forms.BooleanField(
        label=_("Make a new code"),
        required=False,
        help_text=_("The posters that hang lead nowhere then. Print new ones."),
    )

    @staticmethod
    def of(poster: Poster | None) -> dict[str, bool]:
        """Return what the form begins with."""
        if poster is None:
            return {"is_open": True}
        return {
            "is_open": poster.is_open,
            "asks_found": poster.asks_found,
            "asks_language": poster.asks_language,
        }


@dataclass(frozen=True, slots=True)
class Sheet:
    """What somebody chose, as the page shows it again."""

    score: str = ""
    found: str = ""
    language: str = ""

    def opinion(self) -> Opinion:
        """Return what was chosen; a score of 0 where none was."""
        score = int(self.score) if self.score in set("12345") else 0
        yes_no = {"yes": True, "no": False}
        return Opinion(score, yes_no.get(self.found), yes_no.get(self.language))


def read(sent: QueryDict) -> Sheet:
    """Return what was sent, cut to what the sheet can hold."""
    return Sheet(*(sent.get(name, "")[:3] for name in ("score", "found", "language")))
