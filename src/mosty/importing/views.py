"""What the pages do on which lists are brought in."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from mosty.importing.models import WaitingFile
from mosty.kernel.refusal import Refusal
from mosty.kernel.sheets import refusals
from mosty.ui.pages import done, is_huge, sent

File = TypeVar("File", bound=WaitingFile)
Form = TypeVar("Form", bound=forms.Form)


def take_in(
    request: HttpRequest,
    form_of: Callable[..., Form],
    upload: Callable[[Form, bytes, str], File],
) -> tuple[File | None, Form, int]:
    """
    Return the file that was sent and now waits, or the form to show and its status.

    ``upload`` gets the form, the file's content and its name. Whatever is wrong with the
    file is said beside it. The view has to let huge ones through, by
    :func:`~mosty.ui.pages.refuses_huge`.
    """
    if is_huge(request):
        # Its body is not read, not even for the token against forged forms.
        form = form_of({}, {})
        form.full_clean()
        form.errors.clear()
        form.add_error("file", str(refusals.TOO_BIG))
        return None, form, 413
    form = form_of(sent(request), request.FILES or None)
    taken: list[File] = []

    def act() -> None:
        file: UploadedFile[Any] = form.cleaned_data["file"]
        try:
            taken.append(upload(form, file.read(), file.name or ""))
        except Refusal as refusal:
            raise Refusal(str(refusal), fields={"file": str(refusal)}) from refusal

    if done(form, act):
        return taken[0], form, 302
    return None, form, 422 if form.errors else 200


def say_it_is_over(request: HttpRequest) -> None:
    """Tell whoever corrects the columns of a file that does not wait any more."""
    messages.error(request, _("This file no longer waits."))


def attempt(request: HttpRequest, act: Callable[[], str]) -> None:
    """Take a file over, say; tell what ``act`` returns, or why it was refused."""
    try:
        messages.success(request, act())
    except Refusal as refusal:
        messages.error(request, str(refusal))


def drop(request: HttpRequest, act: Callable[[], object]) -> None:
    """Drop a file that was not taken over by ``act``, and say so."""

    def dropped() -> str:
        act()
        return _("The file has been dropped. Nothing was changed.")

    attempt(request, dropped)
