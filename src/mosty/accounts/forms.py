"""Whether what is typed about users is well formed."""

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mosty.accounts.models import Role
from mosty.directory.models import Organisation
from mosty.kernel.names import clean
from mosty.ui.meanwhile import Meanwhile


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth is untyped
    """Address and password, without what the page says anyway."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.help_text = ""
            field.widget.attrs.pop("placeholder", None)


class LanguageField(forms.ChoiceField):
    """One of the languages of the interface, each named in itself."""

    def __init__(self, **kwargs: Any) -> None:
        names = {"pl": "polski", "en": "English"}
        choices = [(code, names.get(code, name)) for code, name in settings.LANGUAGES]
        super().__init__(label=_("Language"), choices=choices, **kwargs)


class NameField(forms.CharField):
    """A name, of which something must be seen: unseen characters are not kept."""

    def __init__(self) -> None:
        super().__init__(label=_("Full name"), max_length=200)

    def to_python(self, value: Any) -> str:
        """Return it as it is kept."""
        return clean(super().to_python(value) or "")


class ProfileForm(forms.Form):
    """One's own name and language."""

    name = NameField()
    language = LanguageField(
        help_text=_("The site and our messages to you are in this language.")
    )


class UserForm(Meanwhile):
    """Somebody who may sign in."""

    name = NameField()
    email = forms.EmailField(label=_("E-mail"))
    language = LanguageField()
    person_code = forms.CharField(
        label=_("Code in the directory of people"),
        max_length=12,
        required=False,
        help_text=_("For a trainer: her sessions are found by it. Example: K7PX-2M."),
    )

    def clean_person_code(self) -> str:
        """Return the code as codes are written."""
        return str(self.cleaned_data["person_code"]).strip().upper()


class GrantForm(forms.Form):
    """A role that is given."""

    role = forms.ChoiceField(label=_("Role"), choices=[("", "–"), *Role.choices])
    organisation = forms.ModelChoiceField(
        label=_("For which organisation"),
        queryset=Organisation.objects.order_by("sort_name"),
        required=False,
        help_text=_("Leave empty for an auditor or administrator."),
    )
    since = forms.DateField(label=_("First day"), required=False)
    until = forms.DateField(label=_("Last day"), required=False)


class EndForm(forms.Form):
    """How a role ends."""

    last_day = forms.DateField(label=_("Last day"))
    reason = forms.CharField(label=_("Why"), max_length=2000, widget=forms.Textarea)


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(label=_("Why"), max_length=2000, widget=forms.Textarea)


class UserFilter(forms.Form):
    """What of the list of users is shown."""

    q = forms.CharField(label=_("Name or e-mail"), required=False, max_length=100)
    role = forms.ChoiceField(
        label=_("Role"), choices=[("", _("all")), *Role.choices], required=False
    )
    state = forms.ChoiceField(
        label=_("May sign in"),
        choices=[("", _("all")), ("active", _("yes")), ("inactive", _("no"))],
        required=False,
    )
