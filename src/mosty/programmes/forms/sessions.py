"""
The form of a timetable: one row for each session, moved by typing times.

Besides adding a row, a row can be copied. The form carries what its reader saw, so that
what others wrote meanwhile is not lost, and neither is what she typed.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.forms.utils import from_current_timezone
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mosty.directory.models import Person
from mosty.programmes.actions import PlannedSession
from mosty.programmes.forms.rows import ADD, MOST_ROWS, Row, Rows
from mosty.programmes.forms.translated import translated
from mosty.programmes.timetable import Timetable, read

COPY = "copy"
SEEN = "seen"


class SessionRow(Row):
    """One session: a day, and two times on the programme's clock."""

    together = frozenset({"day", "starts", "ends"})
    key = forms.IntegerField(required=False, widget=forms.HiddenInput)
    day = forms.DateField(label=_("Day"))
    starts = forms.TimeField(label=_("From"))
    ends = forms.TimeField(label=_("To"))
    room = forms.CharField(
        label=_("Room"),
        max_length=120,
        required=False,
        help_text=_("Empty where no room is needed; “online” is none."),
    )
    online = forms.URLField(
        label=_("Link for joining online"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("Only participants and trainers see it."),
    )
    trainers = forms.MultipleChoiceField(
        label=_("Trainers"), required=False, widget=forms.CheckboxSelectMultiple
    )
    is_cancelled = forms.BooleanField(
        label=_("Cancelled"),
        required=False,
        help_text=_("It keeps its attendance, and needs neither room nor trainer."),
    )
    field_order = ("key", "title")

    def fill(self) -> None:
        """Add the title in the programme's languages, and offer the trainers."""
        self.fields["title"] = translated(
            _("Title"), locales=self.with_["locales"], max_length=250
        )
        self.fields["trainers"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (str(person.pk), _named(person)) for person in self.with_["people"]
        ]
        if not self.with_["people"]:
            del self.fields["trainers"]
        if not (self.initial.get("key") or self.data.get(self.add_prefix("key"))):
            # Who has only just typed a session removes it instead.
            del self.fields["is_cancelled"]
        self.order_fields(self.field_order)

    def clean(self) -> None:
        """Put day and times together; a time that summer time skips is refused."""
        data = self.cleaned_data
        for name in ("starts", "ends"):
            if data.get("day") and data.get(name):
                try:
                    data[f"{name}_at"] = _moment(
                        datetime.combine(data["day"], data[name]), self.with_["zone"]
                    )
                except forms.ValidationError as mistake:
                    self.add_error(name, mistake)
        if data.get("starts") and data.get("ends") and data["ends"] <= data["starts"]:
            self.add_error("ends", _("A session must end after it begins."))


def _moment(naive: datetime, zone: ZoneInfo) -> datetime:
    """Return the moment at which clocks in ``zone`` show ``naive``."""
    with timezone.override(zone):
        return from_current_timezone(naive)


def _named(person: Person) -> str:
    if person.fictional:
        return _("%(name)s (fictional)") % {"name": person}
    return str(person)


class SessionRows(Rows):
    """The timetable of a course."""

    form = SessionRow
    can_order = False
    # What it stands on is read row by row: see views/sessions.
    is_compared = False

    def __init__(self, sent: QueryDict | None = None, **with_: Any) -> None:
        place = sent.get(COPY, "") if sent is not None else ""
        if sent is not None and place.isdecimal():
            sent = _with_copy(sent, place)
        super().__init__(sent, **with_)

    def sessions(self) -> list[PlannedSession]:
        """Return what was typed."""
        people = {
            str(person.pk): person for person in self.form_kwargs["with_"]["people"]
        }
        return [
            PlannedSession(
                key=data["key"],
                title=data["title"],
                starts_at=data["starts_at"],
                ends_at=data["ends_at"],
                room=data["room"],
                online=data["online"],
                is_cancelled=data.get("is_cancelled", False),
                trainers=tuple(people[key] for key in data.get("trainers", ())),
            )
            for data in (row.cleaned_data for row in self.kept())
        ]


def _with_copy(sent: QueryDict, place: str) -> QueryDict:
    """Return what was sent, with a row like that at ``place`` waiting to be added."""
    data = sent.copy()
    new = f"rows-{sent.get('rows-TOTAL_FORMS', '0')}-"
    for name in sent:
        if name.startswith(begin := f"rows-{place}-") and not name.endswith(
            ("-key", "-DELETE", "-is_cancelled")
        ):
            data.setlist(new + name.removeprefix(begin), sent.getlist(name))
    data[ADD] = "yes"
    return data


def seen_in(sent: QueryDict) -> Timetable | None:
    """Return the draft as the sender saw it; None where the form does not say."""
    try:
        return read(json.loads(sent.get(SEEN, "")))
    except (ValueError, KeyError, TypeError):
        return None


def with_others(
    sent: QueryDict,
    there: Sequence[Mapping[str, Any]],
    seen: Timetable,
    locales: Sequence[str],
) -> QueryDict:
    """
    Return what was typed, joined with what others did to the timetable meanwhile.

    Sessions that they added get rows of their own; of those that they removed, what was
    typed stays as a new session. Nothing is judged before it is sent again.
    """
    data = sent.copy()
    keys = {str(row["key"]) for row in there}
    total = int(sent.get("rows-TOTAL_FORMS", "0"))
    for place in range(total):
        if sent.get(f"rows-{place}-key", "") not in keys:
            data[f"rows-{place}-key"] = ""
    known = {entry.uid for entry in (*seen.sessions, *seen.gone)}
    new = [row for row in there if row["uid"] not in known]
    for place, row in enumerate(new, total):
        _fill(data, f"rows-{place}-", row, locales)
    # The base adds one more, empty one.
    data["rows-TOTAL_FORMS"] = str(min(MOST_ROWS - 1, total + len(new)))
    data[ADD] = "yes"
    return data


def _fill(
    data: QueryDict, begin: str, row: Mapping[str, Any], locales: Sequence[str]
) -> None:
    title: Any = translated("", locales=locales).widget
    for number, text in enumerate(title.decompress(row["title"])):
        data[f"{begin}title_{number}"] = text or ""
    data[f"{begin}key"] = str(row["key"])
    data[f"{begin}day"] = row["day"].isoformat()
    for name in ("starts", "ends"):
        data[begin + name] = f"{row[name]:%H:%M}"
    for name in ("room", "online"):
        data[begin + name] = row[name]
    data.setlist(f"{begin}trainers", [str(key) for key in row["trainers"]])
    if row["is_cancelled"]:
        data[f"{begin}is_cancelled"] = "on"
