"""What is typed about a map."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mosty.accounts.models import User
from mosty.directory.models import Organisation
from mosty.outbox.models import Link
from mosty.partnerships.actions.maps import Details
from mosty.partnerships.models import StakeholderMap, TargetGroup, Topic, Visibility
from mosty.partnerships.queries.maps import cities_to_choose, courses_of
from mosty.partnerships.queries.seats import seat_of
from mosty.programmes.models import Course


class _AboutMap(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    topic = forms.ChoiceField(label=_("Topic"), choices=[("", "–"), *Topic.choices])
    made_on = forms.DateField(label=_("Made on"))
    target_groups = forms.MultipleChoiceField(
        label=_("Whom the map concerns"),
        choices=TargetGroup.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("A group for which no actor works is then named as a gap."),
    )


class MapForm(_AboutMap):
    """A map that is there, for its city's contact."""

    course = forms.ModelChoiceField(
        label=_("Group work at"),
        queryset=Course.objects.none(),
        required=False,
        help_text=_(
            "Your city's participants of this course may write on the map by their "
            "link. Choose none when the group work is over."
        ),
    )
    visibility = forms.ChoiceField(
        label=_("Who sees it"),
        choices=Visibility.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "The network reads the newest frozen version: names, functions, levels, "
            "target groups, services and ties. Interest, influence, hindrance and "
            "whatever else you think of others never leave the city."
        ),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=True)

    def __init__(self, *args: Any, courses: QuerySet[Course], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["course"].queryset = courses  # type: ignore[attr-defined]

    @staticmethod
    def of(found: StakeholderMap) -> dict[str, Any]:
        """Return what the form begins with."""
        return {
            "title": found.title,
            "topic": found.topic,
            "made_on": found.made_on,
            "target_groups": found.target_groups,
            "course": found.course_id,
            "visibility": found.visibility,
            "seen": found.revision,
        }

    def details(self) -> Details:
        """Return what was typed."""
        given = self.cleaned_data
        return Details(
            title=given["title"],
            topic=given["topic"],
            made_on=given["made_on"],
            target_groups=tuple(given["target_groups"]),
            course=given["course"],
            visibility=given["visibility"],
        )


class NewMapForm(_AboutMap):
    """A new map: of a participant's city and course, or of one of a contact's cities."""

    def __init__(self, *args: Any, writer: User | Link, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seat = None if isinstance(writer, User) else seat_of(writer)
        if isinstance(writer, User):
            cities = cities_to_choose(writer)
            self.only = cities[0] if cities.count() == 1 else None
            if self.only is None:
                self.fields["city"] = forms.ModelChoiceField(
                    label=_("City"), queryset=cities
                )
            else:
                self.fields["course"] = forms.ModelChoiceField(
                    label=_("Group work at"),
                    queryset=courses_of(self.only),
                    required=False,
                    help_text=_(
                        "Your city's participants of this course may write on the map "
                        "by their link."
                    ),
                )

    def city(self) -> Organisation:
        """Return whose map it is to be."""
        if self.seat:
            return self.seat.city
        return self.only or self.cleaned_data["city"]

    def details(self) -> Details:
        """Return what was typed."""
        given = self.cleaned_data
        return Details(
            title=given["title"],
            topic=given["topic"],
            made_on=given["made_on"],
            target_groups=tuple(given["target_groups"]),
            course=self.seat.course if self.seat else given.get("course"),
        )
