"""The columns, and the words in them. Label, Type, Tags, Description; From, To, Strength."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mosty.kernel.names import fold
from mosty.kernel.sheets.mapping import Column
from mosty.partnerships.models import Function, Grade, Level, TargetGroup, Tie, TieKind

# What others get, and what the city alone gets besides.
SHARED_ACTORS = ("Label", "Type", "Tags", "Description", "Level")
ACTORS = (
    *SHARED_ACTORS, "Interest", "Influence", "Contribution", "Hindrance", "Engagement",
    "Contact",
)  # fmt: skip
SHARED_TIES = ("From", "To", "Type", "Direction")
TIES = (*SHARED_TIES, "Strength", "Agreement")

# By the key of what they hold.
ACTOR_COLUMNS = (
    Column("name", ("Label", "Name", "Nazwa"), True, _("Label")),
    Column("function", ("Type", "Function", "Typ", "Funkcja"), False, _("Type")),
    Column("target_groups", ("Tags", "Tagi", "Grupy docelowe"), False, _("Tags")),
    Column("services", ("Description", "Opis", "Usługi"), False, _("Description")),
    Column("level", ("Level", "Poziom"), False, pgettext_lazy("actor", "Level")),
    Column("interest", ("Interest", "Zainteresowanie"), False, _("Interest")),
    Column("influence", ("Influence", "Wpływ"), False, _("Influence")),
    Column("contribution", ("Contribution", "Wkład"), False, _("Contribution")),
    Column("hindrance", ("Hindrance", "Przeszkody"), False, _("Hindrance")),
    Column("engagement", ("Engagement", "Zaangażowanie"), False, _("Engagement")),
    Column("contact", ("Contact", "Kontakt"), False, _("Contact")),
)
TIE_COLUMNS = (
    Column("source", ("From", "Od"), True, _("From")),
    Column("target", ("To", "Do"), True, _("To")),
    Column("kind", ("Type", "Typ", "Rodzaj"), False, _("Type")),
    Column("directed", ("Direction", "Kierunek"), False, _("Direction")),
    Column("strength", ("Strength", "Siła"), False, _("Strength")),
    Column("agreement", ("Agreement", "Porozumienie"), False, _("Agreement")),
)
MOST = {
    "name": 200, "services": 500, "contribution": 500, "hindrance": 500,
    "engagement": 500, "contact": 300,
}  # fmt: skip
STRENGTHS = {1: "weak", 2: "medium", 3: "strong"}
DIRECTED, MUTUAL = "directed", "mutual"


def _read(kind: type[models.TextChoices]) -> dict[str, str]:
    """Return each word that stands for a code, folded; codes first, then people's words."""
    words: dict[str, str] = {}
    for one in kind:
        words.setdefault(fold(str(one)), str(one))
    for language in ("en", "pl"):
        with translation.override(language):
            for one in kind:
                words.setdefault(fold(str(one.label)), str(one))
    return words


_EXTRA: Mapping[str, Mapping[str, str]] = {
    "strength": {"1": "1", "2": "2", "3": "3", "weak": "1", "medium": "2", "strong": "3",
                 "slaba": "1", "srednia": "2", "silna": "3",
                 "slabe": "1", "srednie": "2", "silne": "3"},
    "directed": {"directed": DIRECTED, "mutual": MUTUAL, "undirected": MUTUAL,
                 "one way": DIRECTED, "both ways": MUTUAL, "w jedna strone": DIRECTED,
                 "w obie strony": MUTUAL},
    "grade": {"l": "low", "m": "medium", "h": "high"},
}  # fmt: skip


def words_of(key: str) -> Mapping[str, str]:
    """Return the folded words that a column knows, and the code of each; none for texts."""
    kinds: Mapping[str, Any] = {
        "function": Function,
        "level": Level,
        "target_groups": TargetGroup,
        "interest": Grade,
        "influence": Grade,
        "kind": TieKind,
    }
    if key in kinds:
        extra = _EXTRA["grade"] if kinds[key] is Grade else {}
        return {**extra, **_read(kinds[key])}
    return _EXTRA.get(key, {})


def codes_of(key: str) -> Sequence[str]:
    """Return the codes that a column knows, to be named to whoever wrote another."""
    if key == "strength":
        return [STRENGTHS[one] for one in Tie.Strength]
    return list(dict.fromkeys(words_of(key).values()))
