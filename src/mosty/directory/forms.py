"""Whether what is typed about places, organisations and facts is well formed."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from i18nfield.strings import LazyI18nString

from mosty.directory.members import Member
from mosty.directory.models import (
    DatedFact,
    Department,
    Level,
    Organisation,
    Territory,
    TerritoryCode,
)
from mosty.directory.policies import organisations_visible_to
from mosty.ui.meanwhile import Meanwhile

EVERY = ("", _("all"))
NAME = pgettext_lazy("place or organisation", "Name")
UNIONS = (Organisation.Kind.UNION, Organisation.Kind.NETWORK)


def in_two(polish: str, english: str) -> LazyI18nString:
    """Return a text in Polish and, where it is given, in English."""
    texts = {"pl": polish, "en": english}
    return LazyI18nString({code: text for code, text in texts.items() if text})


def parts_of(text: LazyI18nString | None, name: str) -> dict[str, str]:
    """Return what the fields ``name_pl`` and ``name_en`` begin with."""
    if text is None:
        return {}
    data = text.data if isinstance(text.data, dict) else {"pl": str(text)}
    return {f"{name}_{code}": data.get(code) or "" for code in ("pl", "en")}


class SlugField(forms.SlugField):
    """The last part of an address."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Address"),
            max_length=60,
            help_text=_(
                "Small letters without marks, digits and hyphens: zielona-gora."
            ),
        )

    def clean(self, value: Any) -> str:
        """Return it in small letters."""
        return str(super().clean(value)).lower()


class TerritoryForm(Meanwhile):
    """What is said of a place."""

    name_pl = forms.CharField(label=_("Name in Polish"), max_length=150)
    name_en = forms.CharField(
        label=_("Name in English"), max_length=150, required=False
    )
    kind = forms.ChoiceField(
        label=pgettext_lazy("place", "Kind"), choices=Territory.Kind.choices
    )
    country = forms.CharField(
        label=_("Country"),
        min_length=2,
        max_length=2,
        initial="PL",
        help_text=_("Two letters: PL, EE, LV, LT."),
    )
    within = forms.ModelChoiceField(
        label=_("Lies in"),
        queryset=Territory.objects.order_by("sort_name"),
        required=False,
    )

    def clean_country(self) -> str:
        """Return the country in capitals."""
        return str(self.cleaned_data["country"]).upper()

    def asked(self) -> dict[str, Any]:
        """Return what the action is given."""
        return {
            "name": in_two(self.cleaned_data["name_pl"], self.cleaned_data["name_en"]),
            "kind": self.cleaned_data["kind"],
            "country": self.cleaned_data["country"],
            "within": self.cleaned_data["within"],
        }

    @staticmethod
    def initial_of(territory: Territory) -> dict[str, Any]:
        """Return what the form begins with for a place that is there."""
        return {
            **parts_of(territory.name, "name"),
            "kind": territory.kind,
            "country": territory.country,
            "within": territory.within_id,
        }


class NewTerritoryForm(TerritoryForm):
    """A place that is added."""

    slug = SlugField()

    def asked(self) -> dict[str, Any]:
        """Return what the action is given."""
        return {**super().asked(), "slug": self.cleaned_data["slug"]}


class CodeForm(forms.Form):
    """An official code of a place."""

    system = forms.ChoiceField(
        label=_("Register"), choices=TerritoryCode.System.choices
    )
    code = forms.CharField(
        label=_("Code"), max_length=20, help_text=_("With leading zeros: 0264011.")
    )
    vintage = forms.IntegerField(
        label=_("Year of the register"), min_value=1990, max_value=2100
    )


class OrganisationForm(Meanwhile):
    """What is said of an organisation."""

    short_name_pl = forms.CharField(label=_("Short name in Polish"), max_length=100)
    short_name_en = forms.CharField(
        label=_("Short name in English"), max_length=100, required=False
    )
    name_pl = forms.CharField(label=_("Name in Polish"), max_length=200)
    name_en = forms.CharField(
        label=_("Name in English"), max_length=200, required=False
    )
    kind = forms.ChoiceField(
        label=pgettext_lazy("organisation", "Kind"), choices=Organisation.Kind.choices
    )
    territory = forms.ModelChoiceField(
        label=_("Place"),
        queryset=Territory.objects.order_by("sort_name"),
        required=False,
        help_text=_("For a city authority: the city that it governs."),
    )

    def asked(self) -> dict[str, Any]:
        """Return what the action is given."""
        given = self.cleaned_data
        return {
            "name": in_two(given["name_pl"], given["name_en"]),
            "short_name": in_two(given["short_name_pl"], given["short_name_en"]),
            "kind": given["kind"],
            "territory": given["territory"],
        }

    @staticmethod
    def initial_of(organisation: Organisation) -> dict[str, Any]:
        """Return what the form begins with for an organisation that is there."""
        return {
            **parts_of(organisation.name, "name"),
            **parts_of(organisation.short_name, "short_name"),
            "kind": organisation.kind,
            "territory": organisation.territory_id,
        }


class NewOrganisationForm(OrganisationForm):
    """An organisation that is added."""

    slug = SlugField()

    def asked(self) -> dict[str, Any]:
        """Return what the action is given."""
        return {**super().asked(), "slug": self.cleaned_data["slug"]}


class MembershipForm(forms.Form):
    """That somebody belongs to a union or network."""

    member = forms.ModelChoiceField(
        label=_("Member"), queryset=Organisation.objects.order_by("sort_name")
    )
    since = forms.DateField(label=_("First day"), required=False)
    source = forms.CharField(label=_("Source"), max_length=300, required=False)


class EndMembershipForm(forms.Form):
    """When a membership ended or will end."""

    until = forms.DateField(label=_("Last day"))


class ValueField(forms.CharField):
    """A fact's value: for experience one of two words, otherwise a number."""

    def __init__(self, topic: str = "") -> None:
        if topic == DatedFact.Topic.EXPERIENCE:
            super().__init__(
                label=_("Value"),
                widget=forms.Select(choices=DatedFact.Experience.choices),
            )
        else:
            super().__init__(label=_("Value"), max_length=100)


class FactForm(forms.Form):
    """What held for a place on a day; the topic is chosen before."""

    as_of = forms.DateField(label=_("On which day"))
    method_pl = forms.CharField(
        label=_("How it was established, in Polish"),
        max_length=1000,
        widget=forms.Textarea,
    )
    method_en = forms.CharField(
        label=_("How it was established, in English"),
        max_length=1000,
        widget=forms.Textarea,
        required=False,
    )
    source = forms.CharField(label=_("Source"), max_length=400)
    illustrative = forms.BooleanField(
        label=_("Illustrative: set for a demonstration, not published anywhere"),
        required=False,
    )

    def __init__(self, *args: Any, topic: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.topic = topic
        self.fields["value"] = ValueField(topic)
        self.order_fields(["value"])

    def asked(self) -> dict[str, Any]:
        """Return what the action is given."""
        given = self.cleaned_data
        return {
            "topic": self.topic,
            "value": given["value"],
            "as_of": given["as_of"],
            "method": in_two(given["method_pl"], given["method_en"]),
            "source": given["source"],
            "illustrative": given["illustrative"],
        }


class ProposalForm(forms.Form):
    """Another value for a fact."""

    as_of = forms.DateField(label=_("On which day"))
    source = forms.CharField(
        label=_("Source"),
        max_length=400,
        help_text=_("Where can this be checked? A register, a report, a resolution."),
    )
    reason = forms.CharField(label=_("Why"), max_length=2000, widget=forms.Textarea)

    def __init__(self, *args: Any, topic: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"] = ValueField(topic)
        self.fields["value"].label = _("Right value")
        self.order_fields(["value"])


class DecisionForm(forms.Form):
    """What is answered to a city that proposed a correction."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("accept", _("Accept the correction")), ("refuse", _("Refuse it"))],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Answer to the city"),
        max_length=2000,
        widget=forms.Textarea,
        required=False,
        help_text=_("Needed if you refuse."),
    )


class TerritoryFilter(forms.Form):
    """What of the list of places is shown."""

    q = forms.CharField(label=_("Name or code"), max_length=100, required=False)
    kind = forms.ChoiceField(
        label=pgettext_lazy("place", "Kind"),
        choices=[EVERY, *Territory.Kind.choices],
        required=False,
    )
    country = forms.CharField(
        label=_("Country"),
        max_length=2,
        required=False,
        validators=[RegexValidator(r"^[A-Z]{2}\Z")],
    )


class OrganisationFilter(forms.Form):
    """What of the list of organisations is shown."""

    q = forms.CharField(label=NAME, max_length=100, required=False)
    kind = forms.ChoiceField(
        label=pgettext_lazy("organisation", "Kind"),
        choices=[EVERY, *Organisation.Kind.choices],
        required=False,
    )
    member_of = forms.ModelChoiceField(
        label=_("Member of"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=EVERY[1],
    )

    def __init__(self, *args: Any, user: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["member_of"]
        field.queryset = (  # type: ignore[attr-defined]  # of a ModelChoiceField
            organisations_visible_to(user).filter(kind__in=UNIONS).order_by("sort_name")
        )


class PersonFilter(forms.Form):
    """What of the list of people is shown."""

    q = forms.CharField(label=_("Name, e-mail or code"), max_length=100, required=False)
    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=EVERY[1],
    )
    department = forms.ChoiceField(
        label=_("Department"), choices=[EVERY, *Department.choices], required=False
    )
    level = forms.ChoiceField(
        label=_("Level"), choices=[EVERY, *Level.choices], required=False
    )

    def __init__(self, *args: Any, user: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        field.queryset = (  # type: ignore[attr-defined]  # of a ModelChoiceField
            organisations_visible_to(user).order_by("sort_name")
        )
