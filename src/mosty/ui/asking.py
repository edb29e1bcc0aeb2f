"""Acts that are asked about once more: what would happen, a button, and a way back."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Protocol

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from mosty.kernel.refusal import Refusal
from mosty.ui.pages import done


@dataclass(frozen=True, slots=True)
class Asking:
    """What the page says, and where its way back leads."""

    heading: str
    what: str
    button: str
    cancel_url: str
    # What is asked about takes something back, or away: the button says so.
    stops: bool = False
    # The pages above, from the top: what they are called, and where they are.
    above: tuple[tuple[object, str], ...] = ()


def with_form(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[], object],
    asking: Asking,
    *,
    success: str,
) -> HttpResponse:
    """Do what a form asks for and go back, or show it with what is wrong."""
    if done(form, act):
        messages.success(request, success)
        return redirect(asking.cancel_url)
    return render(request, "ui/confirm.html", {"form": form, **asdict(asking)})


class Reasoned(Protocol):
    """An act for which a reason is given."""

    def __call__(self, *, reason: str) -> object: ...


def with_reason(
    request: HttpRequest,
    form: forms.Form,
    act: Reasoned,
    asking: Asking,
    *,
    success: str,
) -> HttpResponse:
    """Do it with the reason that the form asks for."""

    def reasoned() -> None:
        act(reason=form.cleaned_data["reason"])

    return with_form(request, form, reasoned, asking, success=success)


def plainly(
    request: HttpRequest,
    act: Callable[[], object],
    asking: Asking,
    *,
    success: str,
    then: str = "",
) -> HttpResponse:
    """Do it where it was confirmed, and go on to ``then`` or back; ask before."""
    if request.method != "POST":
        return render(request, "ui/confirm.html", asdict(asking))
    try:
        act()
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(asking.cancel_url)
    messages.success(request, success)
    return redirect(then or asking.cancel_url)
