"""What every page with a form does: read it, and show why an action refused."""

from collections.abc import Callable

from django import forms
from django.http import HttpRequest, QueryDict

from mosty.kernel.refusal import Refusal


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what was sent with a form, if one was sent."""
    return request.POST if request.method == "POST" else None


def done(form: forms.Form, act: Callable[[], object]) -> bool:
    """
    Test if ``form`` was sent, is well formed, and ``act`` was not refused.

    A refusal is shown on the form: beside its field, or on top.
    """
    if not form.is_valid():
        return False
    try:
        act()
    except Refusal as refusal:
        show(refusal, form)
        return False
    return True


def show(refusal: Refusal, form: forms.Form) -> None:
    """Put why an action refused where the reader looks for it."""
    for field, sentence in refusal.fields.items():
        form.add_error(field if field in form.fields else None, str(sentence))
    if not refusal.fields:
        form.add_error(None, str(refusal))
