"""The form of a check-in: one part for each action, all sent together."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.template.defaultfilters import filesizeformat
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mosty.kernel.files import ACCEPT, refusals
from mosty.kernel.refusal import Refusal
from mosty.plans.actions.replying import Said, Sent
from mosty.plans.models import HelpKind, Status
from mosty.plans.queries.check_ins import AnswerPage, Asked

Files = Mapping[str, UploadedFile[bytes]]


class Head(forms.Form):
    """How many replies were there, and why another one."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reason = forms.CharField(
        label=_("Why you correct what was sent"), max_length=500, required=False
    )


class LineForm(forms.Form):
    """How one action stands."""

    status = forms.ChoiceField(
        label=_("How it stands"), choices=Status.choices, widget=forms.RadioSelect
    )
    percent = forms.IntegerField(
        label=_("How much is done, in percent"),
        required=False,
        min_value=0,
        max_value=100,
        help_text=_("Where it is going on or stopped; an estimate is enough."),
    )
    happened = forms.CharField(
        label=_("What happened"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever sees this line of the plan reads it."),
    )
    evidence_url = forms.CharField(
        label=_("Evidence: a link"),
        max_length=1000,
        required=False,
        widget=forms.URLInput,
        help_text=_("Beginning with https://. Whoever sees this line sees it."),
    )
    file = forms.FileField(
        label=_("Evidence: a file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        help_text=_(
            "For your city and the coordinator. PDF, office document, picture."
        ),
        error_messages={"empty": refusals.EMPTY},
    )
    kept = forms.TypedMultipleChoiceField(
        label=_("Files sent before"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Those that are ticked stay with the answer."),
    )
    obstacle = forms.CharField(
        label=_("What stands in the way"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For your city and the coordinator alone."),
    )
    help_kind = forms.ChoiceField(
        label=_("Help between cities"),
        required=False,
        choices=[("", pgettext_lazy("help", "nothing now")), *HelpKind.choices],
    )
    help_text = forms.CharField(
        label=_("What help this is about"),
        max_length=1000,
        required=False,
        help_text=_("All cities of the programme read it, with your city's name."),
    )

    def __init__(self, *args: Any, asked: Asked, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        if asked.files:
            self.fields["kept"].choices = [  # type: ignore[attr-defined]  # of a ChoiceField
                (file.pk, file.name) for file in asked.files
            ]
        else:
            del self.fields["kept"]

    def clean_file(self) -> UploadedFile[bytes] | None:
        """Refuse a file that is too large before anybody reads it."""
        file: UploadedFile[bytes] | None = self.cleaned_data.get("file")
        if file is not None and (file.size or 0) > settings.UPLOAD_LIMIT:
            raise forms.ValidationError(
                str(refusals.TOO_BIG) % {"most": filesizeformat(settings.UPLOAD_LIMIT)}
            )
        return file

    def said(self) -> Said:
        """Return what was typed, once it is valid."""
        data = self.cleaned_data
        file = data.get("file")
        return Said(
            action=self.asked.pk,
            status=data["status"],
            percent=data["percent"],
            happened=data["happened"],
            obstacle=data["obstacle"],
            evidence_url=data["evidence_url"],
            file=Sent(file.read(), file.name or "") if file else None,
            kept_files=frozenset(data.get("kept") or ()),
            help_kind=data["help_kind"],
            help_text=data["help_text"],
        )


class AnswerForm:
    """All parts together."""

    def __init__(
        self,
        page: AnswerPage,
        data: QueryDict | None,
        files: MultiValueDict[str, UploadedFile[bytes]] | None,
    ) -> None:
        self.head = Head(data, initial={"seen": page.seen})
        if not page.seen:
            del self.head.fields["reason"]
        self.lines = [
            LineForm(
                data,
                files,
                prefix=f"a{asked.pk}",
                asked=asked,
                initial={
                    "status": asked.status,
                    "percent": asked.percent or None,
                    "happened": asked.happened,
                    "obstacle": asked.obstacle,
                    "evidence_url": asked.evidence_url,
                    "kept": [file.pk for file in asked.files],
                    "help_kind": asked.help_kind,
                    "help_text": asked.help_text,
                },
            )
            for asked in page.asked
        ]

    def is_valid(self) -> bool:
        """Test all parts, so that everything wrong is said at once."""
        found = [form.is_valid() for form in (self.head, *self.lines)]
        return all(found)

    def blame(self, refusal: Refusal) -> None:
        """Put why an action refused beside its field, or on top."""
        by_field = {
            form.add_prefix(name): (form, name)
            for form in (self.head, *self.lines)
            for name in form.fields
        }
        rest = True
        for key, sentence in refusal.fields.items():
            if key in by_field:
                form, name = by_field[key]
                form.add_error(name, str(sentence))
                rest = False
        if rest:
            self.head.add_error(None, str(refusal))
