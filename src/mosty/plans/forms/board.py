"""What is put on the help board, and what is written to another city."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mosty.directory.models import Organisation
from mosty.plans.models import HelpKind, Plan
from mosty.plans.queries.topics import Topic, topics


class NoteForm(forms.Form):
    """An ask or an offer."""

    plan = forms.ModelChoiceField(
        label=pgettext_lazy("of a city", "Plan"), queryset=Plan.objects.none()
    )
    kind = forms.ChoiceField(
        label=_("Asked or offered"), choices=HelpKind.choices, widget=forms.RadioSelect
    )
    topic = forms.ChoiceField(
        label=pgettext_lazy("plan", "Topic"),
        required=False,
        help_text=_("By it, cities that ask and cities that can help find each other."),
    )
    text = forms.CharField(
        label=_("What help this is about"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("All cities of the programme read it, with your city's name."),
    )

    def __init__(self, *args: Any, plans: QuerySet[Plan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].queryset = plans  # type: ignore[attr-defined]  # of a ModelChoiceField
        programmes = {plan.programme: None for plan in plans}
        self.topics = {topic.key: topic for topic in topics(*programmes)}
        self.fields["topic"].choices = [  # type: ignore[attr-defined]  # of a ChoiceField
            ("", "–"),
            *((topic.key, str(topic)) for topic in self.topics.values()),
        ]

    @property
    def chosen_topic(self) -> Topic | None:
        """Return the topic that was chosen."""
        return self.topics.get(self.cleaned_data["topic"])


class AnswerForm(forms.Form):
    """A few words to another city."""

    city = forms.ModelChoiceField(
        label=_("For which city you write"), queryset=Organisation.objects.none()
    )
    text = forms.CharField(
        label=_("Message"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "It goes to the contact of the other city, with your name and your e-mail "
            "address, so that she can answer you."
        ),
    )

    def __init__(
        self, *args: Any, cities: QuerySet[Organisation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["city"]
        field.queryset = cities  # type: ignore[attr-defined]  # of a ModelChoiceField
        first = list(cities[:2])
        if len(first) == 1:
            field.initial = first[0]
            field.widget = forms.HiddenInput()
