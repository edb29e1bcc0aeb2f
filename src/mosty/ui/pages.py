"""What every page with a form does: read it, and show why an action refused."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from mosty.kernel.refusal import Refusal


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what was sent with a form, if one was sent."""
    return request.POST if request.method == "POST" else None


def is_huge(request: HttpRequest) -> bool:
    """Test if what was sent is larger than what is read of a form, with files or without."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    has_files = request.content_type == "multipart/form-data"
    most = settings.UPLOAD_MOST if has_files else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return request.method == "POST" and length.isdecimal() and int(length) > most


def refuses_huge(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """
    Let ``view`` say itself that a file is too large, where :func:`is_huge` tests so.

    Nothing of such a form is read, the token against forged forms neither: without this
    the answer is a page of its own. All else that is sent is held to the token as ever.
    """
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def looked_at(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = view if is_huge(request) else protected
        return answer(request, *args, **kwargs)

    _SAY_IT.add(looked_at)
    return looked_at


# The views that :func:`refuses_huge` made.
_SAY_IT: set[Callable[..., HttpResponse]] = set()


def says_itself(view: Callable[..., HttpResponse]) -> bool:
    """Test if ``view`` answers whoever sent too much in words of its own."""
    return view in _SAY_IT


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


def too_often(request: HttpRequest) -> HttpResponse:
    """Answer whoever asks for more than there is room for."""
    return render(request, "ui/too_often.html", status=429)
