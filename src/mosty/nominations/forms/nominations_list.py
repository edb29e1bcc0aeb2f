"""The filters of the list of nominations."""

from collections.abc import Iterable, Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from mosty.directory.models import Department, Level
from mosty.nominations.models import Nomination
from mosty.nominations.queries.nominations_list import Filters


class NominationFilters(forms.Form):
    """What a list of nominations is narrowed to."""

    q = forms.CharField(label=_("Name, e-mail or code"), required=False)
    city = forms.ChoiceField(label=_("City"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        choices=[("", _("all")), *Nomination.State.choices],
        required=False,
    )
    answer = forms.ChoiceField(
        label=_("Nominee's answer"),
        choices=[("", _("all")), *Nomination.Answer.choices],
        required=False,
    )
    department = forms.ChoiceField(
        label=_("Kind of unit"),
        choices=[("", _("all")), *Department.choices],
        required=False,
    )
    level = forms.ChoiceField(
        label=_("Level of the post"),
        choices=[("", _("all")), *Level.choices],
        required=False,
    )
    checked = forms.ChoiceField(
        label=_("Checked"),
        choices=[("", _("all")), ("yes", _("checked")), ("no", _("not checked yet"))],
        required=False,
    )
    lacks = forms.ChoiceField(
        label=_("Lacks"),
        choices=[
            ("", _("all")),
            ("anything", _("something")),
            ("rule", _("a rule is not kept")),
            ("position", _("the position")),
            ("nothing", _("nothing")),
        ],
        required=False,
    )
    duplicates = forms.ChoiceField(
        label=_("Same person?"),
        choices=[("", _("all")), ("open", _("to be decided"))],
        required=False,
    )

    def __init__(
        self,
        data: Mapping[str, object],
        *,
        cities: Iterable[tuple[str, str]],
        gathers: bool,
    ) -> None:
        super().__init__(data)
        if not gathers:
            # It would tell a city whom others have nominated.
            del self.fields["duplicates"]
        field = self.fields["city"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [("", _("all")), *cities]
        self.fields["q"].widget.input_type = "search"

    def filters(self) -> Filters:
        """Return what is asked for; what cannot be read asks for nothing."""
        self.is_valid()
        return Filters(
            **{
                name: str(self.cleaned_data.get(name, ""))
                for name in Filters.__dataclass_fields__
            }
        )
