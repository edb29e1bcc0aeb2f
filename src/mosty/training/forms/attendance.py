"""What is sent with a page of marks: of everybody, or of one person that was tapped."""

from dataclasses import dataclass, field

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mosty.training.actions.attendance import Wanted
from mosty.training.models.attendance import Attended
from mosty.ui.meanwhile import Meanwhile

_KIND = "kind-"
_MOST_MINUTES = 600


@dataclass(slots=True)
class Sent:
    """The marks that were sent, and what could not be read."""

    wanted: list[Wanted] = field(default_factory=list)
    chosen: dict[str, tuple[str, int | None]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def read(post: QueryDict) -> Sent:
    """
    Return what ``post`` says of whom.

    ``seen`` holds the marks that the page showed: who is left as she was is not sent
    on, so that nobody writes over what was corrected meanwhile. ``rest`` marks all who
    are ``listed`` and have no mark.
    """
    sent = Sent()
    seen = _seen(post.get("seen", ""))
    for name in post:
        if name.startswith(_KIND) and (kind := post.get(name, "")) in Attended.values:
            _read_one(post, name.removeprefix(_KIND), kind, seen, sent)
    rest = post.get("rest", "")
    if rest in {Attended.PRESENT, Attended.EXCUSED, Attended.ABSENT}:
        sent.wanted += [
            Wanted(code=code, kind=rest, only_if_none=True)
            for code in dict.fromkeys(post.get("listed", "").split())
            if code not in sent.chosen
        ]
    return sent


def _read_one(
    post: QueryDict,
    code: str,
    kind: str,
    seen: dict[str, tuple[int, str, int | None]],
    sent: Sent,
) -> None:
    minutes = None
    if kind == Attended.LATE:
        minutes = _whole(post.get(f"minutes-{code}", ""))
        if not 1 <= minutes <= _MOST_MINUTES:
            sent.errors[code] = _("Enter how many minutes late: a number from 1.")
            minutes = None
    sent.chosen[code] = (kind, minutes)
    version, *shown = seen.get(code, (0, "", None))
    if [kind, minutes] != shown:
        sent.wanted.append(Wanted(code=code, kind=kind, minutes=minutes, seen=version))


def _seen(text: str) -> dict[str, tuple[int, str, int | None]]:
    found = {}
    for one in text.split():
        code, version, kind, minutes = [*one.split(":"), "", "", ""][:4]
        found[code] = (_whole(version), kind, _whole(minutes) or None)
    return found


def _whole(text: str) -> int:
    """Return a whole number, 0 for anything else."""
    short = text.strip()[:5]
    return int(short) if short.isascii() and short.isdecimal() else 0


class RuleForm(Meanwhile):
    """The rule of completion, and why it changes."""

    least_percent = forms.IntegerField(
        label=gettext_lazy("Least share of the hours, in per cent"),
        min_value=1,
        max_value=100,
    )
    excused_counts = forms.BooleanField(
        label=gettext_lazy("Hours of excused absence are taken out of the sum"),
        help_text=gettext_lazy("Otherwise they count as missed."),
        required=False,
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500)


class CheckInForm(forms.Form):
    """Who somebody is whose phone has not opened her link."""

    code = forms.CharField(
        label=gettext_lazy("Your code"),
        help_text=gettext_lazy(
            "It stands beside your name on the list and on the name tent."
        ),
        max_length=12,
    )
    family_name = forms.CharField(label=gettext_lazy("Family name"), max_length=100)
