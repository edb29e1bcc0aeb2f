"""How the pages of the directory let people in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from mosty.directory import policies
from mosty.directory.members import DirectoryRequest

View = Callable[..., HttpResponse]
form_page = require_http_methods(["GET", "HEAD", "POST"])


def members_only(view: View) -> View:
    """Answer whoever the directory is not open to as if the page did not exist."""

    @login_required
    @wraps(view)
    def wrapped(request: DirectoryRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not policies.can_look(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return wrapped
