"""What is typed about a workshop, with its grid of numbers, and about a guide."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mosty.infopoint.actions.guides import GuideDetails
from mosty.infopoint.actions.workshops import MOST_PERSONS, Group, SaidWorkshop
from mosty.infopoint.forms.records import EVERY
from mosty.infopoint.models import Guide, Kind, Point, Workshop
from mosty.infopoint.queries.lists import Choice, Lists
from mosty.infopoint.queries.workshops import (
    Cell,
    Counts,
    Grid,
    axes,
    cell_name,
    editions_to_choose,
)
from mosty.kernel.languages import EVERYONE
from mosty.library.models import Edition
from mosty.programmes.forms.translated import translated
from mosty.programmes.languages import CODES, name


class WorkshopFilter(forms.Form):
    """Which workshops are listed."""

    since = forms.DateField(label=_("From"), required=False)
    until = forms.DateField(label=_("Until"), required=False)
    topic = forms.ChoiceField(
        label=pgettext_lazy("consultation", "Topic"), required=False
    )

    def __init__(
        self, *args: Any, lists: Mapping[str, list[Choice]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = [  # type: ignore[attr-defined]
            EVERY,
            *((str(one.pk), one.label) for one in lists.get(Kind.TOPIC, [])),
        ]


class WorkshopForm(forms.Form):
    """
    A workshop; beside the fields here one number for each sex and age band.

    ``asks_reason`` says in which words a reason is asked for; empty: it is not.
    """

    day = forms.DateField(label=_("Day"))
    topic = forms.ChoiceField(label=pgettext_lazy("consultation", "Topic"))
    language = forms.ChoiceField(label=_("Language"))
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    partner = forms.CharField(
        label=_("Partner"),
        max_length=120,
        required=False,
        help_text=_("An organisation, not a person: nobody is named here."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)

    def __init__(
        self,
        *args: Any,
        point: Point,
        lists: Lists,
        reason_required: bool = False,
        asks_reason: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = _options(lists, Kind.TOPIC)  # type: ignore[attr-defined]
        # Those in which the point advises stand first.
        languages = sorted(
            _options(lists, Kind.LANGUAGE)[1:],
            key=lambda one: one[0] not in point.languages,
        )
        self.fields["language"].choices = [("", "–"), *languages]  # type: ignore[attr-defined]
        if asks_reason:
            self.fields["reason"].required = reason_required
        else:
            del self.fields["reason"]
        self.sexes, self.ages = axes(lists)
        for sex in self.sexes:
            for age in self.ages:
                self.fields[cell_name(sex.code, age.code)] = forms.IntegerField(
                    label=f"{sex.label}, {age.label}",
                    min_value=0,
                    max_value=MOST_PERSONS,
                    required=False,
                )

    @staticmethod
    def of(workshop: Workshop, lists: Lists, counts: Counts) -> dict[str, Any]:
        """Return what the form begins with."""
        codes = {one.pk: one.code for choices in lists.values() for one in choices}
        return {
            "day": workshop.day,
            "topic": codes.get(workshop.topic_id, ""),
            "language": codes.get(workshop.language_id, ""),
            "place": workshop.place,
            "partner": workshop.partner,
            **{
                cell_name(codes.get(sex or 0, ""), codes.get(age or 0, "")): count
                for (sex, age), count in counts.items()
            },
        }

    @property
    def plain(self) -> list[forms.BoundField]:
        """Return the fields above the grid."""
        return [self[name] for name in ("day", "topic", "language", "place", "partner")]

    @property
    def grid(self) -> Grid:
        """Return the grid with what was typed."""
        return Grid(
            tuple(one.label for one in self.sexes),
            tuple(
                (age.label, tuple(self._cell(sex, age) for sex in self.sexes))
                for age in self.ages
            ),
        )

    def _cell(self, sex: Choice, age: Choice) -> Cell:
        field = self[cell_name(sex.code, age.code)]
        value = field.value()
        return Cell(
            field.html_name,
            str(field.label),
            "" if value is None else str(value),
            " ".join(map(str, field.errors)),
        )

    def said(self) -> SaidWorkshop:
        """Return what was typed."""
        given = self.cleaned_data
        counts = (
            (sex.code, age.code, given.get(cell_name(sex.code, age.code)))
            for sex in self.sexes
            for age in self.ages
        )
        return SaidWorkshop(
            day=given["day"],
            topic=given["topic"],
            language=given["language"],
            groups=[Group(sex, age, count) for sex, age, count in counts if count],
            place=given["place"],
            partner=given["partner"],
        )


def _options(lists: Lists, kind: Kind) -> list[tuple[str, str]]:
    # A code that a city has, too, stands once: under the city's words.
    seen = {one.code: one.label for one in reversed(lists.get(kind, []))}
    return [("", "–"), *reversed(seen.items())]


class _EditionField(forms.ModelChoiceField):  # type: ignore[type-arg]  # a form's
    """An edition by its tool and language."""

    def label_from_instance(self, obj: Edition) -> str:
        """Return by which words an edition is chosen."""
        return f"{obj.tool} ({name(obj.language)})"


class GuideForm(forms.Form):
    """What a point published."""

    title = translated(_("Title"), locales=EVERYONE)
    languages = forms.MultipleChoiceField(
        label=_("Languages in which it can be read"),
        widget=forms.CheckboxSelectMultiple,
    )
    published_on = forms.DateField(label=_("Published on"))
    url = forms.URLField(
        label=_("Address on the internet"),
        max_length=500,
        required=False,
        assume_scheme="https",
    )
    edition = _EditionField(
        label=_("The same in the library"),
        queryset=Edition.objects.none(),
        required=False,
        empty_label=_("not in the library"),
        help_text=_("The public page of the year then leads there."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,
        help_text=_("Needed if the month or year of publishing is closed."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["languages"].choices = [(code, name(code)) for code in CODES]  # type: ignore[attr-defined]
        self.fields["edition"].queryset = editions_to_choose()  # type: ignore[attr-defined]

    @staticmethod
    def of(guide: Guide) -> dict[str, Any]:
        """Return what the form begins with."""
        return {
            "title": guide.title,
            "languages": guide.languages,
            "published_on": guide.published_on,
            "url": guide.url,
            "edition": guide.edition_id,
        }

    def details(self) -> GuideDetails:
        """Return what was typed."""
        given = self.cleaned_data
        return GuideDetails(
            title=given["title"],
            languages=tuple(given["languages"]),
            published_on=given["published_on"],
            url=given["url"],
            edition=given["edition"],
        )


class GuideEndForm(forms.Form):
    """Until when a guide is valid."""

    until = forms.DateField(label=_("Last day"))
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)


def day_of(text: str) -> date | None:
    """Return the day that was typed, None where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
