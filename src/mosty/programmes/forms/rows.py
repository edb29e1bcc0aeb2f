"""
Forms of several rows: partners, topics, provisions, sessions.

They work without a script: a button sends the form to be shown again with one more
row, and a box marks a row that goes.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField
from django.forms.formsets import DELETION_FIELD_NAME, ORDERING_FIELD_NAME
from django.forms.renderers import get_default_renderer
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from mosty.directory.models import Organisation
from mosty.programmes.actions import Partner, Provided
from mosty.programmes.forms.translated import translated
from mosty.programmes.languages import Text
from mosty.programmes.models import Partnership, Provision
from mosty.ui.meanwhile import TOLD, it_now_says, rows_changed, rows_digest

MOST_ROWS = 100
ADD = "add"
PLACE_OR_REMOVE = frozenset({ORDERING_FIELD_NAME, DELETION_FIELD_NAME})


class Row(forms.Form):
    """One row; what all rows are made with is in ``with_``."""

    # Short fields that stand side by side where there is room.
    together: ClassVar[frozenset[str]] = frozenset()

    def __init__(
        self, *args: Any, with_: Mapping[str, Any], draft: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.with_ = with_
        self.draft = draft
        self.fill()

    def fill(self) -> None:
        """Add the fields that depend on the programme."""

    def lines(self) -> list[list[BoundField]]:
        """Return the visible fields by lines."""
        found: list[list[BoundField]] = []
        for field in self.visible_fields():
            beside = {found[-1][-1].name, field.name} if found else set()
            if beside and (beside <= self.together or beside <= PLACE_OR_REMOVE):
                found[-1].append(field)
            else:
                found.append([field])
        return found

    def full_clean(self) -> None:
        """Find no fault while rows are still being added."""
        if self.draft:
            self._errors = ErrorDict()
            self.cleaned_data = {}
        else:
            super().full_clean()


class Rows(forms.BaseFormSet[Row]):
    """Rows as they stand, and room for one more."""

    form = Row
    extra = 1
    can_order = True
    can_delete = True
    can_delete_extra = True
    edit_only = False
    min_num = 0
    max_num = MOST_ROWS
    absolute_max = MOST_ROWS
    validate_min = False
    validate_max = True
    deletion_label = _("Remove")
    # Whether the form says which rows it stands on: see mosty.ui.meanwhile.
    is_compared = True

    def __init__(
        self,
        sent: QueryDict | None = None,
        *,
        rows: Sequence[Mapping[str, Any]] = (),
        **with_: Any,
    ) -> None:
        self.draft = draft = sent is not None and ADD in sent
        data = _with_one_more(sent) if sent is not None and draft else sent
        # formset_factory sets it; a class that names its fields itself must, too.
        self.renderer = get_default_renderer()
        super().__init__(
            data=data,
            initial=list(rows),
            prefix="rows",
            form_kwargs={"with_": with_, "draft": draft},
        )

    @property
    def stands_on(self) -> str:
        """Return what says which rows the form was opened on, or it was told of last."""
        return rows_digest(self.initial or ()) if self.is_compared else ""

    def clean(self) -> None:
        """
        Refuse once what was typed over other rows than there are now.

        :raises ValidationError: saying so, and what the rows are now.
        """
        if not self.stands_on or not rows_changed(self.data, self.stands_on):
            return
        there = [words for row in self.initial or () if (words := self.in_words(row))]
        raise forms.ValidationError([TOLD, it_now_says("; ".join(there) or "–")])

    def in_words(self, row: Mapping[str, Any]) -> str:
        """Return what a row that is there says, as its form shows it."""
        form = self.form(with_=self.form_kwargs["with_"], draft=True)
        found = []
        for name, value in row.items():
            field = form.fields.get(name)
            choices = getattr(field, "choices", None)
            known = {str(key): str(label) for key, label in choices or ()}
            found.append(known.get(str(value), str(value)))
        return ", ".join(filter(None, found))

    def add_fields(self, form: Row, index: int | None) -> None:
        """Name the fields that order and remove rows."""
        super().add_fields(form, index)
        form.fields[DELETION_FIELD_NAME].label = self.deletion_label
        if self.can_order:
            form.fields[ORDERING_FIELD_NAME].label = _("Place in the order")

    def kept(self) -> list[Row]:
        """Return the rows that stay, in their order, once all are valid."""
        if self.can_order:
            return list(self.ordered_forms)
        return [
            form
            for place, form in enumerate(self.forms)
            if form not in self.deleted_forms
            and (place < self.initial_form_count() or form.has_changed())
        ]


def _with_one_more(sent: QueryDict) -> QueryDict:
    """Return what was sent, with room for one more row."""
    data = sent.copy()
    count = sent.get("rows-TOTAL_FORMS", "0")
    data["rows-TOTAL_FORMS"] = str(
        min(MOST_ROWS, int(count if count.isdecimal() else 0) + 1)
    )
    return data


def _choices(rows: Sequence[Organisation]) -> list[tuple[str, str]]:
    return [("", "–"), *((str(row.pk), str(row.name)) for row in rows)]


class PartnerRow(Row):
    """One organisation in one role."""

    organisation = forms.ChoiceField(label=_("Organisation"))
    role = forms.ChoiceField(
        label=_("Role"), choices=[("", "–"), *Partnership.Role.choices]
    )

    def fill(self) -> None:
        """Offer the organisations."""
        self.fields["organisation"].choices = _choices(self.with_["organisations"])  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["of_what"] = translated(
            _("Of what"),
            locales=self.with_["locales"],
            max_length=150,
            required=False,
            help_text=_(
                "Where the role needs a word more, such as “of the dialogue session”."
            ),
        )


class PartnerRows(Rows):
    """The partners of a programme."""

    form = PartnerRow

    def partners(self) -> list[Partner]:
        """Return what was typed."""
        organisations = {
            str(row.pk): row for row in self.form_kwargs["with_"]["organisations"]
        }
        return [
            Partner(organisations[data["organisation"]], data["role"], data["of_what"])
            for data in (row.cleaned_data for row in self.kept())
        ]


class TopicRow(Row):
    """One topic."""

    def fill(self) -> None:
        """Add the text in the programme's languages."""
        self.fields["text"] = translated(
            _("Topic"), locales=self.with_["locales"], max_length=250
        )


class TopicRows(Rows):
    """The topics of a course."""

    form = TopicRow

    def topics(self) -> list[Text]:
        """Return what was typed."""
        return [row.cleaned_data["text"] for row in self.kept()]


class ProvisionRow(Row):
    """One thing, and who provides it."""

    together = frozenset({"what", "organisation"})
    what = forms.ChoiceField(
        label=_("What"), choices=[("", "–"), *Provision.What.choices]
    )
    organisation = forms.ChoiceField(label=_("Provided by"))

    def fill(self) -> None:
        """Offer the programme's partners."""
        self.fields["organisation"].choices = _choices(self.with_["organisations"])  # type: ignore[attr-defined]  # a ChoiceField


class ProvisionRows(Rows):
    """What is provided for a course."""

    form = ProvisionRow
    can_order = False

    def provided(self) -> list[Provided]:
        """Return what was typed."""
        organisations = {
            str(row.pk): row for row in self.form_kwargs["with_"]["organisations"]
        }
        return [
            Provided(data["what"], organisations[data["organisation"]])
            for data in (row.cleaned_data for row in self.kept())
        ]
